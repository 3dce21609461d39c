// States of pages as a grid: one picture, with lines between cells and letters where they are large
// enough.

#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "viz/panels/pen.h"

namespace viz {

struct CellMap {
  std::size_t columns = 0, rows = 0;
  std::span<const std::uint8_t> cells;  // a PageState each, kFaultHere, or nothing from kClearCells
};

// Whether cells of that many device pixels have letters.
bool has_letters_in(float cell_width, float cell_height);

// Over the whole rectangle. The name is the picture's.
void draw_cell_map(Pen&, std::string_view name, Rect, const CellMap&);

}  // namespace viz

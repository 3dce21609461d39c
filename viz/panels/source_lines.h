// A program's lines: the one that runs is marked, and beside each stand its figures.

#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "viz/model/source_view.h"
#include "viz/panels/pen.h"

namespace viz {

struct SourcePlace {
  Rect at;
  float row = 40;                   // of a line that is not wrapped
  std::string_view names = "line";  // of the controls: "line.4"
};
struct SourceAnswer {
  float bottom = 0;                     // what follows stands below
  std::optional<std::uint32_t> chosen;  // the line that was clicked
};

// The titles of the figures, then as many lines around the current one as there is room for.
SourceAnswer draw_source(Pen&, const SourcePlace&, std::span<const ColumnView>,
                         std::span<const SourceLineView>);

}  // namespace viz

// Colours by state, then what only large cells have.

#include "viz/panels/cell_map.h"

#include <algorithm>

#include "viz/model/timeline_map.h"
#include "viz/panels/page_cell.h"

namespace viz {
namespace {

// In device pixels: cells from there on have lines between them, and letters (visual design).
constexpr float kLined = 6, kLettered = 14;

void draw_lines(Pen& pen, Rect at, const CellMap& map) {
  const float cell = at.w / static_cast<float>(map.columns);
  const bool is_large = cell * pen.canvas.scale() >= kLettered;
  // In the light theme the line is the outline that a fill needs.
  const Color color = pen.p.is_light && is_large ? pen.p.ink : pen.p.background;
  const float thickness = is_large && !pen.p.is_light ? 2 : 1;
  for (std::size_t c = 0; c <= map.columns; ++c) {
    pen.canvas.vertical(at.x + cell * static_cast<float>(c), at.y, at.h, color, thickness);
  }
  const float height = at.h / static_cast<float>(map.rows);
  for (std::size_t r = 0; r <= map.rows; ++r) {
    pen.canvas.horizontal(at.x, at.y + height * static_cast<float>(r), at.w, color, thickness);
  }
  // Where no pages are, no lines: that is at the end of the last row.
  std::size_t tail = 0;
  while (tail < map.columns && map.cells[map.cells.size() - 1 - tail] >= kClearCells) ++tail;
  if (tail == 0) return;
  const float begin = at.x + cell * static_cast<float>(map.columns - tail);
  const float top = at.y + height * static_cast<float>(map.rows - 1);
  pen.canvas.fill({begin + thickness, top + thickness, at.right() - begin + 1, height + 1},
                  pen.p.background);
}

void draw_letters(Pen& pen, Rect at, const CellMap& map) {
  const float width = at.w / static_cast<float>(map.columns);
  const float height = at.h / static_cast<float>(map.rows);
  for (std::size_t i = 0; i < map.cells.size(); ++i) {
    if (map.cells[i] == 0 || map.cells[i] >= kPageStates) continue;
    const auto state = static_cast<PageState>(map.cells[i]);
    const float x = at.x + width * (static_cast<float>(i % map.columns) + 0.5f);
    const float y = at.y + height * (static_cast<float>(i / map.columns) + 0.5f);
    pen.canvas.text({x + 0.5f, y + 5.5f}, Align::center, {Face::words_bold, 14},
                    ink_on(state, pen.p), letter_of(state));
  }
}

}  // namespace

bool has_letters_in(float cell_width, float cell_height) {
  return std::min(cell_width, cell_height) >= kLettered;
}

void draw_cell_map(Pen& pen, std::string_view name, Rect at, const CellMap& map) {
  CellGrid grid{map.columns, map.rows, map.cells, {}};
  grid.colors[0] = pen.p.absent;
  for (std::uint8_t s = 1; s < kPageStates; ++s) {
    grid.colors[s] = fill_of(static_cast<PageState>(s), pen.p);
  }
  grid.colors[kFaultHere] = pen.p.major_fault;
  pen.canvas.cells(name, at, grid);
  const float scale = pen.canvas.scale();
  const float side =
      std::min(at.w / static_cast<float>(map.columns), at.h / static_cast<float>(map.rows)) * scale;
  if (side >= kLined) draw_lines(pen, at, map);
  if (has_letters_in(side, side)) draw_letters(pen, at, map);
}

}  // namespace viz

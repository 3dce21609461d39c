// States and their looks, in one table.

#include "viz/panels/page_cell.h"

#include <array>

namespace viz {
namespace {

struct Look {
  std::string_view letter;
  Color Palette::*fill;
  Color Palette::*ink;
};

constexpr std::array<Look, kPageStates> kLooks{{
    {"", &Palette::background, &Palette::faint},
    {"C", &Palette::clean, &Palette::on_clean},
    {"D", &Palette::dirty, &Palette::on_light},
    {"W", &Palette::written, &Palette::on_light},
    {"S", &Palette::swapped, &Palette::on_swapped},
    {"P", &Palette::copied, &Palette::on_light},
}};

const Look& look_of(PageState state) { return kLooks[static_cast<std::size_t>(state)]; }

constexpr float kCorner = 3;

}  // namespace

std::string_view letter_of(PageState state) { return look_of(state).letter; }
Color fill_of(PageState state, const Palette& p) { return p.*look_of(state).fill; }
Color ink_on(PageState state, const Palette& p) { return p.*look_of(state).ink; }

void draw_cell(Canvas& canvas, const Palette& p, Rect cell, PageState state) {
  if (state == PageState::absent) {
    canvas.outline(cell, p.outline, 1, kCorner);
    return;
  }
  canvas.fill(cell, fill_of(state, p), kCorner);
  if (p.is_light) canvas.outline(cell, p.ink, 1, kCorner);
}

Color faded(Pen& pen, Rect place, Color end) {
  return pen.motion != nullptr ? pen.motion->shade(place, end) : end;
}

void draw_cell(Pen& pen, Rect cell, PageState state) {
  const Color end = fill_of(state, pen.p);
  const Color now = faded(pen, cell, end);
  if (now == end) return draw_cell(pen.canvas, pen.p, cell, state);
  pen.canvas.fill(cell, now, kCorner);
  pen.canvas.outline(cell, pen.p.is_light ? pen.p.ink : pen.p.outline, 1, kCorner);
}

}  // namespace viz

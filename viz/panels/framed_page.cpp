// The cell, then what stands in it.

#include "viz/panels/framed_page.h"

#include "viz/panels/page_cell.h"

namespace viz {

void draw_framed_page(Pen& pen, Rect at, const CellView& cell) {
  if (cell.state == PageState::absent) {
    const Color now = faded(pen, at, pen.p.panel);
    if (now != pen.p.panel) pen.canvas.fill(at, now, 3);
    pen.canvas.outline(at, pen.p.rule, 1, 3);
  } else {
    draw_cell(pen, at, cell.state);
  }
  const Color ink = cell.state == PageState::absent ? pen.p.faint : ink_on(cell.state, pen.p);
  const bool small = at.h < 40;
  const bool is_wide = pen.canvas.width_of({Face::mono_bold, 16}, cell.label) > at.w - 16;
  const TextStyle style{Face::mono_bold, small || is_wide ? 14 : 16};
  const float left = is_wide ? 0.0f : small ? 4.0f : 7.0f;
  // Of a large number the end tells neighbours apart.
  std::string label = cell.label;
  for (std::size_t cut = 1; pen.canvas.width_of(style, label) > at.w - 2 && cut < 12; ++cut) {
    label = "…" + cell.label.substr(std::min(cut + 1, cell.label.size()));
  }
  pen.canvas.text({at.center().x - left, at.center().y + (is_wide ? 2.0f : 6.0f)}, Align::center,
                  style, ink, label);
  pen.canvas.text({at.right() - 4, at.bottom() - 5}, Align::right, kSmallBold, ink,
                  letter_of(cell.state));
  if (cell.is_accessed) pen.canvas.disc({at.x + 6, at.y + 6}, 3, ink);
  if (cell.is_current) pen.canvas.outline(at.inset(-3), pen.p.ink, 2, 5);
  pen.explain(at, cell.tip);
}

}  // namespace viz

// Buttons and the tip.

#include "viz/panels/pen.h"

#include <algorithm>

namespace viz {

void Pen::explain(Rect where, std::string_view text) {
  const bool is_in = mouse.x >= where.x && mouse.x < where.right() && mouse.y >= where.y &&
                     mouse.y < where.bottom();
  if (!is_in || text.empty()) return;
  tip = text;
  tip_at = where;
}

void focus_ring(Pen& pen, Rect at, const Control& control) {
  if (!control.is_focused) return;
  pen.canvas.outline(at.inset(-4), pen.p.ink, 2, 8);
}

bool plain_button(Pen& pen, std::string_view name, Rect at) {
  const Control control = pen.controls.control(name, at);
  if (control.is_hovered) pen.canvas.fill(at, pen.p.raised, 6);
  focus_ring(pen, at, control);
  return control.is_clicked;
}

bool button(Pen& pen, std::string_view name, Rect at, std::string_view label, ButtonLook look,
            bool is_ready) {
  constexpr float kCorner = 6;
  const Palette& p = pen.p;
  Control control;
  if (is_ready) {
    control = pen.controls.control(name, at);
  } else {
    pen.controls.disabled(name, at);
  }
  Color text = p.ink;
  const bool is_solid = look == ButtonLook::solid;
  if (is_solid && is_ready) {
    pen.canvas.fill(at, control.is_hovered ? p.dim : p.ink, kCorner);
    text = p.background;
  } else if (is_solid) {
    pen.canvas.fill(at, p.raised, kCorner);
    text = p.faint;
  } else {
    if (look == ButtonLook::quiet || control.is_hovered) pen.canvas.fill(at, p.raised, kCorner);
    if (look == ButtonLook::outlined) pen.canvas.outline(at, p.outline, 1, kCorner);
  }
  focus_ring(pen, at, control);
  const TextStyle style = is_solid ? kTitle : kLabel;
  const std::string shown = pen.canvas.shorten(style, label, at.w - 16);
  pen.canvas.text({at.center().x, at.center().y + (is_solid ? 7.0f : 5.5f)}, Align::center, style,
                  text, shown);
  if (shown != label) pen.explain(at, label);
  return control.is_clicked;
}

void draw_wave(Pen& pen, Point at, float width) {
  for (float x = at.x; x < at.x + width; x += 8) {
    pen.canvas.line({x, at.y + 3}, {x + 4, at.y}, pen.p.minor_fault, 2);
    pen.canvas.line({x + 4, at.y}, {x + 8, at.y + 3}, pen.p.minor_fault, 2);
  }
}

void draw_tip(Pen& pen) {
  if (pen.tip.empty()) return;
  constexpr float kMargin = 12, kLine = 22, kMost = 420;
  const auto lines = pen.canvas.wrap(kLabel, pen.tip, kMost);
  float width = 0;
  for (const auto& line : lines) width = std::max(width, pen.canvas.width_of(kLabel, line));
  const float height = kLine * static_cast<float>(lines.size()) + 2 * kMargin - 4;
  Rect at{pen.tip_at.x, pen.tip_at.bottom() + 8, width + 2 * kMargin, height};
  const Point size = pen.canvas.size();
  at.x = std::clamp(at.x, 8.0f, std::max(8.0f, size.x - 8 - at.w));
  if (at.bottom() > size.y - 8) at.y = pen.tip_at.y - 8 - at.h;
  pen.canvas.fill(at.inset(-1), pen.p.outline, 7);
  pen.canvas.fill(at, pen.p.raised, 6);
  float y = at.y + kMargin + 13;
  for (const auto& line : lines) {
    pen.canvas.text({at.x + kMargin, y}, Align::left, kLabel, pen.p.ink, line);
    y += kLine;
  }
}

}  // namespace viz

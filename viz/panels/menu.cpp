// One list, drawn over everything.

#include "viz/panels/menu.h"

#include <algorithm>

namespace viz {

MenuAnswer draw_menu(Pen& pen, Point where, float width, std::string_view title,
                     const std::vector<MenuItem>& items) {
  constexpr float kRow = 36, kPadding = 12, kHead = 40;
  const Point size = pen.canvas.size();
  const float room = size.y - 60 - where.y;
  const float row = std::min(
      kRow, (room - kHead - kPadding) / static_cast<float>(std::max<std::size_t>(1, items.size())));
  const Rect at{std::min(where.x, size.x - width - 16), where.y, width,
                kHead + row * static_cast<float>(items.size()) + kPadding};
  pen.canvas.fill(at.inset(-1), pen.p.outline, 9);
  pen.canvas.fill(at, pen.p.panel, 8);
  pen.canvas.text({at.x + 20, at.y + 28}, Align::left, kStrong, pen.p.ink, title);
  MenuAnswer answer;
  float y = at.y + kHead;
  for (std::size_t i = 0; i < items.size(); ++i) {
    const MenuItem& item = items[i];
    const Rect line{at.x + 8, y, at.w - 16, row - 2};
    const Control control = pen.controls.control(item.name, line);
    if (control.is_hovered || item.is_here) pen.canvas.fill(line, pen.p.raised, 4);
    if (control.is_focused) pen.canvas.outline(line, pen.p.ink, 2, 4);
    if (item.is_here) pen.canvas.fill({line.x, line.y, 4, line.h}, pen.p.ink);
    const TextStyle style{item.is_here ? Face::words_bold : Face::words, 16};
    const float label =
        pen.canvas.text({line.x + 14, y + row / 2 + 5}, Align::left, style, pen.p.ink, item.label);
    const float left = line.w - label - 44;
    pen.canvas.text({line.right() - 12, y + row / 2 + 5}, Align::right, kLabel, pen.p.dim,
                    pen.canvas.shorten(kLabel, item.note, left));
    if (control.is_clicked) answer.chosen = i;
    y += row;
  }
  answer.is_closed = is_left(pen, at);
  return answer;
}

bool is_left(Pen& pen, Rect menu) {
  const auto& keys = pen.controls.keys();
  if (std::find(keys.begin(), keys.end(), Key::escape) != keys.end()) return true;
  const bool is_inside = pen.mouse.x >= menu.x && pen.mouse.x < menu.right() &&
                         pen.mouse.y >= menu.y && pen.mouse.y < menu.bottom();
  // A control over what lies inside would take the presses that are meant for it.
  if (is_inside) return false;
  return pen.controls.control("menu.close", {0, 0, pen.canvas.size().x, pen.canvas.size().y})
      .is_clicked;
}

}  // namespace viz

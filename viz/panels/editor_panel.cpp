// Lines of one height; a mono face makes columns of one width.

#include "viz/panels/editor_panel.h"

#include <algorithm>
#include <cmath>

namespace viz {
namespace {

constexpr float kLine = 30, kCode = 56;

// What of a line stands right of so many characters.
std::string from_column(const std::string& line, std::size_t columns) {
  std::size_t at = 0;
  while (at < line.size() && columns > 0) {
    ++at;
    while (at < line.size() && (static_cast<unsigned char>(line[at]) & 0xC0) == 0x80) ++at;
    --columns;
  }
  return line.substr(at);
}

void draw_message(Pen& pen, Rect column, float below, const std::string& message) {
  for (const auto& line : pen.canvas.wrap(kLabel, message, column.w)) {
    if (below > column.bottom() - 80) break;
    pen.canvas.text({column.x, below}, Align::left, kLabel, pen.p.minor_fault, line);
    below += 22;
  }
  if (message.empty()) {
    pen.canvas.text({column.x, below}, Align::left, kLabel, pen.p.dim,
                    "Ctrl+Enter runs it · Ctrl+Z takes back · Esc leaves");
  }
}

}  // namespace

EditorAnswer draw_editor(Pen& pen, Rect column, const EditorView& view) {
  EditorAnswer answer;
  pen.panel("editor", "the program in the editor", column.inset(-10));
  const Palette& p = pen.p;
  pen.canvas.text({column.x, column.y + 28}, Align::left, kLabel, p.dim, "Change the program");
  pen.canvas.text({column.x, column.y + 66}, Align::left, kScreenTitle, p.ink,
                  pen.canvas.shorten(kScreenTitle, view.title, column.w));
  const Rect text{column.x, column.y + 90, column.w, column.h - 90 - 160};
  pen.canvas.fill(text, p.panel, 6);
  pen.canvas.outline(text, p.ink, 2, 6);
  const auto lines = view.text.lines();
  const auto fits = static_cast<std::size_t>((text.h - 16) / kLine);
  const std::size_t current = view.text.line();
  const std::size_t first = current < fits ? 0 : current - fits + 1;
  const float letter = pen.canvas.width_of(kSource, " ");
  const float code = text.x + kCode;
  // Long lines move left under the caret, all of them alike.
  const auto fits_across = static_cast<std::size_t>((text.w - kCode - 10) / letter);
  const std::size_t column_now = view.text.column();
  const std::size_t left = column_now < fits_across ? 0 : column_now - fits_across + 1;
  float y = text.y + 8;
  for (std::size_t i = first; i < lines.size() && i < first + fits; ++i) {
    const bool is_here = i == current;
    if (is_here) pen.canvas.fill({text.x + 2, y, text.w - 4, kLine}, p.raised);
    const bool is_wrong = view.error_line == i + 1;
    pen.canvas.text({text.x + 40, y + 21}, Align::right, kSource,
                    is_wrong ? p.minor_fault : p.faint, std::to_string(i + 1));
    const std::string shown =
        pen.canvas.shorten(kSource, from_column(lines[i], left), text.w - kCode - 10);
    const float width = pen.canvas.text({code, y + 21}, Align::left, kSource, p.ink, shown);
    if (is_wrong) draw_wave(pen, {code, y + 25}, std::max(width, 24.0f));
    if (is_here) {
      const float x = code + letter * static_cast<float>(column_now - left);
      pen.canvas.fill({std::min(x, text.right() - 4) - 1, y + 4, 2, 22}, p.ink);
    }
    y += kLine;
  }
  const Control control = pen.controls.control("editor", text);
  if (control.held_at) {
    const float row = (control.held_at->y * text.h - 8) / kLine;
    const float at = (control.held_at->x * text.w - kCode) / letter;
    answer.caret = CaretPlace{first + static_cast<std::size_t>(std::max(0.0f, row)),
                              left + static_cast<std::size_t>(std::max(0.0f, std::round(at)))};
  }
  draw_message(pen, column, text.bottom() + 28, view.message);
  const Rect run{column.x, column.bottom() - 62, column.w - 160, 52};
  const Rect leave{column.right() - 144, column.bottom() - 62, 144, 52};
  if (button(pen, "run", run, "Run the changed program", ButtonLook::solid))
    answer.command = RunEdited{};
  if (button(pen, "leave", leave, "Leave", ButtonLook::outlined))
    answer.command = Show{Screen::main};
  return answer;
}

}  // namespace viz

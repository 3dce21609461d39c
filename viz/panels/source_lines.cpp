// Lines from the top down; a long one is broken into rows.

#include "viz/panels/source_lines.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "viz/panels/glossary.h"
#include "viz/panels/page_cell.h"

namespace viz {
namespace {

constexpr float kWrapped = 28;
constexpr float kCode = 56;  // where source begins, from the left edge

void draw_mark(Pen& pen, Point at, Mark mark) {
  const Palette& p = pen.p;
  switch (mark) {
    case Mark::major: pen.canvas.disc(at, 6, p.major_fault); break;
    case Mark::minor: pen.canvas.ring(at, 6, p.minor_fault, 2.5f); break;
    case Mark::dirty:
    case Mark::swapped: {
      const PageState state = mark == Mark::dirty ? PageState::dirty : PageState::swapped;
      const Rect cell{at.x - 9, at.y - 9, 19, 19};
      draw_cell(pen.canvas, p, cell, state);
      pen.canvas.text({cell.center().x, at.y + 5}, Align::center, kSmallBold, ink_on(state, p),
                      letter_of(state));
      break;
    }
    case Mark::written:
      if (p.is_light) pen.canvas.triangle(at, 9, Direction::down, p.ink);
      pen.canvas.triangle(at, 7, Direction::down, p.written);
      break;
    case Mark::none: break;
  }
}

class Source {
 public:
  Source(Pen& pen, const SourcePlace& place, std::span<const ColumnView> columns,
         std::span<const SourceLineView> lines)
      : pen_(pen), place_(place), at_(place.at), columns_(columns), lines_(lines) {
    float end = 4;  // titles with their marks, side by side
    for (std::size_t c = columns_.size(); c-- > 0;) {
      ends_[c] = end;
      float widest = pen_.canvas.width_of(kLabel, columns_[c].title) + 28;
      for (const SourceLineView& line : lines_) {
        if (c >= line.cells.size()) continue;
        widest = std::max(widest, pen_.canvas.width_of(kFigureBold, line.cells[c].text));
      }
      end += widest + 14;
    }
  }

  SourceAnswer draw() {
    draw_titles(at_.y + 20);
    float y = at_.y + 32;
    pen_.canvas.horizontal(at_.x, y, at_.w, pen_.p.rule);
    const float bottom = at_.bottom() + 4;
    for (std::size_t i = first_that_leaves_room(bottom - y); i < lines_.size(); ++i) {
      if (y + place_.row > bottom) break;
      y = draw_line(lines_[i], y);
    }
    pen_.canvas.horizontal(at_.x, y + 2, at_.w, pen_.p.rule);
    answer_.bottom = y + 2;
    return answer_;
  }

 private:
  void text(Point where, TextStyle style, Color color, std::string_view words) {
    pen_.canvas.text(where, Align::left, style, color, words);
  }
  void draw_titles(float baseline);
  std::size_t first_that_leaves_room(float room) const;
  float draw_line(const SourceLineView&, float y);
  std::string code_that_fits(const std::string& code, float room) const;
  std::vector<std::string> rows_of(const SourceLineView&) const;
  bool shows_cells(const SourceLineView&) const;
  float room_beside(const SourceLineView&) const;
  bool has_cells_below(const SourceLineView&) const;
  float code_room(const SourceLineView&) const;
  float height_of(const SourceLineView&) const;

  Pen& pen_;
  const SourcePlace& place_;
  Rect at_;
  std::span<const ColumnView> columns_;
  std::span<const SourceLineView> lines_;
  std::array<float, 3> ends_{};  // of the figures' columns, from the right edge
  SourceAnswer answer_;
};

void Source::draw_titles(float y) {
  for (std::size_t c = 0; c < columns_.size() && c < ends_.size(); ++c) {
    const float right = at_.right() - ends_[c];
    const float width = pen_.canvas.width_of(kLabel, columns_[c].title);
    pen_.canvas.text({right, y}, Align::right, kLabel, pen_.p.dim, columns_[c].title);
    draw_mark(pen_, {right - width - 14, y - 5}, columns_[c].mark);
    pen_.explain({right - width - 24, y - 18, width + 24, 24}, meaning_of(columns_[c].title));
  }
}

// A long program is shown around its current line, with the one that follows.
std::size_t Source::first_that_leaves_room(float room) const {
  const auto is_current = [](const SourceLineView& line) { return line.is_current; };
  const auto at = std::find_if(lines_.begin(), lines_.end(), is_current);
  if (at == lines_.end()) return 0;
  const auto current = static_cast<std::size_t>(at - lines_.begin());
  const std::size_t must_fit = std::min(current + 1, lines_.size() - 1);
  float needed = 0;
  for (std::size_t i = 0; i <= must_fit; ++i) needed += height_of(lines_[i]);
  std::size_t first = 0;
  while (first < current && needed > room) needed -= height_of(lines_[first++]);
  return first;
}

// Up to the last comma that fits, else the last space; else as much as fits.
std::string Source::code_that_fits(const std::string& code, float room) const {
  if (pen_.canvas.width_of(kSource, code) <= room) return code;
  std::size_t fits = code.size();
  while (fits > 1 && pen_.canvas.width_of(kSource, code.substr(0, fits)) > room) --fits;
  const std::size_t comma = code.rfind(',', fits - 1);
  if (comma != std::string::npos && comma > 0) return code.substr(0, comma + 1);
  const std::size_t space = code.rfind(' ', fits);
  if (space != std::string::npos && space > 0) return code.substr(0, space);
  return code.substr(0, fits);
}

// The line in rows that leave the figures their room; zeros give theirs up for code.
std::vector<std::string> Source::rows_of(const SourceLineView& line) const {
  if (pen_.canvas.width_of(kSource, line.text) <= code_room(line)) return {line.text};
  const std::size_t indent = std::min(line.text.find_first_not_of(' '), line.text.size());
  std::string rest = line.text.substr(indent);
  std::vector<std::string> rows;
  const float letter = pen_.canvas.width_of(kSource, " ");
  while (!rest.empty()) {
    const std::size_t deeper = indent + (rows.empty() ? 0 : 4);
    const float room = code_room(line) - letter * static_cast<float>(deeper);
    const std::string part = code_that_fits(rest, room);
    rows.push_back(std::string(deeper, ' ') + part);
    rest.erase(0, part.size());
    rest.erase(0, std::min(rest.find_first_not_of(' '), rest.size()));
  }
  return rows;
}

bool Source::shows_cells(const SourceLineView& line) const {
  if (line.cells.empty()) return false;
  const bool is_zero = std::all_of(line.cells.begin(), line.cells.end(),
                                   [](const SourceCell& c) { return c.is_zero; });
  return !is_zero || pen_.canvas.width_of(kSource, line.text) <= room_beside(line);
}

// Up to the first column's figure, which may be wide.
float Source::room_beside(const SourceLineView& line) const {
  return at_.w - ends_[0] - 24 - pen_.canvas.width_of(kFigureBold, line.cells[0].text) - kCode;
}

// Beside the note instead of the code, where that leaves the code in one row.
bool Source::has_cells_below(const SourceLineView& line) const {
  const float width = pen_.canvas.width_of(kSourceBold, line.text);
  return !line.note.empty() && shows_cells(line) && width > room_beside(line) &&
         width <= at_.w - kCode - 8;
}

float Source::code_room(const SourceLineView& line) const {
  return shows_cells(line) && !has_cells_below(line) ? room_beside(line) : at_.w - kCode - 8;
}

float Source::height_of(const SourceLineView& line) const {
  return place_.row + kWrapped * static_cast<float>(rows_of(line).size() - 1) +
         (line.note.empty() ? 0 : kWrapped - 4);
}

float Source::draw_line(const SourceLineView& line, float y) {
  const float code = at_.x + kCode;
  const bool blank = line.text.find_first_not_of(' ') == std::string::npos;
  const std::vector<std::string> parts = rows_of(line);
  const float height = height_of(line);
  const Rect row{at_.x, y, at_.w, height};
  const Control control =
      pen_.controls.control(fmt::format("{}.{}", place_.names, line.number), row);
  if (line.is_current) {
    pen_.canvas.fill(row, pen_.p.raised);
    pen_.canvas.fill({row.x, row.y, 5, row.h}, pen_.p.ink);
  } else if (control.is_hovered && !blank) {
    pen_.canvas.outline(row, pen_.p.rule);
  }
  if (control.is_focused) pen_.canvas.outline(row, pen_.p.ink, 2);
  if (control.is_clicked) answer_.chosen = line.number;
  pen_.explain(row, line.cells.empty() ? "" : line.tip);
  const bool bold = line.is_current && !line.is_ahead;
  const TextStyle style = bold ? kSourceBold : kSource;
  const Color ink = line.is_ahead && !line.is_current ? pen_.p.dim : pen_.p.ink;
  float baseline = y + place_.row / 2 + 7;
  pen_.canvas.text({at_.x + 38, baseline}, Align::right, style,
                   line.is_wrong ? pen_.p.minor_fault
                   : bold        ? pen_.p.ink
                                 : pen_.p.faint,
                   std::to_string(line.number));
  const float below = has_cells_below(line) ? kWrapped - 4 : 0;
  for (std::size_t c = 0; shows_cells(line) && c < line.cells.size() && c < 3; ++c) {
    const SourceCell& cell = line.cells[c];
    pen_.canvas.text({at_.right() - ends_[c], baseline + below}, Align::right,
                     cell.is_zero ? kFigure : kFigureBold, cell.is_zero ? pen_.p.faint : pen_.p.ink,
                     cell.text);
  }
  for (const auto& part : parts) {
    text({code, baseline}, style, ink, part);
    if (line.is_wrong) draw_wave(pen_, {code, baseline + 4}, pen_.canvas.width_of(style, part));
    baseline += kWrapped;
  }
  if (!line.note.empty()) text({code, baseline - 4}, kLabel, pen_.p.dim, line.note);
  return y + height;
}

}  // namespace

SourceAnswer draw_source(Pen& pen, const SourcePlace& place, std::span<const ColumnView> columns,
                         std::span<const SourceLineView> lines) {
  return Source(pen, place, columns, lines).draw();
}

}  // namespace viz

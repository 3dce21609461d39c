// From the top down; the question's card stands at the bottom.

#include "viz/panels/lesson_panel.h"

#include <algorithm>
#include <array>

#include "viz/panels/glossary.h"
#include "viz/panels/page_cell.h"

namespace viz {
namespace {

constexpr float kRow = 40, kWrapped = 28;
constexpr float kCode = 56;  // where source begins, from the column's left edge

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

class Column {
 public:
  Column(Pen& pen, Rect at, const LessonView& view) : pen_(pen), at_(at), view_(view) {
    float end = 4;  // titles with their marks, side by side
    for (std::size_t c = view_.columns.size(); c-- > 0;) {
      ends_[c] = end;
      float widest = pen_.canvas.width_of(kLabel, view_.columns[c].title) + 28;
      for (const SourceLineView& line : view_.lines) {
        if (c >= line.cells.size()) continue;
        widest = std::max(widest, pen_.canvas.width_of(kFigureBold, line.cells[c].text));
      }
      end += widest + 14;
    }
  }

  Command draw() {
    float y = at_.y + 28;
    text({at_.x, y}, kLabel, pen_.p.dim, view_.above);
    y += 38;
    for (const auto& line : pen_.canvas.wrap(kScreenTitle, view_.title, at_.w)) {
      text({at_.x, y}, kScreenTitle, pen_.p.ink, line);
      y += 36;
    }
    y = draw_prose(y + 2);
    const float card = card_top();
    y = draw_program(y, card - (view_.said.empty() && view_.output.empty() ? 12 : 44));
    draw_said(y, card);
    draw_card(card);
    return asked_;
  }

 private:
  void text(Point where, TextStyle style, Color color, std::string_view words) {
    pen_.canvas.text(where, Align::left, style, color, words);
  }
  float draw_prose(float y);
  float draw_program(float y, float bottom);
  float draw_line(const SourceLineView&, float y);
  std::string code_that_fits(const std::string& code, float room) const;
  std::vector<std::string> rows_of(const SourceLineView&) const;
  bool shows_cells(const SourceLineView&) const;
  float room_beside(const SourceLineView&) const;
  bool has_cells_below(const SourceLineView&) const;
  float code_room(const SourceLineView&) const;
  float height_of(const SourceLineView&) const;
  void draw_said(float y, float bottom);
  float card_top() const;
  void draw_card(float top);
  void draw_choices(float y);

  Pen& pen_;
  Rect at_;
  const LessonView& view_;
  std::array<float, 3> ends_{};  // of the figures' columns, from the right edge
  Command asked_;
};

float Column::draw_prose(float y) {
  const auto lines = pen_.canvas.wrap(kProse, view_.prose, at_.w);
  const std::size_t shown = std::min<std::size_t>(lines.size(), 5);
  for (std::size_t i = 0; i < shown; ++i) {
    std::string line = lines[i];
    if (i + 1 == shown && shown < lines.size()) {
      line = pen_.canvas.shorten(kProse, line + " and more …", at_.w);
      pen_.explain({at_.x, y - 20, at_.w, 28}, view_.prose);
    }
    text({at_.x, y}, kProse, pen_.p.dim, line);
    y += 28;
  }
  return std::max(y, at_.y + 178);
}

float Column::draw_program(float y, float bottom) {
  y += 20;
  for (std::size_t c = 0; c < view_.columns.size() && c < 3; ++c) {
    const float right = at_.right() - ends_[c];
    const float width = pen_.canvas.width_of(kLabel, view_.columns[c].title);
    pen_.canvas.text({right, y}, Align::right, kLabel, pen_.p.dim, view_.columns[c].title);
    draw_mark(pen_, {right - width - 14, y - 5}, view_.columns[c].mark);
    pen_.explain({right - width - 24, y - 18, width + 24, 24}, meaning_of(view_.columns[c].title));
  }
  const Rect edit{at_.x, y - 24, 64, 32};
  if (button(pen_, "edit", edit, "Edit", ButtonLook::outlined)) asked_ = Show{Screen::editor};
  pen_.explain(edit, "Change the program and run it again (E)");
  y += 12;
  pen_.canvas.horizontal(at_.x, y, at_.w, pen_.p.rule);
  // A long program is shown around its current line: from the first line that leaves it room.
  std::size_t current = 0;
  for (std::size_t i = 0; i < view_.lines.size(); ++i) {
    if (view_.lines[i].is_current) current = i;
  }
  const std::size_t must_fit = std::min(current + 1, view_.lines.size() - 1);
  std::size_t first = 0;
  float needed = 0;
  for (std::size_t i = 0; i <= must_fit; ++i) needed += height_of(view_.lines[i]);
  while (first < current && needed > bottom + 4 - y) needed -= height_of(view_.lines[first++]);
  for (std::size_t i = first; i < view_.lines.size() && y + kRow <= bottom + 4; ++i) {
    y = draw_line(view_.lines[i], y);
  }
  pen_.canvas.horizontal(at_.x, y + 2, at_.w, pen_.p.rule);
  return y + 2;
}

// Up to the last comma that fits, else the last space; else as much as fits.
std::string Column::code_that_fits(const std::string& code, float room) const {
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
std::vector<std::string> Column::rows_of(const SourceLineView& line) const {
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

bool Column::shows_cells(const SourceLineView& line) const {
  if (line.cells.empty()) return false;
  const bool is_zero = std::all_of(line.cells.begin(), line.cells.end(),
                                   [](const SourceCell& c) { return c.is_zero; });
  return !is_zero || pen_.canvas.width_of(kSource, line.text) <= room_beside(line);
}

// Up to the first column's figure, which may be wide.
float Column::room_beside(const SourceLineView& line) const {
  return at_.w - ends_[0] - 24 - pen_.canvas.width_of(kFigureBold, line.cells[0].text) - kCode;
}

// Beside the note instead of the code, where that leaves the code in one row.
bool Column::has_cells_below(const SourceLineView& line) const {
  const float width = pen_.canvas.width_of(kSourceBold, line.text);
  return !line.note.empty() && shows_cells(line) && width > room_beside(line) &&
         width <= at_.w - kCode - 8;
}

float Column::code_room(const SourceLineView& line) const {
  return shows_cells(line) && !has_cells_below(line) ? room_beside(line) : at_.w - kCode - 8;
}

float Column::height_of(const SourceLineView& line) const {
  return kRow + kWrapped * static_cast<float>(rows_of(line).size() - 1) +
         (line.note.empty() ? 0 : kWrapped - 4);
}

float Column::draw_line(const SourceLineView& line, float y) {
  const float code = at_.x + kCode;
  const bool blank = line.text.find_first_not_of(' ') == std::string::npos;
  const std::vector<std::string> parts = rows_of(line);
  const float height = height_of(line);
  const Rect row{at_.x, y, at_.w, height};
  const Control control = pen_.controls.control("line." + std::to_string(line.number), row);
  if (line.is_current) {
    pen_.canvas.fill(row, pen_.p.raised);
    pen_.canvas.fill({row.x, row.y, 5, row.h}, pen_.p.ink);
  } else if (control.is_hovered && !blank) {
    pen_.canvas.outline(row, pen_.p.rule);
  }
  if (control.is_focused) pen_.canvas.outline(row, pen_.p.ink, 2);
  if (control.is_clicked) asked_ = SeekLine{line.number};
  pen_.explain(row, line.cells.empty() ? "" : line.tip);
  const bool bold = line.is_current && !line.is_ahead;
  const TextStyle style = bold ? kSourceBold : kSource;
  const Color ink = line.is_ahead && !line.is_current ? pen_.p.dim : pen_.p.ink;
  float baseline = y + 27;
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
    if (line.is_wrong) {
      for (float x = 0; x < pen_.canvas.width_of(style, part); x += 8) {
        pen_.canvas.line({code + x, baseline + 7}, {code + x + 4, baseline + 4}, pen_.p.minor_fault,
                         2);
        pen_.canvas.line({code + x + 4, baseline + 4}, {code + x + 8, baseline + 7},
                         pen_.p.minor_fault, 2);
      }
    }
    baseline += kWrapped;
  }
  if (!line.note.empty()) text({code, baseline - 4}, kLabel, pen_.p.dim, line.note);
  return y + height;
}

void Column::draw_said(float y, float bottom) {
  if (y + 34 > bottom) return;
  if (!view_.said.empty()) {
    text({at_.x, y + 32}, kProse, pen_.p.ink, pen_.canvas.shorten(kProse, view_.said, at_.w));
    pen_.explain({at_.x, y + 10, at_.w, 30}, view_.said);
    return;
  }
  if (view_.output.empty()) return;
  std::string last = view_.output;
  while (!last.empty() && last.back() == '\n') last.pop_back();
  const std::size_t newline = last.rfind('\n');
  if (newline != std::string::npos) last = last.substr(newline + 1);
  text({at_.x, y + 32}, kLabel, pen_.p.dim, "printed");
  text({at_.x + 72, y + 32}, kSource, pen_.p.ink, pen_.canvas.shorten(kSource, last, at_.w - 72));
  pen_.explain({at_.x, y + 10, at_.w, 30}, view_.output);
}

float Column::card_top() const {
  const QuestionView& q = view_.question;
  float height = 92;
  if (!q.question.empty()) {
    const auto lines = pen_.canvas.wrap(kTitle, q.question, at_.w - 48).size();
    height += 30 * static_cast<float>(lines) + 8;
    if (!q.choices.empty()) height += 92;
    const auto why = pen_.canvas.wrap(kLabel, q.because, at_.w - 48).size();
    height += 24 * static_cast<float>(why) + (why > 0 ? 6 : 0);
  }
  return at_.bottom() - height;
}

void Column::draw_choices(float y) {
  const auto n = static_cast<float>(view_.question.choices.size());
  const float gap = 16, width = (at_.w - 48 - gap * (n - 1)) / n;
  float x = at_.x + 24;
  std::size_t i = 0;
  for (const ChoiceView& choice : view_.question.choices) {
    const Rect card{x, y, width, 76};
    const bool strong = view_.question.is_open ? choice.is_chosen : choice.is_answer;
    if (strong) pen_.canvas.fill(card, pen_.p.raised, 6);
    const std::string name = "answer." + std::to_string(i);
    if (view_.question.is_open) {
      const Control control = pen_.controls.control(name, card);
      focus_ring(pen_, card, control);
      if (control.is_hovered) pen_.canvas.fill(card, pen_.p.raised, 6);
      if (control.is_clicked) asked_ = Choose{i};
    } else {
      pen_.controls.disabled(name, card);
    }
    pen_.canvas.outline(card, strong ? pen_.p.ink : pen_.p.outline, strong ? 3 : 1, 6);
    const TextStyle figure{Face::mono_bold, choice.figure.size() > 10 ? 18 : 28};
    pen_.canvas.text({card.center().x, y + (choice.label.empty() ? 48 : 38)}, Align::center, figure,
                     pen_.p.ink, pen_.canvas.shorten(figure, choice.figure, width - 12));
    pen_.canvas.text({card.center().x, y + 60}, Align::center, kLabel, pen_.p.dim, choice.label);
    x += width + gap;
    ++i;
  }
}

void Column::draw_card(float top) {
  const QuestionView& q = view_.question;
  const Rect card{at_.x, top, at_.w, at_.bottom() - top};
  pen_.canvas.fill(card, pen_.p.panel, 8);
  float y = top + 20;
  if (!q.question.empty()) {
    for (const auto& line : pen_.canvas.wrap(kTitle, q.question, at_.w - 48)) {
      text({at_.x + 24, y + 18}, kTitle, pen_.p.ink, line);
      y += 30;
    }
    y += 8;
    if (!q.choices.empty()) {
      draw_choices(y);
      y += 92;
    }
    for (const auto& line : pen_.canvas.wrap(kLabel, q.because, at_.w - 48)) {
      text({at_.x + 24, y + 12}, kLabel, pen_.p.dim, line);
      y += 24;
    }
  }
  const Rect action{at_.x + 24, at_.bottom() - 72, at_.w - 48, 52};
  if (button(pen_, "next", action, view_.action, ButtonLook::solid, view_.is_action_ready)) {
    asked_ = DoNext{};
  }
}

}  // namespace

Command draw_lesson(Pen& pen, Rect column, const LessonView& view) {
  pen.panel("lesson", "the lesson and its program", column.inset(-10));
  return Column(pen, column, view).draw();
}

}  // namespace viz

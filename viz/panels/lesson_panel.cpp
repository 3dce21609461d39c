// From the top down; the question's card stands at the bottom.

#include "viz/panels/lesson_panel.h"

#include <algorithm>

#include "viz/panels/source_lines.h"

namespace viz {
namespace {

constexpr float kRoomy = 640;  // a lower column shows less prose

class Column {
 public:
  Column(Pen& pen, Rect at, const LessonView& view) : pen_(pen), at_(at), view_(view) {}

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
  void draw_said(float y, float bottom);
  float card_top() const;
  void draw_card(float top);
  void draw_choices(float y);

  Pen& pen_;
  Rect at_;
  const LessonView& view_;
  Command asked_;
};

float Column::draw_prose(float y) {
  const auto lines = pen_.canvas.wrap(kProse, view_.prose, at_.w);
  const bool is_low = at_.h < kRoomy;
  const std::size_t shown = std::min<std::size_t>(lines.size(), is_low ? 3 : 5);
  for (std::size_t i = 0; i < shown; ++i) {
    std::string line = lines[i];
    if (i + 1 == shown && shown < lines.size()) {
      line = pen_.canvas.shorten(kProse, line + " and more …", at_.w);
      pen_.explain({at_.x, y - 20, at_.w, 28}, view_.prose);
    }
    text({at_.x, y}, kProse, pen_.p.dim, line);
    y += 28;
  }
  return is_low ? y : std::max(y, at_.y + 178);
}

float Column::draw_program(float y, float bottom) {
  const Rect edit{at_.x, y - 4, 64, 32};
  if (button(pen_, "edit", edit, "Edit", ButtonLook::outlined)) asked_ = Show{Screen::editor};
  pen_.explain(edit, "Change the program and run it again (E)");
  const SourceAnswer answer =
      draw_source(pen_, {{at_.x, y, at_.w, bottom - y}}, view_.columns, view_.lines);
  if (answer.chosen) asked_ = SeekLine{*answer.chosen};
  return answer.bottom;
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

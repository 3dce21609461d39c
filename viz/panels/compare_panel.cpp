// Sliders and code on the left; table, bars and charts on the right.

#include "viz/panels/compare_panel.h"

#include <algorithm>
#include <cmath>

#include "viz/panels/chart.h"

namespace viz {
namespace {

constexpr float kLeft = 456, kRight = 1576;
constexpr Rect kQuestion{24, 750, 400, 136};
constexpr TextStyle kSmall{Face::words, 14};

class Compare {
 public:
  Compare(Pen& pen, const CompareView& view) : pen_(pen), p_(pen.p), view_(view) {}

  CompareWish draw() {
    draw_column();
    if (!view_.failure.empty()) {
      float y = 130;
      for (const auto& line : pen_.canvas.wrap(kProse, view_.failure, kRight - kLeft)) {
        text(kLeft, y, kProse, p_.minor_fault, line);
        y += 28;
      }
      return wish_;
    }
    pen_.panel("strategies", "the strategies", {kLeft - 8, 72, kRight - kLeft + 16, 348});
    pen_.panel("times", "where the time goes", {kLeft - 8, 420, kRight - kLeft + 16, 178});
    pen_.panel("break-even", "the break-even", {kLeft - 8, 596, 552, 352});
    pen_.panel("policies", "pages brought in, over frames", {kLeft + 588, 596, 540, 352});
    draw_table();
    draw_bars();
    draw_chart(pen_, {kLeft + 44, 660, 480, 240}, view_.break_even);
    draw_chart(pen_, {kLeft + 640, 660, 470, 240}, view_.policies);
    return wish_;
  }

 private:
  float text(float x, float y, TextStyle style, Color color, std::string_view words) {
    return pen_.canvas.text({x, y}, Align::left, style, color, words);
  }
  void right(float x, float y, TextStyle style, Color color, std::string_view words) {
    pen_.canvas.text({x, y}, Align::right, style, color, words);
  }
  void draw_column();
  void draw_slider(std::size_t i, float y);
  void draw_code(float y, float bottom);
  void draw_table();
  void draw_bars();
  void draw_question(const CompareQuestionView&);
  // Of a part of the time: reading, faults, copies and calls, writing.
  Color color_of(int part) const {
    const Color colors[] = {p_.clean, p_.major_fault, p_.faint, p_.written};
    return colors[part];
  }

  Pen& pen_;
  const Palette& p_;
  const CompareView& view_;
  CompareWish wish_;
};

// The first large, with its note below; the others closer, with their notes beside their names.
void Compare::draw_slider(std::size_t i, float y) {
  const SliderView& s = view_.sliders[i];
  const bool is_first = i == 0;
  const float label = text(24, y, is_first ? kStrong : kLabel, p_.ink, s.label);
  const TextStyle figure = is_first ? kFigureBold : kSourceBold;
  right(424, y, figure, p_.ink, s.value);
  const Rect track = is_first ? Rect{24, y + 14, 400, 32} : Rect{24, y + 6, 400, 24};
  const std::string name = "slider." + std::to_string(i);
  const Control control = pen_.controls.control(name, track, Kind::drag);
  // The knob stays within the column at both ends.
  const float knob = is_first ? 13.0f : 8.0f, middle = track.center().y;
  const auto place = [&](float part) { return track.x + knob + part * (track.w - 2 * knob); };
  const float x = place(s.part);
  pen_.canvas.fill({track.x, middle - 2, track.w, 4}, p_.raised, 2);
  pen_.canvas.fill({track.x, middle - 2, x - track.x, 4}, is_first ? p_.ink : p_.dim, 2);
  if (s.target) {
    const float target = place(*s.target);
    pen_.canvas.disc({target, middle}, 11, p_.background);
    pen_.canvas.ring({target, middle}, 11, p_.ink, 2);
    pen_.canvas.text({target, y + 62}, Align::center, {Face::words_bold, 16}, p_.ink,
                     s.target_value);
  }
  pen_.canvas.disc({x, middle}, knob, is_first ? p_.ink : p_.dim);
  focus_ring(pen_, track, control);
  if (control.held_at) {
    const float from_left = control.held_at->x * track.w - knob;
    wish_ = DragSlider{i, std::clamp(from_left / (track.w - 2 * knob), 0.0f, 1.0f)};
  } else if (control.arrows != 0) {
    wish_ = NudgeSlider{i, control.arrows};
  }
  if (is_first) {
    const float free_to = s.target ? place(*s.target) - 36 : 424.0f;
    if (24 + pen_.canvas.width_of(kLabel, s.note) < free_to) {
      text(24, y + 62, kLabel, p_.dim, s.note);
    } else {
      pen_.explain(track, s.note);
    }
    return;
  }
  const float room = 400 - label - pen_.canvas.width_of(figure, s.value) - 24;
  // The whole of it, or what stands before its colon.
  std::string_view note = s.note;
  if (pen_.canvas.width_of(kSmall, note) > room) note = note.substr(0, note.find(':'));
  if (pen_.canvas.width_of(kSmall, note) <= room) text(24 + label + 10, y, kSmall, p_.faint, note);
  pen_.explain({24, y - 18, 400, 22}, s.note);
}

// Long lines go on below, deeper by four.
void Compare::draw_code(float y, float bottom) {
  constexpr TextStyle kCode{Face::mono, 16};
  const float deeper = pen_.canvas.width_of(kCode, "    ");
  for (const std::string& line : view_.code) {
    float x = 24;
    for (const std::string& part : pen_.canvas.wrap(kCode, line, 400 - deeper)) {
      if (y > bottom) return void(text(24, y - 10, kCode, p_.dim, "…"));
      text(x, y, kCode, p_.ink, pen_.canvas.shorten(kCode, part, 400));
      x = 24 + deeper;
      y += 24;
    }
  }
}

void Compare::draw_column() {
  text(24, 108, kLabel, p_.dim, "Strategies compared");
  text(24, 146, kScreenTitle, p_.ink, pen_.canvas.shorten(kScreenTitle, view_.title, 400));
  float y = 180;
  for (const auto& line : pen_.canvas.wrap(kProse, view_.prose, 400)) {
    text(24, y, kProse, p_.dim, line);
    y += 28;
  }
  y = std::max(y + 16, 252.0f);
  for (std::size_t i = 0; i < view_.sliders.size(); ++i) {
    draw_slider(i, y);
    y += i == 0 ? 94.0f : 52.0f;
  }
  y += 4;
  pen_.canvas.horizontal(24, y - 10, 400, p_.rule);
  text(24, y + 22, kStrong, p_.ink, view_.code_title);
  y += 52;
  const float bottom = view_.question ? kQuestion.y - 26 : 850;
  draw_code(y, bottom);
  if (view_.question) draw_question(*view_.question);
  const Rect leave{24, 898, 400, 44};
  if (button(pen_, "next", leave, "Back to the programs", ButtonLook::outlined)) {
    wish_ = LeaveComparison{};
  }
}

void Compare::draw_question(const CompareQuestionView& view) {
  const Rect card = kQuestion;
  pen_.canvas.fill(card, p_.panel, 8);
  text(card.x + 20, card.y + 32, kStrong, p_.ink,
       pen_.canvas.shorten(kStrong, view.task, card.w - 40));
  text(card.x + 20, card.y + 58, kLabel, p_.ink,
       pen_.canvas.shorten(kLabel, view.question, card.w - 40));
  const auto n = static_cast<float>(view.choices.size());
  const float width = (card.w - 40 - 12 * (n - 1)) / n;
  float x = card.x + 20;
  for (std::size_t i = 0; i < view.choices.size(); ++i) {
    const auto& choice = view.choices[i];
    const Rect at{x, card.y + 72, width, 40};
    x += width + 12;
    if (view.is_open) {
      if (button(pen_, "guess." + choice.letter, at, choice.letter, ButtonLook::outlined)) {
        wish_ = GuessStrategy{i};
      }
      continue;
    }
    if (choice.is_answer) pen_.canvas.fill(at, p_.raised, 6);
    pen_.canvas.outline(at, choice.is_chosen ? p_.ink : p_.rule, choice.is_chosen ? 2 : 1, 6);
    pen_.canvas.text({at.center().x, at.center().y + 7}, Align::center, kTitle,
                     choice.is_chosen || choice.is_answer ? p_.ink : p_.faint, choice.letter);
    pen_.canvas.text({at.center().x, at.bottom() + 16}, Align::center, kSmallBold, p_.dim,
                     pen_.canvas.shorten(kSmallBold, choice.label, width + 12));
  }
}

void Compare::draw_table() {
  pen_.canvas.fill({kLeft, 80, kRight - kLeft, 332}, p_.panel, 8);
  const float ends[] = {810, 930, 1050, 1175, 1298};
  const char* const heads[][2] = {
      {"faults", ""}, {"read", "MiB"}, {"written", "MiB"}, {"copied", "MiB"}, {"memory", "MiB"}};
  for (int c = 0; c < 5; ++c) {
    right(ends[c], 112, kLabel, p_.dim, heads[c][0]);
    right(ends[c], 132, kLabel, p_.dim, heads[c][1]);
  }
  right(1430, 112, kLabel, p_.dim, "simulated");
  right(1430, 132, kLabel, p_.dim, view_.is_behind ? "running …" : "time, ms");
  right(1556, 112, kLabel, p_.dim, "measured");
  right(1556, 132, kLabel, p_.dim, "here, ms");
  pen_.explain({1450, 96, 110, 44},
               "real runs on this computer; no figure of the simulated time comes from them");
  pen_.canvas.horizontal(kLeft + 20, 146, kRight - kLeft - 40, p_.rule);
  if (view_.rows.empty()) text(kLeft + 40, 200, kProse, p_.dim, "running the strategies …");
  float y = 148;
  for (std::size_t i = 0; i < view_.rows.size(); ++i) {
    const StrategyRow& row = view_.rows[i];
    const Rect at{kLeft + 8, y + 2, kRight - kLeft - 16, 60};
    const Control control = pen_.controls.control("strategy." + row.letter, at);
    if (row.is_selected) {
      pen_.canvas.fill(at, p_.raised);
      pen_.canvas.fill({at.x, at.y, 5, at.h}, p_.ink);
    } else if (control.is_hovered) {
      pen_.canvas.outline(at, p_.rule);
    }
    focus_ring(pen_, at, control);
    if (control.is_clicked) wish_ = SelectStrategy{i};
    pen_.explain(at, row.tip);
    const float base = y + 39;
    text(kLeft + 30, base, kTitle, p_.ink, row.letter);
    text(kLeft + 60, row.remark.empty() ? base : y + 29, row.is_selected ? kStrong : kProse, p_.ink,
         row.label);
    text(kLeft + 60, y + 51, row.is_fastest ? TextStyle{Face::words_bold, 16} : kLabel,
         row.is_fastest ? p_.ink : p_.dim, row.remark);
    for (std::size_t c = 0; c < row.cells.size(); ++c) {
      const bool zero = row.cells[c] == "0" || row.cells[c] == "0.0";
      right(ends[c], base, kFigure, zero ? p_.faint : p_.ink, row.cells[c]);
    }
    right(1430, base, kFigureBold, p_.ink, row.time);
    right(1556, base, row.is_measured ? kFigure : kLabel, row.is_measured ? p_.ink : p_.faint,
          row.measured);
    pen_.explain({1450, at.y, 110, at.h}, row.measured_tip);
    y += 64;
    if (y > 380) break;
  }
}

void Compare::draw_bars() {
  text(kLeft, 446, kTitle, p_.ink, "Where the time goes");
  const char* const names[] = {"read from disk", "faults", "copies and calls", "write to disk"};
  // Not by colour alone: in the bars, too, where there is room.
  const char* const brief[] = {"read", "faults", "copies", "write"};
  const Color inks[] = {p_.on_clean, p_.on_clean, p_.background, p_.on_light};
  float x = 860;
  for (int part = 0; part < 4; ++part) {
    pen_.canvas.fill({x, 432, 16, 16}, color_of(part), 2);
    if (p_.is_light) pen_.canvas.outline({x, 432, 16, 16}, p_.ink, 1, 2);
    x += 24 + text(x + 24, 446, kLabel, p_.dim, names[part]) + 24;
  }
  float y = 460;
  for (const StrategyRow& row : view_.rows) {
    text(kLeft + 8, y + 21, kTitle, p_.ink, row.letter);
    float at = kLeft + 44;
    for (int part = 0; part < 4; ++part) {
      const float w = row.parts[part] * 940;
      if (w < 0.5f) continue;
      pen_.canvas.fill({at, y, std::max(1.0f, w - 1), 28}, color_of(part));
      if (p_.is_light) pen_.canvas.outline({at, y, std::max(1.0f, w - 1), 28}, p_.ink);
      pen_.explain({at, y, w, 28}, names[part]);
      if (pen_.canvas.width_of(kSmallBold, brief[part]) < w - 14) {
        text(at + 8, y + 20, kSmallBold, inks[part], brief[part]);
      }
      at += w;
    }
    text(at + 12, y + 21, row.is_fastest ? kSourceBold : kSource, p_.ink, row.time);
    y += 34;
  }
}

}  // namespace

CompareWish draw_compare(Pen& pen, const CompareView& view) { return Compare(pen, view).draw(); }

}  // namespace viz

// Sliders and code on the left; table, bars and charts on the right.

#include "viz/panels/compare_panel.h"

#include <algorithm>
#include <cmath>

namespace viz {
namespace {

constexpr float kLeft = 456, kRight = 1576;

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
    draw_chart({kLeft + 44, 660, 480, 240}, view_.break_even);
    draw_chart({kLeft + 640, 660, 470, 240}, view_.policies);
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
  void draw_table();
  void draw_bars();
  void draw_chart(Rect, const ChartView&);
  // Of a part of the time: reading, faults, copies and calls, writing.
  Color color_of(int part) const {
    const Color colors[] = {p_.clean, p_.major_fault, p_.outline, p_.written};
    return colors[part];
  }

  Pen& pen_;
  const Palette& p_;
  const CompareView& view_;
  CompareWish wish_;
};

void Compare::draw_slider(std::size_t i, float y) {
  const SliderView& s = view_.sliders[i];
  text(24, y, i == 0 ? kStrong : kProse, p_.ink, s.label);
  right(424, y, kFigureBold, p_.ink, s.value);
  const Rect track{24, y + 14, 400, 32};
  const Control control = pen_.controls.control("slider." + std::to_string(i), track, Kind::drag);
  const float x = track.x + s.part * track.w, middle = track.center().y;
  pen_.canvas.fill({track.x, middle - 2, track.w, 4}, p_.raised, 2);
  pen_.canvas.fill({track.x, middle - 2, x - track.x, 4}, i == 0 ? p_.ink : p_.dim, 2);
  pen_.canvas.disc({x, middle}, i == 0 ? 13 : 10, i == 0 ? p_.ink : p_.dim);
  focus_ring(pen_, track, control);
  if (control.held_at) {
    wish_ = DragSlider{i, static_cast<double>(control.held_at->x)};
  } else if (control.arrows != 0) {
    wish_ = NudgeSlider{i, control.arrows};
  }
  text(24, y + 62, kLabel, p_.dim, s.note);
}

void Compare::draw_column() {
  text(24, 108, kLabel, p_.dim, "Strategies compared");
  text(24, 146, kScreenTitle, p_.ink, pen_.canvas.shorten(kScreenTitle, view_.title, 400));
  float y = 184;
  for (const auto& line : pen_.canvas.wrap(kProse, view_.prose, 400)) {
    text(24, y, kProse, p_.dim, line);
    y += 28;
  }
  y = std::max(y + 24, 290.0f);
  for (std::size_t i = 0; i < view_.sliders.size(); ++i) {
    draw_slider(i, y);
    y += 96;
  }
  pen_.canvas.horizontal(24, y - 6, 400, p_.rule);
  text(24, y + 30, kStrong, p_.ink, view_.code_title);
  y += 62;
  for (const std::string& line : view_.code) {
    if (y > 860) break;
    text(24, y, {Face::mono, 16}, p_.ink, pen_.canvas.shorten({Face::mono, 16}, line, 400));
    y += 25;
  }
  const Rect leave{24, 884, 400, 52};
  if (button(pen_, "next", leave, "Back to the programs", ButtonLook::solid)) {
    wish_ = LeaveComparison{};
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
      at += w;
    }
    text(at + 12, y + 21, row.is_fastest ? kSourceBold : kSource, p_.ink, row.time);
    y += 34;
  }
}

void Compare::draw_chart(Rect at, const ChartView& chart) {
  const float title = text(at.x - 44, 624, kTitle, p_.ink, chart.title);
  text(at.x - 30 + title, 624, kLabel, p_.dim, chart.note);
  pen_.canvas.horizontal(at.x, at.bottom(), at.w, p_.rule);
  if (!chart.why_none.empty()) {
    pen_.canvas.text({at.center().x, at.center().y}, Align::center, kLabel, p_.dim, chart.why_none);
    return;
  }
  const auto place = [&](ChartPoint p) {
    return Point{at.x + p.x * at.w, at.bottom() - p.y * at.h};
  };
  for (const auto& [y, label] : chart.y_marks) {
    const Point left = place({0, y});
    pen_.canvas.horizontal(at.x, left.y, at.w, p_.rule);
    right(at.x - 8, left.y + 5, {Face::mono, 14}, p_.dim, label);
  }
  for (const auto& [x, label] : chart.x_marks) {
    pen_.canvas.text({at.x + x * at.w, at.bottom() + 22}, Align::center, {Face::mono, 14}, p_.dim,
                     label);
  }
  std::vector<Point> taken;  // by labels
  for (const ChartLine& line : chart.lines) {
    if (line.points.size() < 2) continue;
    std::vector<Point> points;
    for (const ChartPoint& p : line.points) points.push_back(place(p));
    pen_.canvas.path(points, line.is_strong ? p_.ink : p_.outline, line.is_strong ? 4 : 2);
    const Point at_line = points[std::min(line.label_at, points.size() - 1)];
    Point label{at_line.x + 4, at_line.y + (line.is_below ? 22.0f : -9.0f)};
    while (std::any_of(taken.begin(), taken.end(), [&](Point t) {
      return std::abs(t.y - label.y) < 17 && std::abs(t.x - label.x) < 60;
    })) {
      label.y += line.is_below ? 18 : -18;
    }
    taken.push_back(label);
    text(label.x, label.y, line.is_strong ? kSmallBold : TextStyle{Face::words, 14},
         line.is_strong ? p_.ink : p_.dim, line.label);
  }
  if (chart.now) {
    const float x = at.x + *chart.now * at.w;
    pen_.canvas.vertical(x, at.y, at.h, p_.ink);
    pen_.canvas.triangle({x, at.bottom() - 3}, 8, Direction::up, p_.ink);
  }
  if (chart.crossing) {
    const Point c = place(*chart.crossing);
    pen_.canvas.disc(c, 9, p_.background);
    pen_.canvas.ring(c, 9, p_.ink, 3);
    const bool is_right = c.x > at.x + at.w * 0.72f;
    const Align align = is_right ? Align::right : Align::left;
    const float x = is_right ? c.x - 16 : c.x + 16;
    pen_.canvas.text({x, c.y + 30}, align, {Face::words_bold, 16}, p_.ink, chart.crossing_label);
    pen_.canvas.text({x, c.y + 52}, align, kLabel, p_.dim, chart.crossing_note);
  }
}

}  // namespace

CompareWish draw_compare(Pen& pen, const CompareView& view) { return Compare(pen, view).draw(); }

}  // namespace viz

// Lines first; then each label goes to the place where it hides least.

#include "viz/panels/chart.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace viz {
namespace {

constexpr TextStyle kMarkText{Face::mono, 14};
constexpr TextStyle kWeak{Face::words, 14};
constexpr TextStyle kBold{Face::words_bold, 16};

bool overlap(const Rect& a, const Rect& b) {
  return a.x < b.right() && b.x < a.right() && a.y < b.bottom() && b.y < a.bottom();
}

class Chart {
 public:
  Chart(Pen& pen, Rect at, const ChartView& chart) : pen_(pen), p_(pen.p), at_(at), chart_(chart) {}

  void draw() {
    draw_axes();
    for (const ChartLine& line : chart_.lines) {
      std::vector<Point> points;
      for (const ChartPoint& p : line.points) points.push_back(place(p));
      lines_.push_back(std::move(points));
    }
    // The strong one over the others.
    for (const bool is_strong : {false, true}) {
      for (std::size_t i = 0; i < lines_.size(); ++i) {
        if (lines_[i].size() < 2 || chart_.lines[i].is_strong != is_strong) continue;
        pen_.canvas.path(lines_[i], is_strong ? p_.ink : p_.dim, is_strong ? 4 : 2);
      }
    }
    draw_now();
    draw_crossing();
    for (std::size_t i = 0; i < lines_.size(); ++i) draw_label(i);
  }

 private:
  Point place(ChartPoint p) const { return {at_.x + p.x * at_.w, at_.bottom() - p.y * at_.h}; }
  Rect room_of(TextStyle style, Point left, std::string_view text) const {
    const auto size = static_cast<float>(style.size);
    return {left.x - 2, left.y - size + 1, pen_.canvas.width_of(style, text) + 4, size + 3};
  }
  int hidden_by(const Rect& room) const;
  // At the first of the places where it hides least; that is its left end and baseline.
  void put(std::span<const Point> places, TextStyle style, Color color, std::string_view text);
  void draw_axes();
  void draw_crossing();
  void draw_now();
  void draw_label(std::size_t line);

  Pen& pen_;
  const Palette& p_;
  Rect at_;
  const ChartView& chart_;
  std::vector<std::vector<Point>> lines_;
  std::vector<Rect> taken_;  // by words and marks
};

// Points of lines that it lies over; words and what is outside count most.
int Chart::hidden_by(const Rect& room) const {
  int hidden = 0;
  for (const auto& line : lines_) {
    for (std::size_t i = 1; i < line.size(); ++i) {
      constexpr int kParts = 24;
      for (int part = 0; part <= kParts; ++part) {
        const float t = static_cast<float>(part) / kParts;
        const Point p{line[i - 1].x + (line[i].x - line[i - 1].x) * t,
                      line[i - 1].y + (line[i].y - line[i - 1].y) * t};
        if (overlap(room, {p.x, p.y, 0.5f, 0.5f})) ++hidden;
      }
    }
  }
  for (const Rect& other : taken_) hidden += overlap(room, other) ? 1000 : 0;
  const bool is_outside = room.x < at_.x - 4 || room.right() > at_.right() + 8 ||
                          room.y < at_.y - 24 || room.bottom() > at_.bottom();
  return hidden + (is_outside ? 100 : 0);
}

void Chart::put(std::span<const Point> places, TextStyle style, Color color,
                std::string_view text) {
  Point best = places.front();
  int least = hidden_by(room_of(style, best, text));
  for (std::size_t i = 1; i < places.size() && least > 0; ++i) {
    const int hidden = hidden_by(room_of(style, places[i], text));
    if (hidden >= least) continue;
    least = hidden;
    best = places[i];
  }
  taken_.push_back(room_of(style, best, text));
  pen_.canvas.text(best, Align::left, style, color, text);
}

void Chart::draw_axes() {
  for (const auto& [y, label] : chart_.y_marks) {
    const Point left = place({0, y});
    pen_.canvas.horizontal(at_.x, left.y, at_.w, p_.rule);
    pen_.canvas.text({at_.x - 8, left.y + 5}, Align::right, kMarkText, p_.dim, label);
  }
  for (const auto& [x, label] : chart_.x_marks) {
    pen_.canvas.text({at_.x + x * at_.w, at_.bottom() + 22}, Align::center, kMarkText, p_.dim,
                     label);
  }
}

// Where another strategy becomes the fastest, and which before and beyond.
void Chart::draw_crossing() {
  if (!chart_.crossing) return;
  const Point c = place(*chart_.crossing);
  for (float y = c.y + 12; y < at_.bottom(); y += 10) {
    pen_.canvas.vertical(c.x, y, std::min(4.0f, at_.bottom() - y), p_.dim);
  }
  pen_.canvas.disc(c, 9, p_.background);
  pen_.canvas.ring(c, 9, p_.ink, 3);
  taken_.push_back({c.x - 11, c.y - 11, 22, 22});
  taken_.push_back({c.x - 1, c.y, 2, at_.bottom() - c.y});
  const float base = at_.bottom() - 10;
  const float before = pen_.canvas.width_of(kLabel, chart_.before);
  const float now = at_.x + chart_.now.value_or(0) * at_.w;
  const auto put_if_free = [&](std::array<float, 2> lefts, const std::string& text) {
    for (const float x : lefts) {
      const std::array place{Point{x, base}};
      if (text.empty() || hidden_by(room_of(kLabel, place[0], text)) > 0) continue;
      return put(place, kLabel, p_.dim, text);
    }
  };
  put_if_free({c.x - 16 - before, now - 16 - before}, chart_.before);
  put_if_free({c.x + 16, now + 16}, chart_.beyond);
  const float width = pen_.canvas.width_of(kBold, chart_.crossing_label);
  const std::array places{Point{c.x + 16, c.y + 30}, Point{c.x - 16 - width, c.y - 18},
                          Point{c.x + 16, c.y + 54}, Point{c.x - 16 - width, c.y - 40},
                          Point{c.x + 16, c.y - 18}, Point{c.x - 16 - width, c.y + 30}};
  put(places, kBold, p_.ink, chart_.crossing_label);
}

// Where the slider is, and the selected strategy there.
void Chart::draw_now() {
  if (!chart_.now) return;
  const float x = at_.x + *chart_.now * at_.w;
  pen_.canvas.vertical(x, at_.y, at_.h, p_.ink);
  pen_.canvas.triangle({x, at_.bottom() - 3}, 8, Direction::up, p_.ink);
  for (std::size_t l = 0; l < lines_.size(); ++l) {
    if (!chart_.lines[l].is_strong) continue;
    for (std::size_t i = 1; i < lines_[l].size(); ++i) {
      const Point a = lines_[l][i - 1], b = lines_[l][i];
      if (x < a.x || x > b.x || b.x <= a.x) continue;
      pen_.canvas.disc({x, a.y + (b.y - a.y) * (x - a.x) / (b.x - a.x)}, 7, p_.ink);
      break;
    }
  }
  taken_.push_back({x - 2, at_.y, 4, at_.h});
  const float width = pen_.canvas.width_of(kBold, chart_.now_label);
  const std::array places{Point{x - 10 - width, at_.y + 16}, Point{x + 10, at_.y + 16},
                          Point{x - 10 - width, at_.bottom() - 34},
                          Point{x + 10, at_.bottom() - 34}};
  put(places, kBold, p_.ink, chart_.now_label);
}

// Over or under a point of its line, as near as can be to where it would like to stand.
void Chart::draw_label(std::size_t l) {
  const ChartLine& line = chart_.lines[l];
  const auto& points = lines_[l];
  if (points.size() < 2) return;
  const TextStyle style = line.is_strong ? kBold : kWeak;
  const float width = pen_.canvas.width_of(style, line.label);
  const std::size_t wanted = std::min(line.label_at, points.size() - 1);
  std::vector<Point> places;
  for (std::size_t off = 0; off < points.size(); ++off) {
    for (const bool is_before : {false, true}) {
      if (is_before ? off == 0 || off > wanted : wanted + off >= points.size()) continue;
      const Point p = points[is_before ? wanted - off : wanted + off];
      for (const float y : {p.y - 8, p.y + 20, p.y - 22, p.y + 34}) {
        for (const float x : {p.x - width / 2, p.x - width - 4, p.x + 4}) places.push_back({x, y});
      }
    }
  }
  put(places, style, line.is_strong ? p_.ink : p_.dim, line.label);
}

}  // namespace

void draw_chart(Pen& pen, Rect at, const ChartView& chart) {
  const float left = at.x - 44;
  const float title = pen.canvas.text({left, 624}, Align::left, kTitle, pen.p.ink, chart.title);
  pen.canvas.text({left + 14 + title, 624}, Align::left, kLabel, pen.p.dim, chart.note);
  pen.canvas.horizontal(at.x, at.bottom(), at.w, pen.p.rule);
  if (chart.why_none.empty()) return Chart(pen, at, chart).draw();
  pen.canvas.text({at.center().x, at.center().y}, Align::center, kLabel, pen.p.dim, chart.why_none);
}

}  // namespace viz

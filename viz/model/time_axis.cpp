// Ticks get their width by what happens in them.

#include "viz/model/time_axis.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace viz {
namespace {

constexpr Tick kMostTicksApart = 20'000;  // more are all of one width

struct Span {
  std::size_t first = 0, end = 0;  // events
};

// The events that come in the course of the same tick.
Span in_tick(const Film& film, std::size_t event) {
  const Tick tick = film.tick_of_event(event);
  Span span{event, event + 1};
  while (span.first > 0 && film.tick_of_event(span.first - 1) == tick) --span.first;
  while (span.end < film.events().size() && film.tick_of_event(span.end) == tick) ++span.end;
  return span;
}

}  // namespace

TimeAxis::TimeAxis(const Film& film) : ticks_(std::max<Tick>(1, film.ticks())) {
  if (film.ticks() == 0 || film.ticks() > kMostTicksApart) return;
  std::vector<double> weights(film.ticks(), 1.0);
  const bool is_short = film.ticks() <= 40;
  const double all_ns = film.event_ns().empty() ? 1 : static_cast<double>(film.event_ns().back());
  std::uint64_t last_ns = 0;
  for (std::size_t e = 0; e < film.events().size(); ++e) {
    const std::uint64_t ns = film.event_ns()[e] - std::exchange(last_ns, film.event_ns()[e]);
    const auto kind = film.events()[e].kind;
    double& weight = weights[film.tick_of_event(e)];
    if (!is_short) {  // half of the width goes by time
      weight += static_cast<double>(film.ticks()) * static_cast<double>(ns) / all_ns;
    } else if (kind != sim::EventKind::system_call && kind != sim::EventKind::dirty) {
      weight = std::min(film.ticks() <= 12 ? 6.0 : 1.5, weight + 1.5);
    }
  }
  double sum = 0;
  for (const double w : weights) ends_.push_back(sum += w);
  for (double& end : ends_) end /= sum;
}

double TimeAxis::x_of(Tick tick) const {
  if (tick == 0) return 0;
  if (ends_.empty()) return static_cast<double>(tick) / static_cast<double>(ticks_);
  return ends_[std::min<Tick>(tick, ends_.size()) - 1];
}

Tick TimeAxis::tick_at(double x) const {
  if (ends_.empty()) {
    return static_cast<Tick>(std::llround(std::clamp(x, 0.0, 1.0) * static_cast<double>(ticks_)));
  }
  const auto it = std::lower_bound(ends_.begin(), ends_.end(), x);
  const auto after = static_cast<Tick>(it - ends_.begin());
  const double left = x_of(after), right = x_of(after + 1);
  return x - left < right - x ? after : std::min<Tick>(after + 1, ends_.size());
}

Tick TimeAxis::first_tick_from(double x) const {
  const Tick nearest = tick_at(x);
  return x_of(nearest) < x ? std::min(nearest + 1, ticks_) : nearest;
}

namespace {

double within(const TimeAxis& axis, const Film& film, std::size_t event, std::uint64_t ns) {
  const Span span = in_tick(film, event);
  const Tick tick = film.tick_of_event(event);
  const double left = axis.x_of(tick), right = axis.x_of(tick + 1);
  const std::uint64_t start = span.first == 0 ? 0 : film.event_ns()[span.first - 1];
  const std::uint64_t end = film.event_ns()[span.end - 1];
  if (end <= start) return left;
  const double part =
      static_cast<double>(ns - std::min(ns, start)) / static_cast<double>(end - start);
  return left + (right - left) * std::min(1.0, part);
}

}  // namespace

double TimeAxis::x_before(const Film& film, std::size_t event) const {
  return within(*this, film, event, event == 0 ? 0 : film.event_ns()[event - 1]);
}
double TimeAxis::x_after(const Film& film, std::size_t event) const {
  return within(*this, film, event, film.event_ns()[event]);
}

namespace {

// Of the window's width, left beside what comes into view: the next steps stay in it.
constexpr double kMargin = 0.05;

TimeWindow from_to(double from, double width) {
  from = std::clamp(from, 0.0, 1 - width);
  return {from, from + width};
}

}  // namespace

TimeWindow TimeWindow::zoomed(double x, double factor, double least) const {
  const double wider = std::clamp(width() * factor, std::min(least, 1.0), 1.0);
  if (wider >= 1) return {};
  return from_to(x - place_of(x) * wider, wider);
}

TimeWindow TimeWindow::with(double x) const {
  const double place = place_of(x);
  if (place < 0) return from_to(x - kMargin * width(), width());
  if (place > 1) return from_to(x - (1 - kMargin) * width(), width());
  return *this;
}

TimeWindow TimeWindow::around(double x) const { return from_to(x - width() / 2, width()); }

}  // namespace viz

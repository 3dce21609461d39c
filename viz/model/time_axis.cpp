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

// By tick; none where all are alike.
std::vector<double> widths_of(const Film& film) {
  if (film.ticks() == 0 || film.ticks() > kMostTicksApart) return {};
  std::vector<double> widths(film.ticks(), 1.0);
  const bool is_short = film.ticks() <= 40;
  const double all_ns = film.event_ns().empty() ? 1 : static_cast<double>(film.event_ns().back());
  std::uint64_t last_ns = 0;
  for (std::size_t e = 0; e < film.events().size(); ++e) {
    const std::uint64_t ns = film.event_ns()[e] - std::exchange(last_ns, film.event_ns()[e]);
    const auto kind = film.events()[e].kind;
    double& width = widths[film.tick_of_event(e)];
    if (!is_short) {  // half of the width goes by time
      width += static_cast<double>(film.ticks()) * static_cast<double>(ns) / all_ns;
    } else if (kind != sim::EventKind::system_call && kind != sim::EventKind::dirty) {
      width = std::min(film.ticks() <= 12 ? 6.0 : 1.5, width + 1.5);
    }
  }
  return widths;
}

}  // namespace

TimeAxis::TimeAxis(const Film& film) : ticks_(std::max<Tick>(1, film.ticks())) {
  set_widths(widths_of(film));
}

TimeAxis TimeAxis::of_both(const Film& one, const Film& other) {
  SIM_CHECK(one.ticks() == other.ticks());
  TimeAxis axis;
  axis.ticks_ = std::max<Tick>(1, one.ticks());
  std::vector<double> widths = widths_of(one);
  const std::vector<double> others = widths_of(other);
  for (std::size_t tick = 0; tick < widths.size(); ++tick) widths[tick] += others[tick];
  axis.set_widths(widths);
  return axis;
}

TimeAxis TimeAxis::by_time(std::shared_ptr<const Film> film, std::uint64_t all_ns) {
  SIM_CHECK(film->all_ns() <= all_ns);
  TimeAxis axis;
  axis.ticks_ = std::max<Tick>(1, film->ticks());
  axis.film_ = std::move(film);
  axis.all_ns_ = std::max<std::uint64_t>(1, all_ns);
  return axis;
}

void TimeAxis::set_widths(const std::vector<double>& widths) {
  double sum = 0;
  for (const double width : widths) ends_.push_back(sum += width);
  for (double& end : ends_) end /= sum;
}

double TimeAxis::x_of(Tick tick) const {
  if (film_) {
    return static_cast<double>(film_->about_ns(std::min(tick, film_->ticks()))) /
           static_cast<double>(all_ns_);
  }
  if (tick == 0) return 0;
  if (ends_.empty()) return static_cast<double>(tick) / static_cast<double>(ticks_);
  return ends_[std::min<Tick>(tick, ends_.size()) - 1];
}

Tick TimeAxis::tick_at(double x) const {
  if (film_ || !ends_.empty()) {
    const Tick after = first_tick_from(x);
    if (after == 0) return 0;
    return x - x_of(after - 1) < x_of(after) - x ? after - 1 : after;
  }
  return static_cast<Tick>(std::llround(std::clamp(x, 0.0, 1.0) * static_cast<double>(ticks_)));
}

Tick TimeAxis::first_tick_from(double x) const {
  if (film_) {
    Tick low = 0, high = film_->ticks();
    while (low < high) {
      const Tick middle = low + (high - low) / 2;
      x_of(middle) < x ? low = middle + 1 : high = middle;
    }
    return low;
  }
  if (ends_.empty()) {
    const Tick nearest = tick_at(x);
    return x_of(nearest) < x ? std::min(nearest + 1, ticks_) : nearest;
  }
  if (x <= 0) return 0;
  const auto it = std::lower_bound(ends_.begin(), ends_.end(), x);
  return std::min<Tick>(static_cast<Tick>(it - ends_.begin()) + 1, ends_.size());
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

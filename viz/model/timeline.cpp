// The map is made anew when another part is in view.

#include "viz/model/timeline.h"

#include <algorithm>
#include <cmath>

namespace viz {
namespace {

constexpr std::uint64_t kMostLanes = 10;
constexpr Tick kMostTicksInLanes = 20'000;
constexpr double kNotch = 1.25;  // closer by that
constexpr double kLeastTicksInView = 4;

bool needs_map(const Film& film) {
  return film.history().ever().size() > kMostLanes || film.ticks() > kMostTicksInLanes;
}

}  // namespace

Timeline::Timeline(const Film& film, TimeAxis axis) : axis_(std::move(axis)) {
  if (needs_map(film)) map_.emplace(film);
  show(film, {});
}

void Timeline::show(const Film& film, const TimeWindow& window) {
  window_ = window;
  if (map_) map_->look_at(film, axis_, window_);
}

void Timeline::zoom(const Film& film, double place, double notches) {
  const double least = kLeastTicksInView / static_cast<double>(axis_.ticks());
  const TimeWindow window =
      window_.zoomed(window_.x_at(place), std::pow(kNotch, -notches), std::min(1.0, least));
  if (window != window_) show(film, window);
}

void Timeline::follow(const Film& film, Tick tick) {
  const TimeWindow window = window_.with(axis_.x_of(tick));
  if (window != window_) show(film, window);
}

}  // namespace viz

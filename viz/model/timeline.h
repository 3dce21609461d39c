// What of a film's time is in view: its axis, the part that is zoomed to, and of many pages the
// map.

#pragma once

#include <optional>

#include "viz/model/timeline_map.h"

namespace viz {

class Timeline {
 public:
  Timeline() = default;
  // All of it.
  explicit Timeline(const Film& film) : Timeline(film, TimeAxis(film)) {}
  Timeline(const Film&, TimeAxis);

  const TimeAxis& axis() const { return axis_; }
  const TimeWindow& window() const { return window_; }
  // Null where there are so few pages that each has a lane.
  const TimelineMap* map() const { return map_ ? &*map_ : nullptr; }
  Tick tick_at(double place) const { return axis_.tick_at(window_.x_at(place)); }

  // The film is the one that it was made of.
  void show(const Film&, const TimeWindow&);
  // So many notches closer, around a place in view.
  void zoom(const Film&, double place, double notches);
  // The tick comes into view.
  void follow(const Film&, Tick);

 private:
  TimeAxis axis_;
  TimeWindow window_;
  std::optional<TimelineMap> map_;
};

}  // namespace viz

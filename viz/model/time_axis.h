// Where the moments of a film lie from left to right, and which part of them is in view.

#pragma once

#include <memory>
#include <vector>

#include "viz/model/film.h"

namespace viz {

// Where the ticks of a film lie, 0 to 1.
class TimeAxis {
 public:
  TimeAxis() = default;
  // Ticks in which much happens are wider while there are few.
  explicit TimeAxis(const Film&);
  // One for both films, tick by tick. Requires: they have as many.
  static TimeAxis of_both(const Film&, const Film&);
  // By simulated time, of which there is so much from edge to edge.
  static TimeAxis by_time(std::shared_ptr<const Film>, std::uint64_t all_ns);

  double x_of(Tick) const;
  // Within the tick in whose course the event comes, by simulated time.
  double x_before(const Film&, std::size_t event) const;
  double x_after(const Film&, std::size_t event) const;
  Tick tick_at(double x) const;          // the nearest
  Tick first_tick_from(double x) const;  // that lies there or right of it; the last at the end
  Tick ticks() const { return ticks_; }

 private:
  void set_widths(const std::vector<double>&);

  std::vector<double> ends_;  // by tick; empty: all alike
  Tick ticks_ = 1;
  std::shared_ptr<const Film> film_;  // of an axis by time, else null
  std::uint64_t all_ns_ = 1;
};

// The part of an axis that is in view. A place is where it is seen: 0 the left edge, 1 the right.
struct TimeWindow {
  double from = 0, to = 1;

  bool is_whole() const { return from <= 0 && to >= 1; }
  double width() const { return to - from; }
  double place_of(double x) const { return (x - from) / width(); }
  double x_at(double place) const { return from + place * width(); }

  // So many times as much in view, but not less than `least`; what is at x stays at its place, as
  // far as the ends allow.
  TimeWindow zoomed(double x, double factor, double least) const;
  // As wide; moved, if x is out of view, so that it is in view near the edge it came over.
  TimeWindow with(double x) const;
  // As wide, around x as far as the ends allow.
  TimeWindow around(double x) const;
  friend bool operator==(const TimeWindow&, const TimeWindow&) = default;
};

}  // namespace viz

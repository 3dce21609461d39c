// Two runs under one cursor: the one that is open, on the left, and another beside it.

#pragma once

#include <cstdint>
#include <memory>

#include "viz/model/player.h"
#include "viz/model/timeline.h"

namespace viz {

// What the two have in common at a moment: how many accesses they made, or how much simulated time
// has passed since each began.
enum class Pace : std::uint8_t { access, time };

// Whether both make the same number of accesses in the same lines, one line after the other: then a
// tick of the one is a tick of the other.
bool are_in_step(const Film&, const Film&);

// Holds the run on the right. The left one's player is the caller's, and of the film given here.
class Beside {
 public:
  Beside(std::shared_ptr<const Film> left, std::shared_ptr<const Film> right);

  bool is_in_step() const { return is_in_step_; }
  Pace pace() const { return pace_; }
  const Player& right() const { return right_; }
  // Where the left one was when last it was heard of.
  Tick left_tick() const { return left_tick_; }
  const Timeline& left_timeline() const { return left_time_; }
  const Timeline& right_timeline() const { return right_time_; }
  const TimeWindow& window() const { return left_time_.window(); }

  // Where the cursor stands: by time, how much has passed; on the axis of both, 0 to 1.
  std::uint64_t ns() const { return ns_; }
  double x(const Player& left) const;
  // Both runs are at their ends.
  bool is_over(const Player& left) const;
  // By time one may go on when the other has ended: only the right one moves, forwards or back.
  bool is_right_ahead(const Player& left) const;

  // Requires: for access, that they are in step.
  void set_pace(Pace, const Player& left);
  // The left one has moved: the right one goes to where it was then.
  void follow(const Player& left);
  // The right one moves to a tick of its own; the left one goes to where it was then.
  void lead(Tick, Player& left);
  // Both go to a place of the axis, or to their ends.
  void go_to(double x, Player& left);
  void go_to_end(Player& left);

  void zoom(double place, double notches);
  void show(const TimeWindow&);

 private:
  void lay_out();
  void settle(const Player& left);

  std::shared_ptr<const Film> left_film_;
  Player right_;
  Tick left_tick_ = 0;
  bool is_in_step_ = false;
  Pace pace_ = Pace::time;
  std::uint64_t ns_ = 0;      // of the cursor, by time
  std::uint64_t all_ns_ = 0;  // of the longer run
  Timeline left_time_, right_time_;
};

}  // namespace viz

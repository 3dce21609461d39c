// Finds a place while a program runs, and stops the computer there.

#pragma once

#include <cstdint>
#include <string>

#include "scenarios/session/place.h"
#include "sim/core/computer.h"

namespace session {

// Told of each line that control comes to. Counts the touches of the line itself: those of
// functions that it calls are their lines'.
class PlaceWatch {
 public:
  // Neither is copied; both outlive the watch.
  PlaceWatch(const Place& place, sim::Computer& computer) : place_(place), computer_(computer) {}

  void line_begins(std::uint32_t line);
  void line_goes_on(std::uint32_t line);

  bool is_reached() const;
  // Of the place, while control is in its line; none otherwise.
  std::uint64_t touches_left() const;
  // The place lies between the two touches of a piece of a read() or write(), which go together: it
  // means before them.
  void stopped_before_piece() { was_passed_ = true; }
  // Requires: the program is over, and the place was not reached.
  std::string why_not() const;

 private:
  void enter();
  void leave();

  const Place& place_;
  sim::Computer& computer_;
  std::uint64_t turns_ = 0;
  bool is_inside_ = false;   // control is in the execution that the place is in
  bool was_passed_ = false;  // the place lies before what was reached already
  std::uint64_t left_ = 0;   // of the place's touches, when control last came to the line
  std::uint64_t since_ = 0;  // the computer's touches at that time
};

}  // namespace session

// Turns are counted line by line; touches by the computer, which stops itself.

#include "scenarios/session/place_watch.h"

#include <fmt/format.h>

#include <algorithm>

namespace session {

void PlaceWatch::enter() {
  is_inside_ = true;
  since_ = computer_.touches();
  computer_.stop_at(since_ + left_);
}

void PlaceWatch::leave() {
  if (!is_inside_) return;
  was_passed_ = is_reached();
  is_inside_ = false;
  left_ -= computer_.touches() - since_;
  if (!was_passed_) computer_.stop_at(sim::kNeverTouched);
}

void PlaceWatch::line_begins(std::uint32_t line) {
  leave();
  if (was_passed_ || line != place_.line || ++turns_ != place_.turn) return;
  left_ = place_.touch.value_or(0);
  enter();
}

void PlaceWatch::line_goes_on(std::uint32_t line) {
  leave();
  if (!was_passed_ && line == place_.line && turns_ == place_.turn && left_ > 0) enter();
}

bool PlaceWatch::is_reached() const {
  return was_passed_ || (is_inside_ && computer_.touches() - since_ >= left_);
}

std::uint64_t PlaceWatch::touches_left() const {
  if (!is_inside_) return 0;
  return left_ - std::min(left_, computer_.touches() - since_);
}

std::string PlaceWatch::why_not() const {
  if (turns_ < place_.turn) {
    return fmt::format("the program ended after {} execution{} of line {}", turns_,
                       turns_ == 1 ? "" : "s", place_.line);
  }
  const std::uint64_t left = is_inside_ ? left_ - (computer_.touches() - since_) : left_;
  return fmt::format("that execution of line {} makes only {} touches itself", place_.line,
                     place_.touch.value_or(0) - left);
}

}  // namespace session

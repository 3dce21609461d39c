// Two traces of touches held against each other, touch by touch.

#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "scenarios/session/touch_trace.h"

namespace session {

// A touch of which the computers tell different things.
struct DifferingTouch {
  std::span<const TouchNote> simulated, real;  // one of them may be empty
  const TouchNote& first() const { return simulated.empty() ? real.front() : simulated.front(); }
};

struct HeldTouches {
  std::vector<DifferingTouch> differing;
  // Touches at which something happened on either computer; those with nothing but a page's way
  // back from swap are counted apart.
  std::uint64_t noted = 0, swap_ins = 0;
};

// Only a touch at which the two say different things differs; the rest of a list that is longer
// does not. The result is about the traces' own notes.
HeldTouches hold_touches(const TouchTrace& simulated, const TouchTrace& real);

}  // namespace session

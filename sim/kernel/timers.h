// What happens between touches without the program asking: looked at when the alarm of the event
// source rings, which is how a touch pays for it with one comparison.

#pragma once

#include "sim/kernel/kernel.h"

namespace sim {

// Sets the alarm to what is due next.
void reset_alarm(Kernel&);

// A page became dirty: it may have to be written sooner than what was due next.
inline void dirtied(Kernel& k) {
  if (k.background != BackgroundWriting{}) reset_alarm(k);
}

// What a real kernel did by the time it was noticed so: `at_touch` before the touch that comes
// next.
void write_what_was_foreseen(Kernel&, Noticed);

// Does what is due before the next touch. False: the computer stops here, the touch is not made.
[[nodiscard]] bool do_what_is_due(Kernel&);

}  // namespace sim

// CLOCK's hand.

#include "sim/kernel/eviction/clock.h"

namespace sim {

std::optional<Pfn> Clock::pick_victim(FrameInspector& frames) {
  // Two turns: the first may do no more than clear every accessed bit.
  for (std::uint64_t steps = 0; steps < 2 * tracked_; ++steps) {
    const Pfn frame{from_hand_on_.front()};
    // A frame that cannot go is passed over as it is.
    if (frames.is_evictable(frame) && !frames.test_and_clear_accessed(frame)) return frame;
    from_hand_on_.move_to_back(number_of(frame));
  }
  return std::nullopt;
}

}  // namespace sim

// Both lists in step.

#include "scenarios/session/held_touches.h"

#include <algorithm>

namespace session {
namespace {

bool is_of_swap(const TouchNote& note) {
  return !note.is_signal && (note.detail & sim::fault_detail::swap_in) != 0;
}

}  // namespace

HeldTouches hold_touches(const TouchTrace& simulated, const TouchTrace& real) {
  HeldTouches held;
  std::span<const TouchNote> mine = simulated.notes, theirs = real.notes;
  while (!mine.empty() || !theirs.empty()) {
    const std::uint64_t touch =
        std::min(mine.empty() ? sim::kNeverTouched : mine.front().touch,
                 theirs.empty() ? sim::kNeverTouched : theirs.front().touch);
    const auto take = [&](std::span<const TouchNote>& notes) {
      const auto end = std::find_if_not(notes.begin(), notes.end(),
                                        [&](const TouchNote& n) { return n.touch == touch; });
      const auto taken = notes.first(static_cast<std::size_t>(end - notes.begin()));
      notes = notes.subspan(taken.size());
      return taken;
    };
    const DifferingTouch here{take(mine), take(theirs)};
    const bool swaps = !here.simulated.empty() &&
                       std::all_of(here.simulated.begin(), here.simulated.end(), is_of_swap);
    ++(swaps ? held.swap_ins : held.noted);
    if (!std::equal(here.simulated.begin(), here.simulated.end(), here.real.begin(),
                    here.real.end())) {
      held.differing.push_back(here);
    }
  }
  return held;
}

}  // namespace session

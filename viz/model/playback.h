// Goes to any moment of a recording. Near the last one it is quick, forwards and back: on the way
// there it keeps copies of the computer, closer together than the recording's.

#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "viz/model/recording.h"
#include "viz/model/replay.h"

namespace viz {

// One touch, made again.
struct TouchMade {
  sim::Machine before;
  std::optional<MemoryAccess> access;  // none: a system call's
  Operation operation = Operation::load;
  std::vector<sim::Event> events;  // its own, the access last
};

class Playback {
 public:
  // Requires: the recording outlives this. It may grow meanwhile.
  explicit Playback(const Recording& recording);

  // The computer at a moment; good until the next call. Within a read() or write() it is as before
  // the call. Requires: moment <= recording.end().
  const sim::Machine& at(Moment);

  // Of what at() gave last: whether its pages hold what they held (Recording::forget_contents).
  bool knows_contents() const { return recording_->knows_contents_at(here_.moment); }

  // The moment before the touch of that number (from 0), after every operation before it. At or
  // beyond the last touch: the end.
  Moment before_touch(std::uint64_t touch);

  // Requires: the touch was made.
  TouchMade touch(std::uint64_t touch);

 private:
  struct Stop {
    Moment moment;
    OperationLog::Place place;
    sim::Machine machine;
  };
  // The last stop, or keyframe, that is not after what is sought.
  template <class NotAfter>
  Stop nearest(NotAfter) const;
  void keep(const Stop&);
  void keep_if_far(std::uint64_t& last_kept);

  const Recording* recording_;
  std::vector<Stop> stops_;  // ascending, within one interval of the recording
  Stop here_;
};

}  // namespace viz

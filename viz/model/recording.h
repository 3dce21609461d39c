// A run of the simulated computer that can be gone back to: what was asked of it, and copies of it
// at intervals. Any moment is the copy before it and the operations since.
//
// A copy shares all that did not change (sim/core/cow.h), so what an interval costs is what it
// changed.

#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "sim/machine.h"
#include "viz/model/operation_log.h"
#include "viz/model/recorder.h"

namespace viz {

// Between two touches, after so many operations: an operation that makes no touch (a flush) lies
// between two moments of the same touch. A long loop counts as several operations.
struct Moment {
  std::uint64_t operation = 0;  // how many were begun and done wholly
  std::uint64_t touch =
      0;  // how many touches were made; beyond those of whole operations: part of one
  friend auto operator<=>(const Moment&, const Moment&) = default;
};

// The computer at a moment between two operations, and where the log goes on.
struct Keyframe {
  Moment moment;
  OperationLog::Place place;
  std::unique_ptr<const sim::Machine> machine;
};

class Recording {
 public:
  // From this moment of the machine on. A keyframe comes at least every `interval` touches, except
  // where one read() or write() makes more.
  explicit Recording(const sim::Machine& start, std::uint64_t interval = 65536);
  Recording(const Recording&) = delete;
  Recording& operator=(const Recording&) = delete;

  // What the program runs on.
  sim::Computer& computer() { return recorder_; }
  sim::Machine& machine() { return machine_; }
  const sim::Machine& machine() const { return machine_; }

  const OperationLog& log() const { return log_; }
  // See OperationLog: the contents of pages are then known from a later keyframe on.
  void forget_contents(std::uint64_t bytes) { log_.forget_contents(bytes); }
  // Whether pages hold at that moment what they held, as far as it is replayed.
  bool knows_contents_at(Moment) const;
  // From here on they do.
  Moment contents_known_from() const;
  // At least one, ascending.
  const std::vector<Keyframe>& keyframes() const { return keyframes_; }
  // The end, so far.
  Moment end() const { return {operations_, machine_.touches()}; }

 private:
  void between_operations();

  std::uint64_t interval_;
  sim::Machine machine_;
  OperationLog log_;
  Recorder recorder_;
  std::vector<Keyframe> keyframes_;
  std::uint64_t operations_ = 0;
};

}  // namespace viz

// Keyframes, between operations.

#include "viz/model/recording.h"

namespace viz {

Recording::Recording(const sim::Machine& start, std::uint64_t interval)
    : interval_(interval),
      machine_(start),
      recorder_(machine_, log_, [this] { between_operations(); }) {
  keyframes_.push_back(
      {{0, machine_.touches()}, log_.end(), std::make_unique<const sim::Machine>(machine_)});
}

void Recording::between_operations() {
  if (machine_.touches() - keyframes_.back().moment.touch >= interval_) {
    keyframes_.push_back({end(), log_.end(), std::make_unique<const sim::Machine>(machine_)});
  }
  ++operations_;
}

}  // namespace viz

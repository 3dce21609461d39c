// Keyframes, between operations.

#include "viz/model/recording.h"

#include <algorithm>

namespace viz {

Recording::Recording(const sim::Machine& start, std::uint64_t interval)
    : interval_(interval),
      machine_(start),
      recorder_(machine_, log_, [this] { between_operations(); }) {
  keyframes_.push_back(
      {{0, machine_.touches()}, log_.end(), std::make_unique<const sim::Machine>(machine_)});
}

bool Recording::knows_contents_at(Moment moment) const {
  auto frame = std::partition_point(keyframes_.begin(), keyframes_.end(),
                                    [&](const Keyframe& k) { return k.moment <= moment; });
  --frame;  // the first keyframe is before every moment
  return log_.keeps_contents_from(frame->place);
}

Moment Recording::contents_known_from() const {
  const auto frame =
      std::partition_point(keyframes_.begin(), keyframes_.end(),
                           [&](const Keyframe& k) { return !log_.keeps_contents_from(k.place); });
  return frame == keyframes_.end() ? end() : frame->moment;
}

void Recording::between_operations() {
  if (machine_.touches() - keyframes_.back().moment.touch >= interval_) {
    keyframes_.push_back({end(), log_.end(), std::make_unique<const sim::Machine>(machine_)});
  }
  ++operations_;
}

}  // namespace viz

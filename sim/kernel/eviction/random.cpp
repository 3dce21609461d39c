// RANDOM keeps the tracked frames without gaps, so that each draw hits one.

#include "sim/kernel/eviction/random.h"

#include "sim/core/check.h"

namespace sim {

void Random::on_page_in(Pfn frame) {
  tracked_.edit(count_) = static_cast<std::uint32_t>(frame.index);
  place_.edit(frame.index) = static_cast<std::uint32_t>(count_);
  ++count_;
}

void Random::on_free(Pfn frame) {
  SIM_CHECK(count_ > 0);
  const std::uint32_t place = place_[frame.index];
  const std::uint32_t last = tracked_[--count_];
  tracked_.edit(place) = last;
  place_.edit(last) = place;
}

std::optional<Pfn> Random::pick_victim(FrameInspector& frames) {
  if (count_ == 0) return std::nullopt;
  const std::uint64_t start = rng_.below(count_);
  for (std::uint64_t i = 0; i < count_; ++i) {
    const Pfn frame{tracked_[(start + i) % count_]};
    if (frames.is_evictable(frame)) return frame;
  }
  return std::nullopt;
}

}  // namespace sim

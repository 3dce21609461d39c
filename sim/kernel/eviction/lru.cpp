// Exact LRU's order, made when it is needed.

#include "sim/kernel/eviction/lru.h"

#include <algorithm>
#include <vector>

namespace sim {

void Lru::on_page_in(Pfn frame) {
  frames_seen_ = std::max(frames_seen_, number_of(frame) + 1);
  on_access(frame);
}

void Lru::on_access(Pfn frame) {
  if (now_ != 0 && last_use_[frame.index] == now_) return;  // the newest already
  if (now_ == kEndOfTime) start_time_anew();
  last_use_.edit(frame.index) = ++now_;
}

void Lru::on_free(Pfn frame) { last_use_.edit(frame.index) = 0; }

std::optional<Pfn> Lru::pick_victim(FrameInspector& frames) {
  if (const std::optional<Pfn> victim = oldest_in_order(frames)) return victim;
  make_order();
  return oldest_in_order(frames);
}

std::optional<Pfn> Lru::oldest_in_order(FrameInspector& frames) {
  while (next_ < ordered_count_ && was_touched_since(order_[next_])) ++next_;
  for (std::uint32_t i = next_; i < ordered_count_; ++i) {
    const std::uint32_t frame = order_[i];
    if (!was_touched_since(frame) && frames.is_evictable(Pfn{frame})) return Pfn{frame};
  }
  return std::nullopt;
}

void Lru::make_order() {
  // The time above, the frame below: sorting numbers sorts by time. No two times are the same.
  std::vector<std::uint64_t> tracked;
  for (std::uint64_t frame = 0; frame < frames_seen_; ++frame) {
    if (last_use_[frame] != 0) tracked.push_back(std::uint64_t{last_use_[frame]} << 32 | frame);
  }
  std::sort(tracked.begin(), tracked.end());
  for (std::size_t i = 0; i < tracked.size(); ++i) {
    order_.edit(i) = static_cast<std::uint32_t>(tracked[i]);
  }
  ordered_count_ = static_cast<std::uint32_t>(tracked.size());
  ordered_at_ = now_;
  next_ = 0;
}

void Lru::start_time_anew() {
  make_order();
  for (std::uint32_t i = 0; i < ordered_count_; ++i) last_use_.edit(order_[i]) = i + 1;
  now_ = ordered_count_;
  ordered_at_ = now_;
}

}  // namespace sim

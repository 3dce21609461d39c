// Exact LRU's choice.

#include "sim/kernel/eviction/lru.h"

namespace sim {

std::optional<Pfn> Lru::pick_victim(FrameInspector& frames) {
  for (std::uint32_t f = oldest_first_.front(); f != FrameList::kEnd; f = oldest_first_.after(f)) {
    if (frames.is_evictable(Pfn{f})) return Pfn{f};
  }
  return std::nullopt;
}

}  // namespace sim

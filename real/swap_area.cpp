// Taking a slot.

#include "real/swap_area.h"

#include <cstring>

namespace real {

std::uint32_t SwapArea::store(const std::byte* page) {
  std::uint32_t slot = 0;
  if (free_.empty()) {
    slot = static_cast<std::uint32_t>(slots_.size());
    slots_.push_back(std::make_unique<std::byte[]>(page_size_.count));
  } else {
    slot = free_.back();
    free_.pop_back();
  }
  std::memcpy(slots_[slot].get(), page, page_size_.count);
  return slot;
}

void SwapArea::free(std::uint32_t slot) {
  const auto shared = sharers_.find(slot);
  if (shared == sharers_.end()) return free_.push_back(slot);
  if (--shared->second == 0) sharers_.erase(shared);
}

}  // namespace real

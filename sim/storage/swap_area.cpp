// Slots of the swap area are handed out and taken back.

#include "sim/storage/swap_area.h"

#include "sim/core/check.h"

namespace sim {

std::optional<SwapSlot> SwapArea::store(Ref<PageBlock> block) {
  if (is_full()) return std::nullopt;
  std::uint64_t slot = untouched_;
  if (first_free_ != kNone) {
    slot = first_free_;
    first_free_ = next_free_[slot];
  } else {
    ++untouched_;
  }
  blocks_.edit(slot) = std::move(block);
  if (next_free_[slot] != 0) next_free_.edit(slot) = 0;
  ++used_;
  return SwapSlot{slot};
}

void SwapArea::share(SwapSlot slot) { ++next_free_.edit(slot.index); }

void SwapArea::free(SwapSlot slot) {
  SIM_CHECK(used_ > 0);
  SIM_CHECK(slot.index < untouched_);
  if (next_free_[slot.index] > 0) {
    --next_free_.edit(slot.index);
    return;
  }
  blocks_.edit(slot.index) = {};
  next_free_.edit(slot.index) = first_free_;
  first_free_ = static_cast<std::uint32_t>(slot.index);
  --used_;
}

}  // namespace sim

// The swap area: slots that hold the pages no file backs while they have no frame.

#pragma once

#include <cstdint>
#include <optional>

#include "sim/core/cow_table.h"
#include "sim/core/page_block.h"
#include "sim/core/units.h"

namespace sim {

class SwapArea {
 public:
  explicit SwapArea(Pages slots) : blocks_(slots.count), next_free_(slots.count) {}

  bool is_full() const { return first_free_ == kNone && untouched_ == blocks_.size(); }
  Pages used() const { return Pages{used_}; }

  // Writes a page (null: zeros) to a free slot: the one freed last, else the next never used, so
  // that slots are the same in every run. Nothing when the area is full.
  std::optional<SwapSlot> store(Ref<PageBlock>);
  const Ref<PageBlock>& load(SwapSlot slot) const { return blocks_[slot.index]; }
  // One more refers to the slot; it is free when as many have freed it.
  void share(SwapSlot);
  void free(SwapSlot);

 private:
  static constexpr std::uint32_t kNone = ~std::uint32_t{0};

  CowTable<Ref<PageBlock>> blocks_;
  // Of a free slot: links them, last freed first. Of a used one: how many share it with the first.
  CowTable<std::uint32_t> next_free_;
  std::uint32_t first_free_ = kNone;
  std::uint64_t untouched_ = 0;  // slots from here on were never used
  std::uint64_t used_ = 0;
};

}  // namespace sim

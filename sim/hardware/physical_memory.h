// Physical memory: the bytes of each frame, as blocks that frames, swap and disk share.

#pragma once

#include <cstddef>

#include "sim/core/cow_table.h"
#include "sim/core/page_block.h"
#include "sim/core/units.h"

namespace sim {

class PhysicalMemory {
 public:
  PhysicalMemory(Pages frames, Bytes page_size) : page_size_(page_size), blocks_(frames.count) {}

  Pages frames() const { return Pages{blocks_.size()}; }

  // Null: the frame holds zeros.
  const Ref<PageBlock>& block(Pfn frame) const { return blocks_[frame.index]; }
  void set_block(Pfn frame, Ref<PageBlock> block) { blocks_.edit(frame.index) = std::move(block); }

  const std::byte* bytes(Pfn frame) const { return bytes_in(blocks_[frame.index]); }
  // The frame's bytes, to be written to. Shared with nobody afterwards.
  std::byte* writable_bytes(Pfn frame) {
    // The table's chunk first: a block that only one shared chunk holds looks unshared.
    return own_bytes(blocks_.edit(frame.index), page_size_);
  }

  // The same if they are unshared already, else null.
  std::byte* own_bytes_of(Pfn frame) {
    Ref<PageBlock>* block = blocks_.own(frame.index);
    if (block == nullptr || !*block || !block->is_unique()) return nullptr;
    return (*block)->data();
  }

 private:
  Bytes page_size_;
  CowTable<Ref<PageBlock>> blocks_;
};

}  // namespace sim

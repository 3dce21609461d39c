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
  void set_block(Pfn frame, Ref<PageBlock> block) {
    blocks_.edit(frame.index) = std::move(block);
    ++moves_;
  }

  const std::byte* bytes(Pfn frame) const { return bytes_in(blocks_[frame.index]); }
  // The frame's bytes, to be written to. Shared with nobody afterwards.
  std::byte* writable_bytes(Pfn frame) {
    // The table's chunk first: a block that only one shared chunk holds looks unshared.
    Ref<PageBlock>& block = blocks_.edit(frame.index);
    if (block && block.is_unique()) return block->data();
    ++moves_;
    return own_bytes(block, page_size_);
  }

  // Grows whenever a frame's bytes move to another block: pointers to them are good until then.
  std::uint64_t moves() const { return moves_; }

 private:
  Bytes page_size_;
  CowTable<Ref<PageBlock>> blocks_;
  std::uint64_t moves_ = 0;
};

}  // namespace sim

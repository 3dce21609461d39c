// Physical memory: what each frame holds, the name of its page and the page's bytes, as blocks that
// frames, swap and disk share.

#pragma once

#include <cstddef>

#include "sim/core/cow_table.h"
#include "sim/core/event.h"
#include "sim/core/page_block.h"
#include "sim/core/units.h"

namespace sim {

// 16 bytes a frame, side by side because a touch needs both.
class PhysicalMemory {
 public:
  PhysicalMemory(Pages frames, Bytes page_size) : page_size_(page_size), frames_(frames.count) {}

  Pages frames() const { return Pages{frames_.size()}; }

  // The page in the frame. Requires: the frame is in use.
  PageName page(Pfn frame) const { return frames_.existing(frame.index).page; }
  // Null: the frame holds zeros. Requires: the frame is in use.
  const Ref<PageBlock>& block(Pfn frame) const { return frames_.existing(frame.index).block; }

  // The frame holds this page now, full of zeros.
  void assign(Pfn frame, PageName page) { frames_.edit(frame.index) = Frame{page, {}}; }
  // The same page under another name.
  void rename(Pfn frame, PageName page) { frames_.edit(frame.index).page = page; }
  void set_block(Pfn frame, Ref<PageBlock> block) {
    frames_.edit(frame.index).block = std::move(block);
  }

  const std::byte* bytes(Pfn frame) const { return bytes_in(block(frame)); }
  // The frame's bytes, to be written to. Shared with nobody afterwards.
  std::byte* writable_bytes(Pfn frame) {
    // The table's chunk first: a block that only one shared chunk holds looks unshared.
    return own_bytes(frames_.edit(frame.index).block, page_size_);
  }

  // The same if they are unshared already, else null. Requires: the frame is in use.
  std::byte* own_bytes_of(Pfn frame) {
    Frame* own = frames_.own_existing(frame.index);
    if (own == nullptr || !own->block || !own->block.is_unique()) return nullptr;
    return own->block->data();
  }

 private:
  struct Frame {
    PageName page;
    Ref<PageBlock> block;
  };

  Bytes page_size_;
  CowTable<Frame> frames_;
};

}  // namespace sim

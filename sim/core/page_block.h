// The bytes of one page, wherever they are: in a frame, in a swap slot, on the disk. They move
// between those by reference; whoever stores to a block that someone else holds too clones it
// first.

#pragma once

#include <cstddef>
#include <cstring>
#include <new>

#include "sim/core/cow.h"
#include "sim/core/units.h"

namespace sim {

// No block at all stands for a page of zeros.
class alignas(8) PageBlock : public RefCounted {
 public:
  static Ref<PageBlock> zeroed(Bytes page_size) {
    Ref<PageBlock> block = uninitialised(page_size);
    std::memset(block->data(), 0, page_size.count);
    return block;
  }
  static Ref<PageBlock> copy_of(const PageBlock& other, Bytes page_size) {
    Ref<PageBlock> block = uninitialised(page_size);
    std::memcpy(block->data(), other.data(), page_size.count);
    return block;
  }
  static void destroy(PageBlock* block) {
    block->~PageBlock();
    ::operator delete(block);
  }

  std::byte* data() { return reinterpret_cast<std::byte*>(this + 1); }
  const std::byte* data() const { return reinterpret_cast<const std::byte*>(this + 1); }

 private:
  PageBlock() = default;
  ~PageBlock() = default;

  // The bytes follow the object in one allocation: 8 bytes more than the page itself.
  static Ref<PageBlock> uninitialised(Bytes page_size) {
    void* place = ::operator new(sizeof(PageBlock) + page_size.count);
    return Ref<PageBlock>(new (place) PageBlock);
  }
};
static_assert(sizeof(PageBlock) == 8);

inline constexpr std::size_t kLargestPage = 65536;

// What a page without a block holds.
alignas(64) inline constexpr std::byte kZeroBytes[kLargestPage] = {};

inline const std::byte* bytes_in(const Ref<PageBlock>& block) {
  return block ? block->data() : kZeroBytes;
}

// The block's bytes, to be written to: allocated if there were none, cloned if they are shared.
inline std::byte* own_bytes(Ref<PageBlock>& block, Bytes page_size) {
  if (!block) {
    block = PageBlock::zeroed(page_size);
  } else if (!block.is_unique()) {
    block = PageBlock::copy_of(*block, page_size);
  }
  return block->data();
}

}  // namespace sim

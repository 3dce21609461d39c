// A fixed-size table whose entries lie in copy-on-write chunks; entries nobody wrote cost nothing.

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "sim/core/check.h"
#include "sim/core/cow.h"

namespace sim {

template <class T>
class CowTable {
 public:
  explicit CowTable(std::uint64_t size)
      : size_(size), chunks_((size + kChunkMask) >> kChunkShift) {}

  std::uint64_t size() const { return size_; }

  // Requires: index < size().
  const T& operator[](std::uint64_t index) const {
    const Chunk* chunk = chunks_[index >> kChunkShift].get();
    return chunk == nullptr ? kUntouched : chunk->items[index & kChunkMask];
  }

  // The same, quicker. Requires: an entry of its chunk was written once.
  const T& existing(std::uint64_t index) const {
    return chunks_[index >> kChunkShift]->items[index & kChunkMask];
  }

  // The entry, to be written to; good until the table is copied. Requires: index < size().
  T& edit(std::uint64_t index) {
    T* entry = own(index);
    return entry != nullptr ? *entry : own_after_copy(index);
  }

  // The same if its chunk is this table's own already, else null.
  T* own(std::uint64_t index) {
    const Chunk* chunk = chunks_[index >> kChunkShift].get();
    return chunk == nullptr ? nullptr : own_existing(index);
  }
  // The same, quicker. Requires: an entry of its chunk was written once.
  T* own_existing(std::uint64_t index) {
    Chunk& chunk = *chunks_[index >> kChunkShift];
    return chunk.is_unique() ? &chunk.items[index & kChunkMask] : nullptr;
  }

 private:
  // 512 entries: chunks of 2 to 4 KiB, small enough that a change between two keyframes copies
  // little, large enough that copying the table of 262,144 frames is 512 pointers.
  static constexpr unsigned kChunkShift = 9;
  static constexpr std::uint64_t kChunkMask = (1u << kChunkShift) - 1;

  struct Chunk : RefCounted {
    static void destroy(Chunk* chunk) { delete chunk; }
    std::array<T, 1u << kChunkShift> items{};
  };

  // Not inlined: it is rare, and touches are counted in nanoseconds.
  [[gnu::noinline]] T& own_after_copy(std::uint64_t index) {
    Ref<Chunk>& chunk = chunks_[index >> kChunkShift];
    chunk = Ref<Chunk>(chunk ? new Chunk(*chunk) : new Chunk);
    return chunk->items[index & kChunkMask];
  }

  inline static const T kUntouched{};
  std::uint64_t size_;
  std::vector<Ref<Chunk>> chunks_;
};

}  // namespace sim

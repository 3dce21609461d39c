// A few bits for each page of an object, sparse: pages never set cost nothing.

#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <memory>

namespace real {

class PageFlags {
 public:
  std::uint8_t get(std::uint64_t page) const {
    const Chunk* chunk = find(page >> kShift);
    return chunk == nullptr ? 0 : (*chunk)[page & kMask];
  }

  bool is_empty() const {
    for (const auto& [number, chunk] : chunks_) {
      if (std::any_of(chunk->begin(), chunk->end(), [](std::uint8_t bits) { return bits != 0; })) {
        return false;
      }
    }
    return true;
  }

  void set(std::uint64_t page, std::uint8_t bits) { make(page >> kShift)[page & kMask] |= bits; }

  // What `other` has of these bits.
  void copy_from(const PageFlags& other, std::uint8_t bits) {
    other.for_each(0, ~std::uint64_t{0}, bits, [&](std::uint64_t page) {
      set(page, static_cast<std::uint8_t>(other.get(page) & bits));
    });
  }

  void clear(std::uint64_t page, std::uint8_t bits) {
    if (get(page) != 0) make(page >> kShift)[page & kMask] &= static_cast<std::uint8_t>(~bits);
  }

  void clear_range(std::uint64_t first, std::uint64_t end, std::uint8_t bits) {
    for_each(first, end, bits, [&](std::uint64_t page) { clear(page, bits); });
  }

  // Calls visit(page) for each page of [first, end) that has one of the bits, ascending.
  template <class Visit>
  void for_each(std::uint64_t first, std::uint64_t end, std::uint8_t bits, Visit visit) const {
    for (auto it = chunks_.lower_bound(first >> kShift); it != chunks_.end(); ++it) {
      const std::uint64_t base = it->first << kShift;
      if (base >= end) return;
      for (std::uint64_t i = 0; i < kPages; ++i) {
        const std::uint64_t page = base + i;
        if (((*it->second)[i] & bits) != 0 && page >= first && page < end) visit(page);
      }
    }
  }

 private:
  static constexpr unsigned kShift = 12;  // one chunk: the flags of 16 MiB, in one host page
  static constexpr std::uint64_t kPages = std::uint64_t{1} << kShift;
  static constexpr std::uint64_t kMask = kPages - 1;
  using Chunk = std::array<std::uint8_t, kPages>;

  Chunk* find(std::uint64_t number) const {
    if (last_ != nullptr && last_number_ == number) return last_;
    const auto it = chunks_.find(number);
    if (it == chunks_.end()) return nullptr;
    last_ = it->second.get();
    last_number_ = number;
    return last_;
  }

  Chunk& make(std::uint64_t number) {
    if (Chunk* known = find(number)) return *known;
    return *(chunks_[number] = std::make_unique<Chunk>());
  }

  std::map<std::uint64_t, std::unique_ptr<Chunk>> chunks_;
  mutable Chunk* last_ = nullptr;
  mutable std::uint64_t last_number_ = 0;
};

}  // namespace real

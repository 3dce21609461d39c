// Remembers for a few pages where the last touch led, so that the next one needs no walk. A memo of
// the simulator, not a part of the simulated computer: with or without it, the same happens.

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>

#include "sim/core/event.h"
#include "sim/core/page_block.h"
#include "sim/core/units.h"

namespace sim {

class TouchMemo {
 public:
  struct Entry {
    std::uint64_t page = std::numeric_limits<std::uint64_t>::max();
    std::uint64_t version = 0;
    std::byte* bytes = nullptr;        // of the whole page
    const PageBlock* block = nullptr;  // where they lie; null: the shared zeros
    PageName name;
    std::uint32_t frame = kNoFrame;
    bool can_store = false;  // no fault, and the PTE's dirty bit is set already
  };
  static constexpr std::uint32_t kNoFrame = ~std::uint32_t{0};

  TouchMemo() = default;
  // A copy starts empty: its blocks are shared, and 5 KiB need no copying.
  TouchMemo(const TouchMemo&) {}
  TouchMemo& operator=(const TouchMemo&) {
    entries_ = {};
    return *this;
  }

  // The place for a page's entry. It holds if its page and version are right, where the version is
  // a number that changes with every PTE and with every frame's block.
  Entry& entry(Vpn vpn) { return entries_[vpn.index % kEntries]; }

 private:
  static constexpr std::size_t kEntries = 64;  // a few arrays' current pages; fits in the L1 cache
  std::array<Entry, kEntries> entries_{};
};

}  // namespace sim

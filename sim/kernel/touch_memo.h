// Remembers for a few pages where the last touch led, so that the next one needs no walk. A memo of
// the simulator, not a part of the simulated computer: with or without it, the same happens.

#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <limits>

#include "sim/core/event.h"
#include "sim/core/units.h"

namespace sim {

class TouchMemo {
 public:
  struct Entry {
    std::uint64_t page = std::numeric_limits<std::uint64_t>::max();
    std::uint64_t version = 0;
    std::byte* bytes = nullptr;  // of the whole page
    PageName name;
    std::uint32_t frame = kNoFrame;
    bool can_store = false;  // no fault, the PTE's dirty bit is set, and the bytes are unshared
  };
  static constexpr std::uint32_t kNoFrame = ~std::uint32_t{0};

  TouchMemo() = default;
  // A copy starts empty, and what the original remembers does not hold any more either: both share
  // all bytes now, so the next store of each must look again.
  TouchMemo(const TouchMemo& other) { other.forget(); }
  TouchMemo& operator=(const TouchMemo& other) {
    other.forget();
    entries_ = {};
    return *this;
  }

  // The place for a page's entry. It holds if its page and version are right, where the version
  // changes with every PTE, with every frame's block and with every copy of the computer.
  Entry& entry(Vpn vpn) { return entries_[vpn.index % kEntries]; }
  std::uint64_t copies() const { return copies_.load(std::memory_order_relaxed); }

 private:
  // Atomic, so that several threads may copy one computer that nobody runs.
  void forget() const { copies_.fetch_add(1, std::memory_order_relaxed); }

  static constexpr std::size_t kEntries = 64;  // a few arrays' current pages; fits in the L1 cache
  std::array<Entry, kEntries> entries_{};
  mutable std::atomic<std::uint64_t> copies_{0};
};

}  // namespace sim

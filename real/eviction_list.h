// What the simulated computer evicted and wrote back of itself, and when, in the order it did: the
// real one does the same.

#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "sim/core/event.h"

namespace real {

// After so many touches and so many system calls.
struct MirroredEviction {
  std::uint64_t touch = 0;
  std::uint64_t calls = 0;
  sim::PageName page;
  enum class What : std::uint8_t { evict, write_back } what = What::evict;
};

// Made from the simulated computer's events, all of them in order.
class EvictionList {
 public:
  enum class Of : std::uint8_t { evictions, evictions_and_background_writes };
  EvictionList() = default;
  explicit EvictionList(Of of) : of_(of) {}

  void take(std::span<const sim::Event> events) {
    for (const sim::Event& e : events) {
      if (e.kind == sim::EventKind::system_call) ++calls_;
      if (e.kind == sim::EventKind::evict) evictions_.push_back({e.touch, calls_, e.page});
      if (is_background_write(e) && of_ == Of::evictions_and_background_writes) {
        evictions_.push_back({e.touch, calls_, e.page, MirroredEviction::What::write_back});
      }
    }
  }
  std::span<const MirroredEviction> all() const { return evictions_; }

 private:
  static bool is_background_write(const sim::Event& e) {
    return e.kind == sim::EventKind::write_back &&
           sim::WriteBackReason{e.detail} == sim::WriteBackReason::background;
  }

  Of of_ = Of::evictions;
  std::uint64_t calls_ = 0;
  std::vector<MirroredEviction> evictions_;
};

}  // namespace real

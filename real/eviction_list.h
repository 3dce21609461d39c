// What the simulated computer evicted and when, in the order it did: the real one does the same.

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
};

// Made from the simulated computer's events, all of them in order.
class EvictionList {
 public:
  void take(std::span<const sim::Event> events) {
    for (const sim::Event& e : events) {
      if (e.kind == sim::EventKind::system_call) ++calls_;
      if (e.kind == sim::EventKind::evict) evictions_.push_back({e.touch, calls_, e.page});
    }
  }
  std::span<const MirroredEviction> all() const { return evictions_; }

 private:
  std::uint64_t calls_ = 0;
  std::vector<MirroredEviction> evictions_;
};

}  // namespace real

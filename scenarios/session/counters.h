// What events add up to.

#pragma once

#include <array>
#include <cstdint>

#include "sim/core/event.h"

namespace session {

// The counters of steps sum to those of the run.
struct Counters {
  std::uint64_t major = 0, minor = 0, cow = 0, write_notify = 0;
  // Those of the major ones that brought a page back from swap. The real computer's kernel calls
  // them minor, since it is Pagewalk that swaps there.
  std::uint64_t swap_in_faults = 0;
  std::array<std::uint64_t, sim::kSystemCalls> system_calls{};
  std::uint64_t bytes_read = 0, bytes_written = 0;
  std::uint64_t pages_in = 0;
  std::array<std::uint64_t, sim::kWriteBackReasons> write_backs{};
  std::uint64_t evicted = 0, swapped_in = 0, swapped_out = 0;
  std::uint64_t tlb_misses = 0;
  std::uint64_t touches = 0;
  std::uint64_t simulated_ns = 0;
  std::uint64_t major_from_files() const { return major - swap_in_faults; }
  Counters& operator+=(const Counters&);
  // Counts what it is; its price is not known here.
  void count(const sim::Event&);
  friend bool operator==(const Counters&, const Counters&) = default;
};

}  // namespace session

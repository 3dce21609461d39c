// The settings of one simulated computer. Plain values with the textbook machine as default.

#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sim/core/units.h"

namespace sim {

enum class PolicyKind : std::uint8_t { lru, fifo, clock, random };

// How a virtual page number is cut into page-table indexes, root level first.
struct PageTableShape {
  std::vector<unsigned> bits = {9, 9, 9, 9};
  friend bool operator==(const PageTableShape&, const PageTableShape&) = default;
};
inline PageTableShape x86_64_shape() { return {{9, 9, 9, 9}}; }
inline PageTableShape x86_32_shape() { return {{10, 10}}; }

// Entries 0: no TLB. Entries are a multiple of ways; the number of sets is a power of two.
struct TlbShape {
  std::uint32_t entries = 0;
  std::uint32_t ways = 4;
  friend bool operator==(const TlbShape&, const TlbShape&) = default;
};

struct MachineConfig {
  Bytes page_size{4096};
  Pages frames{
      262144};  // 1 GiB of 4 KiB frames: the textbook machine never evicts in a small program
  PolicyKind policy = PolicyKind::lru;
  PageTableShape levels;
  TlbShape tlb;
  Pages swap_pages{262144};
  std::uint64_t seed = 1;
  friend bool operator==(const MachineConfig&, const MachineConfig&) = default;
};

const char* name_of(PolicyKind);

}  // namespace sim

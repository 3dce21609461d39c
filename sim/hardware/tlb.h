// The TLB: a small set-associative cache of translations, least recently used out first within a
// set. It remembers which pages have a translation; the translation itself stays in the page table.

#pragma once

#include <cstdint>
#include <vector>

#include "sim/core/config.h"
#include "sim/core/units.h"

namespace sim {

enum class TlbResult { hit, miss };

class Tlb {
 public:
  // Requires: entries are 0 (off) or a multiple of ways, with a power-of-two number of sets.
  explicit Tlb(TlbShape);

  bool is_on() const { return ways_ != 0; }
  bool holds(Vpn) const;
  // Looks a page up; a hit makes it the most recent of its set.
  TlbResult look_up(Vpn);
  // Remembers a translation as the most recent of its set.
  void fill(Vpn);
  void drop(Vpn);
  void drop_range(Vpn first, Vpn end);
  void flush();

 private:
  static constexpr std::uint64_t kEmpty = ~std::uint64_t{0};
  std::uint64_t* set_of(Vpn vpn) { return &entries_[(vpn.index & set_mask_) * ways_]; }

  std::uint32_t ways_ = 0;
  std::uint64_t set_mask_ = 0;
  std::vector<std::uint64_t> entries_;  // page numbers, set by set, most recent first
};

}  // namespace sim

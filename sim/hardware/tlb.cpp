// The TLB's sets, each kept in order of use.

#include "sim/hardware/tlb.h"

#include <algorithm>
#include <bit>

#include "sim/core/check.h"

namespace sim {

Tlb::Tlb(TlbShape shape) {
  if (shape.entries == 0) return;
  SIM_CHECK(shape.ways > 0);
  SIM_CHECK(shape.entries % shape.ways == 0);
  SIM_CHECK(std::has_single_bit(shape.entries / shape.ways));
  ways_ = shape.ways;
  set_mask_ = shape.entries / shape.ways - 1;
  entries_.assign(shape.entries, kEmpty);
}

bool Tlb::holds(Vpn vpn) const {
  if (!is_on()) return false;
  const auto set = entries_.begin() + static_cast<std::ptrdiff_t>((vpn.index & set_mask_) * ways_);
  return std::find(set, set + ways_, vpn.index) != set + ways_;
}

TlbResult Tlb::look_up(Vpn vpn) {
  std::uint64_t* set = set_of(vpn);
  std::uint64_t* found = std::find(set, set + ways_, vpn.index);
  if (found == set + ways_) return TlbResult::miss;
  std::rotate(set, found, found + 1);
  return TlbResult::hit;
}

void Tlb::fill(Vpn vpn) {
  if (look_up(vpn) == TlbResult::hit) return;
  std::uint64_t* set = set_of(vpn);
  // An empty place, else the least recently used: both are the last one.
  std::copy_backward(set, set + ways_ - 1, set + ways_);
  set[0] = vpn.index;
}

void Tlb::drop(Vpn vpn) {
  if (!is_on()) return;
  std::uint64_t* set = set_of(vpn);
  std::uint64_t* found = std::find(set, set + ways_, vpn.index);
  if (found == set + ways_) return;
  std::rotate(found, found + 1, set + ways_);  // empty places gather at the end
  set[ways_ - 1] = kEmpty;
}

void Tlb::drop_range(Vpn first, Vpn end) {
  if (!is_on()) return;
  if (end.index - first.index > entries_.size()) {
    for (std::uint64_t vpn : std::vector<std::uint64_t>(entries_)) {
      if (vpn >= first.index && vpn < end.index) drop(Vpn{vpn});
    }
    return;
  }
  for (Vpn vpn = first; vpn < end; vpn += Pages{1}) drop(vpn);
}

void Tlb::flush() { std::fill(entries_.begin(), entries_.end(), kEmpty); }

}  // namespace sim

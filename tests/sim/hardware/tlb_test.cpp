// The TLB: sets, their order of use, and what the MMU drops from them.

#include "sim/hardware/tlb.h"

#include <doctest/doctest.h>

#include "sim/hardware/mmu.h"

namespace sim {
namespace {

TEST_CASE("a full set gives up its least recently used page") {
  Tlb tlb({.entries = 4, .ways = 4});
  for (std::uint64_t vpn = 0; vpn < 4; ++vpn) tlb.fill(Vpn{vpn});
  CHECK(tlb.look_up(Vpn{0}) == TlbResult::hit);  // now 1 is the oldest
  tlb.fill(Vpn{9});
  CHECK(tlb.holds(Vpn{0}));
  CHECK_FALSE(tlb.holds(Vpn{1}));
}

TEST_CASE("pages of different sets do not compete") {
  Tlb tlb({.entries = 4, .ways = 1});  // direct-mapped: 4 sets
  for (std::uint64_t vpn = 0; vpn < 4; ++vpn) tlb.fill(Vpn{vpn});
  tlb.fill(Vpn{4});  // the set of page 0
  CHECK_FALSE(tlb.holds(Vpn{0}));
  CHECK(tlb.holds(Vpn{1}));
  CHECK(tlb.holds(Vpn{4}));
}

TEST_CASE("dropping pages leaves the others in their order") {
  Tlb tlb({.entries = 4, .ways = 4});
  for (std::uint64_t vpn = 0; vpn < 4; ++vpn) tlb.fill(Vpn{vpn});
  tlb.drop_range(Vpn{1}, Vpn{3});
  CHECK_FALSE(tlb.holds(Vpn{1}));
  tlb.fill(Vpn{7});
  tlb.fill(Vpn{8});  // two places were free: 0 stays
  CHECK(tlb.holds(Vpn{0}));
  tlb.fill(Vpn{9});
  CHECK_FALSE(tlb.holds(Vpn{0}));
  CHECK(tlb.holds(Vpn{3}));
}

TEST_CASE("a range wider than the TLB is dropped whole") {
  Tlb tlb({.entries = 2, .ways = 2});
  tlb.fill(Vpn{5});
  tlb.fill(Vpn{500});
  tlb.drop_range(Vpn{0}, Vpn{100});
  CHECK_FALSE(tlb.holds(Vpn{5}));
  CHECK(tlb.holds(Vpn{500}));
}

TEST_CASE("the MMU drops a translation that gets stricter and keeps one that gets looser") {
  Mmu mmu(x86_64_shape(), {.entries = 4, .ways = 4});
  const Pte read_only = Pte::mapping(Pfn{3}, 0);
  mmu.change(Vpn{1}, read_only);
  mmu.fill_tlb(Vpn{1});
  mmu.change(Vpn{1}, read_only.with(pte_bit::writable | pte_bit::dirty));
  CHECK(mmu.tlb().holds(Vpn{1}));
  mmu.change(Vpn{1}, read_only);  // write-protected
  CHECK_FALSE(mmu.tlb().holds(Vpn{1}));

  mmu.fill_tlb(Vpn{1});
  mmu.change(Vpn{1}, Pte::mapping(Pfn{4}, 0));  // leads elsewhere
  CHECK_FALSE(mmu.tlb().holds(Vpn{1}));

  mmu.fill_tlb(Vpn{1});
  mmu.unmap(Vpn{0}, Vpn{2});
  CHECK_FALSE(mmu.tlb().holds(Vpn{1}));
}

}  // namespace
}  // namespace sim

// The MMU: the page table and the TLB in front of it, changed together so that no stale
// translation survives.

#pragma once

#include "sim/core/config.h"
#include "sim/core/units.h"
#include "sim/hardware/page_table.h"
#include "sim/hardware/tlb.h"

namespace sim {

// How many entries lead to what, kept along with them: what Linux counts in mm_struct::rss_stat. An
// entry of the shared zero page leads to no frame, and counts as nothing (vm_normal_page()).
struct EntryCounts {
  std::uint64_t anonymous = 0;  // present: a page of the mapping's own
  std::uint64_t file = 0;       // present: a page of a file
  std::uint64_t shared = 0;     // present: a page of shared memory without a file
  std::uint64_t swapped = 0;    // of private memory, as VmSwap has it (proc.rst)
  friend bool operator==(const EntryCounts&, const EntryCounts&) = default;
};

class Mmu {
 public:
  Mmu(const PageTableShape& levels, TlbShape tlb) : table_(levels), tlb_(tlb) {}

  const PageTable& table() const { return table_; }
  const Tlb& tlb() const { return tlb_; }
  const EntryCounts& counts() const { return counts_; }

  // Looks the page up in the TLB, if there is one.
  TlbResult look_up(Vpn vpn) { return tlb_.is_on() ? tlb_.look_up(vpn) : TlbResult::hit; }
  void fill_tlb(Vpn vpn) {
    if (tlb_.is_on()) tlb_.fill(vpn);
  }

  Pte walk(Vpn vpn) const { return table_.get(vpn); }

  // Changes an entry. What gets stricter, or leads elsewhere, leaves the TLB: the kernel flushes
  // the page after it write-protects or unmaps it.
  void change(Vpn vpn, Pte now) {
    const Pte before = table_.get(vpn);
    if (before == now) return;
    table_.set(vpn, now);
    if (((before.raw() ^ now.raw()) & kKindBits) != 0) {
      if (std::uint64_t* count = count_of(before)) --*count;
      if (std::uint64_t* count = count_of(now)) ++*count;
    }
    const Pte grown = before.with(pte_bit::writable | pte_bit::accessed | pte_bit::dirty);
    const Pte target = now.with(pte_bit::writable | pte_bit::accessed | pte_bit::dirty);
    const bool loses_writing = before.has(pte_bit::writable) && !now.has(pte_bit::writable);
    if (loses_writing || grown != target) tlb_.drop(vpn);
  }
  void unmap(Vpn first, Vpn end) {
    table_.for_each_in(first, end, [&](Vpn, Pte pte) {
      if (std::uint64_t* count = count_of(pte)) --*count;
    });
    table_.clear(first, end);
    tlb_.drop_range(first, end);
  }
  void unmap_all() {
    table_.clear(Vpn{0}, table_.end());
    tlb_.flush();
    counts_ = {};
  }

  void flush_tlb() { tlb_.flush(); }

 private:
  static constexpr std::uint64_t kKindBits =
      pte_bit::present | pte_bit::zero_page | pte_bit::own | pte_bit::shared | pte_bit::swapped;

  // Where the entry counts, or null.
  std::uint64_t* count_of(Pte pte) {
    const bool shared = pte.has(pte_bit::shared);
    if (pte.has_frame()) {
      return !pte.has(pte_bit::own) ? &counts_.file : shared ? &counts_.shared : &counts_.anonymous;
    }
    return pte.has(pte_bit::swapped) && !shared ? &counts_.swapped : nullptr;
  }

  PageTable table_;
  Tlb tlb_;
  EntryCounts counts_;
};

}  // namespace sim

// The MMU: the page table and the TLB in front of it, changed together so that no stale
// translation survives.

#pragma once

#include "sim/core/config.h"
#include "sim/core/units.h"
#include "sim/hardware/page_table.h"
#include "sim/hardware/tlb.h"

namespace sim {

class Mmu {
 public:
  Mmu(const PageTableShape& levels, TlbShape tlb) : table_(levels), tlb_(tlb) {}

  const PageTable& table() const { return table_; }
  const Tlb& tlb() const { return tlb_; }

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
    const Pte grown = before.with(pte_bit::writable | pte_bit::accessed | pte_bit::dirty);
    const Pte target = now.with(pte_bit::writable | pte_bit::accessed | pte_bit::dirty);
    const bool loses_writing = before.has(pte_bit::writable) && !now.has(pte_bit::writable);
    if (loses_writing || grown != target) tlb_.drop(vpn);
  }
  void unmap(Vpn first, Vpn end) {
    table_.clear(first, end);
    tlb_.drop_range(first, end);
  }

  void flush_tlb() { tlb_.flush(); }

 private:
  PageTable table_;
  Tlb tlb_;
};

}  // namespace sim

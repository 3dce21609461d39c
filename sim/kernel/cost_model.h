// What each event costs in simulated time.
//
// The figures are medians measured on one computer (Linux 6.18 in a virtual machine, ext4 on a
// virtio disk, x86-64 at 18 GB/s of memcpy), so that the simulated times stand to each other as
// real ones did there. Simulated time is the sum over a run's events, and so does not depend on how
// for_each cut its accesses.

#pragma once

#include <cstdint>

#include "sim/core/event.h"
#include "sim/core/units.h"

namespace sim {

// Event::operand of a page that goes from or to the disk (page_in, write_back, swap_in, swap_out):
// it lies right behind the last one that did, and so the disk need not look for it.
inline constexpr std::uint8_t kNextOnDisk = 1;

struct CostTable {
  // A load that hits cache and TLB takes 0.25 ns; 1 ns also pays for the instructions around it.
  std::uint64_t access_ns = 1;

  // A load of a random page takes 38 ns, cache miss included; the walk's share is not known apart.
  std::uint64_t tlb_miss_ns = 38;

  // Plain minor faults: 1136 ns for a cached file page, 1334 for an anonymous one with its zeroing.
  // The event does not say which; anonymous is what most plain minor faults of array programs are.
  std::uint64_t fault_minor_ns = 1334;
  // Mapping or replacing the zero page was not measured apart: as a fault on a cached page.
  std::uint64_t fault_zero_page_ns = 1136;
  std::uint64_t fault_write_notify_ns = 1461;
  // A minor fault on a cached page (1136) and the copy of 4 KiB at 18.2 GB/s (225).
  std::uint64_t fault_cow_ns = 1361;

  // A major fault with its 4 KiB read took 50.8 us. The fault's own share is taken to be that of a
  // minor fault on a cached page, the rest is the disk's, here and for swap.
  std::uint64_t fault_major_ns = 1136;
  std::uint64_t page_in_ns = 49664;
  std::uint64_t swap_in_ns = 49664;
  // A cold file is read from its first page to its last at 2.4 GB/s: 1.7 us a page.
  std::uint64_t page_in_next_ns = 1700;
  std::uint64_t swap_in_next_ns = 1700;

  // msync of scattered pages: 11.6 us a page, 2.1 if contiguous (a flush of one page alone takes
  // 82 us, most of it waiting for the disk, which is not told apart here). Swap-out as write-back.
  std::uint64_t write_back_ns = 11600;
  std::uint64_t swap_out_ns = 11600;
  std::uint64_t write_back_next_ns = 2100;
  std::uint64_t swap_out_next_ns = 2100;
  // Taking a page out of its frame and marking one dirty: below what could be told from the fault.
  std::uint64_t evict_ns = 0;
  std::uint64_t dirty_ns = 0;

  // The cheapest system call measured (getrusage) took 225 ns; bytes are copied at 18.2 GB/s.
  std::uint64_t system_call_ns = 225;
  std::uint64_t bytes_copied_a_ns = 18;

  // From a store beyond the file's end to the handler and back.
  std::uint64_t signal_ns = 2600;
};

Nanoseconds cost_of(const Event&, const CostTable& = {});

}  // namespace sim

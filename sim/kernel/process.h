// The processes of the program. What belongs to a process (address space, page table, descriptors)
// lies in the kernel itself while the process runs; that of the others waits aside.
//
// After a fork, by Linux 6.18 (64 resident pages of each kind, counted in both processes; and
// vma_needs_copy() in mm/memory.c for which entries are copied):
// - The child has the entries of a private area that ever held a page of its own, clean pages of
//   its file among them, and no entry of any other: those fault again.
// - A private page loses its write permission in both. Each side's first store is one minor fault,
//   whoever comes first: it copies the page while the other still has it, and else only gets the
//   permission back.
// - Shared memory without a file is one object for both. A page of it has at most one frame, which
//   entries of both can lead to, or one place in swap, to which one entry leads; a process without
//   an entry finds it by the other's. If the last process with an entry goes, another one that has
//   the memory keeps the page.
// - A page in the swap area is referred to by both; each that comes back gets a frame of its own.
//   (Linux lets both map the one frame, if the second comes soon enough.)

#pragma once

#include "sim/core/computer.h"
#include "sim/kernel/kernel.h"

namespace sim {

Result<Forked> fork_process(Kernel&);
// No translation of the one that ran before is left in the TLB: there are no tags in it.
void switch_process(Kernel&, ProcessId);

// The process's part and the running one's change places.
void exchange(Kernel&, Process&);

// Calls f() with each process's part in place, the running one's first.
template <class F>
void for_each_process(Kernel& k, F f) {
  f();
  for (auto& [_, process] : k.waiting) {
    exchange(k, process);
    f();
    exchange(k, process);
  }
}

// By any process.
bool is_mapped(const Kernel&, std::uint32_t object);

// What another process's entry leads to, of shared memory: a frame or a place in swap; else an
// empty one.
Pte entry_of_others(Kernel&, const Vma&, Vpn);
// The page came back from swap for this process: nobody else's entry leads there any more.
void forget_swapped_of_others(Kernel&, const Vma&, Vpn);
// The running process gives up its entry for a page of shared memory. False: nobody else has the
// memory, and the page can go.
bool leave_to_others(Kernel&, const Vma&, Vpn, Pte);

// The frame holds a page of its own of more than one process.
bool is_shared_by_fork(Kernel&, Pfn);
// After one of them let go of it: the page belongs to one of those that are left.
void name_after_mapping(Kernel&, Pfn);

}  // namespace sim

// A disk that refuses: pages it cannot read or write, and no room for more blocks. All of it is
// asked for by settings (MachineConfig::bad_pages, disk_room).

#pragma once

#include "sim/core/event.h"
#include "sim/core/result.h"
#include "sim/kernel/inode.h"

namespace sim {

struct Kernel;

// Tells so when they do.
bool read_fails(Kernel&, const Inode&, PgOff);
// Also remembers it, for the next fsync or msync to report.
bool write_fails(Kernel&, Inode&, PgOff);

// A page is about to become dirty: it takes room for a block if it has neither a block nor room
// already. False: the disk is full, and tells so. (ext4 reserves at write() and at the first store
// through a mapping, and finds a block at write-back.)
[[nodiscard]] bool reserve_block(Kernel&, const Inode&, PgOff);
// The file loses its pages from `first` on: their room is free again.
void give_back_room(Kernel&, const Inode&, PgOff first);

// What fsync and msync report: EIO once for each open description after a write has failed, and an
// error that nobody has heard of also to those opened later (Linux, lib/errseq.c).
Status take_write_error(Kernel&, Inode&, std::uint64_t description);
void opened(Kernel&, const Inode&, std::uint64_t description);

}  // namespace sim

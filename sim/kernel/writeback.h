// Write-back: dirty pages of files go to the disk and are clean afterwards.

#pragma once

#include "sim/core/event.h"
#include "sim/core/units.h"
#include "sim/kernel/inode.h"

namespace sim {

struct Kernel;

// Marks a cached page as different from the disk; tells so if it was not.
void mark_dirty(Kernel&, Inode&, Pfn);

// Writes one dirty page. Its PTEs are write-protected, so that the next store is noticed.
void write_back(Kernel&, Inode&, PgOff, Pfn, WriteBackReason);

// Writes the dirty pages in [first, end), ascending, and makes the file's length durable, as fsync
// does for the whole file and msync for a range.
void flush(Kernel&, Inode&, PgOff first, PgOff end);

// A part of one page of a file; what lies outside that page does not count.
struct PagePart {
  PgOff page;
  FileOffset from;
  FileOffset to;
};
// Zeroes it. Stores through a mapping may have left bytes beyond the file's end.
void zero_bytes(Kernel&, Pfn, const PagePart&);

}  // namespace sim

// Write-back: dirty pages of files go to the disk and are clean afterwards.

#pragma once

#include "sim/core/event.h"
#include "sim/core/units.h"
#include "sim/kernel/inode.h"

namespace sim {

struct Kernel;

// Marks a cached page as different from the disk; tells so if it was not.
void mark_dirty(Kernel&, Inode&, Pfn);

// One page of a file is not dirty any more.
void count_as_clean(Kernel&, Inode&);

// Writes one dirty page. Its PTEs are write-protected, so that the next store is noticed. False:
// the disk refused, and what was to be written is lost as soon as the page leaves its frame (as
// Linux: the page is clean all the same).
bool write_back(Kernel&, Inode&, PgOff, Pfn, WriteBackReason);

// Begins to write one dirty page, which is clean from now on and on the disk a while later.
void begin_write(Kernel&, Inode&, PgOff, Pfn);
// Completes the writes that are done by now, or those of a file's pages from `first` to `end`,
// whoever waits for them.
void finish_writes(Kernel&);
void wait_for_writes(Kernel&, std::uint32_t object, PgOff first, PgOff end);

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

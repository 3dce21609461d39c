// Taking pages away from mappings, and files that nothing refers to any more.

#pragma once

#include <cstdint>

#include "sim/core/units.h"
#include "sim/kernel/inode.h"
#include "sim/kernel/vma.h"

namespace sim {

struct Kernel;

// Empties the PTEs in [first, end) of one area. Own pages and their swap slots are freed; file
// pages stay in the page cache, dirty or not. Requires: the range lies in the area.
void zap(Kernel&, const Vma& area, Vpn first, Vpn end);

// Removes every mapping in [first, end). Nothing is written back.
void unmap_range(Kernel&, Vpn first, Vpn end);

// Drops a file's pages from `first` on out of the cache, with no write-back, and out of every
// mapping, private copies included.
void drop_pages_from(Kernel&, Inode&, PgOff first);

// Drops a file's pages out of the cache and out of the PTEs that map them; private copies stay.
// Requires: none is dirty.
void drop_clean_pages(Kernel&, Inode&);

// An unlinked file goes when it is neither open nor mapped.
void drop_if_orphan(Kernel&, std::uint32_t object);

}  // namespace sim

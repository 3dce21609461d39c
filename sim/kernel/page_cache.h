// File pages come into the page cache, from the disk or as zeros.

#pragma once

#include <cstdint>

#include "sim/core/result.h"
#include "sim/core/units.h"
#include "sim/kernel/inode.h"

namespace sim {

struct Kernel;

enum class Fill : std::uint8_t {
  from_disk,  // read the page, unless it is a hole
  not_read,   // start from zeros: every byte will be overwritten
};

// Gives an absent page a frame and its bytes; tells of a read from the disk. Evicts if no frame is
// free; ENOMEM if none can be, EIO if the disk cannot read the page. Requires: the page is not
// cached.
Result<Pfn> bring_in(Kernel&, Inode&, PgOff, Fill);

}  // namespace sim

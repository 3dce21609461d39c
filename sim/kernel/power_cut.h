// The power is cut: what may be found on the disk afterwards.

#pragma once

#include "sim/storage/disk_remains.h"
#include "sim/storage/stored_file.h"

namespace sim {

struct Kernel;

// Synced pages are as they were synced. Of a dirty page the disk may hold the old content or the
// page cache's, whole; of one under write-back any mixture by sectors; of a page that was cut off
// and not made durable also what it held before.
DiskRemains remains_of(const Kernel&);

// The disk's side of a file, also of a removed one that a name on the disk may still lead to.
// Requires: there is one.
const StoredFile& stored_file(const Kernel&, std::uint32_t object);

}  // namespace sim

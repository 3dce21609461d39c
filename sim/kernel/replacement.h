// ext4's care for programs that replace a file's content (mount option auto_da_alloc, on by
// default): what would be lost by a power cut is written back without being asked for.
//
// Linux 6.18, fs/ext4: a file renamed over another one is written back at the rename, and a file
// that was cut to nothing when the next of its open descriptions goes, both only if it has pages
// that the disk has no block for yet.

#pragma once

#include <cstdint>

#include "sim/kernel/inode.h"

namespace sim {

struct Kernel;

// The file takes another one's name.
void write_back_replacement(Kernel&, Inode&);

// A descriptor was closed, or a mapping made through one went. When nothing else refers to what was
// opened, the kernel lets go of it.
void let_go(Kernel&, std::uint32_t object, std::uint64_t description);

}  // namespace sim

// A program that asks for memory without end gets an error, and the machine keeps half of its
// memory.

#pragma once

#include "sim/core/units.h"

namespace real {

// How much private memory this process may have: 6 GiB, or half of physical memory if that is less,
// on top of what is mapped already.
sim::Bytes memory_allowance();

// Limits this process and its children to the allowance (RLIMIT_DATA, which counts private writable
// mappings since Linux 4.7).
void limit_memory();

}  // namespace real

// A program that asks for memory without end gets an error, and the machine keeps half of its
// memory.

#pragma once

namespace cli {

// Limits this process and its children to 6 GiB, or half of physical memory if that is less, of
// their own (RLIMIT_DATA, which counts private writable mappings since Linux 4.7), on top of what
// is mapped already.
void limit_memory();

}  // namespace cli

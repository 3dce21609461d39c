// read() and write(): bytes move between the page cache and a buffer, piece by piece. A piece ends
// where a page of the file or of the buffer ends, and each page of a piece is one touch.

#pragma once

#include <cstddef>
#include <span>

#include "sim/core/computer.h"
#include "sim/kernel/kernel.h"

namespace sim {

Result<Bytes> read_file(Kernel&, Fd, MemoryBuffer);
Result<Bytes> read_file(Kernel&, Fd, std::span<std::byte>);
Result<Bytes> write_file(Kernel&, Fd, MemoryBuffer);
Result<Bytes> write_file(Kernel&, Fd, std::span<const std::byte>);

}  // namespace sim

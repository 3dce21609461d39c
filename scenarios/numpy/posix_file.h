// An open descriptor whose failing system calls raise OSError, as those of Python's raw files do.
//
// Mirrored are the calls that move data or the file position, and the questions for the position
// whose answer matters. CPython's other bookkeeping (fstat, ioctl and fcntl at open, lseek calls
// that only confirm a known position, the dup that numpy works on) is not.

#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "sim/core/computer.h"

namespace numpy {

// Python and the C library take st_blksize as the size of their buffers: 4096 on ext4 and tmpfs,
// whatever the page size of the computer.
inline constexpr std::size_t kFileBufferSize = 4096;

class PosixFile {
 public:
  // Requires: the computer lives as long as this.
  PosixFile(sim::Computer& computer, sim::Fd fd) : computer_(&computer), fd_(fd) {}

  sim::Computer& computer() const { return *computer_; }
  sim::Fd fd() const { return fd_; }

  std::size_t read(std::span<std::byte> into);         // 0 at the end of the file
  std::size_t write(std::span<const std::byte> from);  // may be short
  std::int64_t seek(std::int64_t offset, sim::Whence);
  std::int64_t position() { return seek(0, sim::Whence::current); }
  std::int64_t size();
  void truncate(std::int64_t size);
  void close();

 private:
  sim::Computer* computer_;
  sim::Fd fd_;
};

}  // namespace numpy

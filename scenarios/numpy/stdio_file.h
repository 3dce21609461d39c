// The C library's FILE that numpy.fromfile and ndarray.tofile work through, with its 4096 bytes of
// buffer, over the descriptor of a Python file.
//
// Whole blocks of 4096 bytes move directly between the file and the array's memory, in one system
// call. What is less than a block moves through the buffer, which is the interpreter's own memory:
// read() or write() then touches the file's pages only, and the copy between the buffer and the
// array is an ordinary access of the array, one touch a page. Reads, writes and seeks have the
// sizes and the order of glibc 2.36 (by strace): so a seek to a place inside a block reads the
// block's beginning, and finding the size of a small file by seeking to its end has already read
// it.

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "scenarios/numpy/posix_file.h"

namespace numpy {

class StdioFile {
 public:
  enum class Mode : std::uint8_t { read, write };  // fdopen(fd, "rb") or "wb"

  StdioFile(PosixFile& file, Mode mode) : file_(&file), mode_(mode) {}

  // Each gives the position in the file, or the errno.
  sim::Result<std::int64_t> seek(std::int64_t offset, sim::Whence);
  sim::Result<std::int64_t> tell();

  // Reads into the array's memory; returns how many bytes, fewer at the end of the file or after
  // an error, which is not told (numpy does not ask either). Throws python::Died.
  std::uint64_t read(sim::MemoryBuffer into);
  // Writes from the array's memory; returns how many bytes were taken. Throws python::Died.
  std::uint64_t write(sim::MemoryBuffer from);
  // Writes what the buffer still holds. Errors are lost, as in numpy.
  void close();

 private:
  static constexpr std::uint64_t kSize = kFileBufferSize;

  sim::Computer& computer() { return file_->computer(); }
  std::uint64_t buffered() const { return end_ - at_; }
  std::optional<std::int64_t> seek_in_buffer(std::int64_t target);
  sim::Result<std::int64_t> seek_to(std::int64_t target);
  sim::Result<std::int64_t> seek_raw(std::int64_t offset, sim::Whence);
  bool refill();
  std::uint64_t take(sim::MemoryBuffer into);
  std::uint64_t put(sim::MemoryBuffer from);
  bool write_buffer();

  PosixFile* file_;
  Mode mode_;
  std::array<std::byte, kFileBufferSize> buffer_;
  bool has_buffer_ = false;             // made by the first read or seek
  std::uint64_t at_ = 0;                // reading: the next byte in the buffer; writing: its end
  std::uint64_t end_ = 0;               // reading: the end of what was read
  std::optional<std::int64_t> offset_;  // the descriptor's position, when known
  bool at_end_ = false;                 // a read gave nothing
};

}  // namespace numpy

// A file with Python's buffer in front of it: io.BufferedReader, BufferedWriter and BufferedRandom.
//
// The buffer is the interpreter's own memory, so filling and emptying it touches no page but the
// file's. Reads, writes and seeks reach the descriptor in the sizes and the order in which CPython
// 3.11 makes them (strace of the programs in tests/scenarios/files): one buffer serves both
// directions, reads take whole blocks past it, a seek inside what has been read moves nothing.

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "scenarios/numpy/posix_file.h"

namespace numpy {

enum class Direction : std::uint8_t { read, write, both };

class BufferedFile {
 public:
  // `position`: the descriptor's, as open left it.
  BufferedFile(PosixFile file, Direction direction, std::int64_t position)
      : file_(file), direction_(direction), raw_position_(position) {}
  // The same file, buffer and all, on a copy of its computer.
  BufferedFile(const BufferedFile& other, sim::Computer& computer);

  PosixFile& raw() { return file_; }
  const PosixFile& raw() const { return file_; }
  Direction direction() const { return direction_; }
  bool reads() const { return direction_ != Direction::write; }
  bool writes() const { return direction_ != Direction::read; }

  // Requires: reads().
  std::string read(std::size_t n);
  std::string read_all();
  // Up to and with the next newline; shorter at the end of the file.
  std::string read_line();
  // What is buffered, or what one read of at most n bytes gives: how text files read.
  std::string read_once(std::size_t n);

  // Requires: writes().
  void write(std::string_view bytes);
  void truncate(std::optional<std::int64_t> size);

  std::int64_t seek(std::int64_t target, sim::Whence);
  std::int64_t tell();
  void flush();

  // What os._exit does to it: the bytes that were not written yet are lost.
  void forget_pending() { write_end_ = kInvalid; }

 private:
  static constexpr std::int64_t kInvalid = -1;
  static constexpr std::int64_t kSize = kFileBufferSize;
  // A request larger than this is held against what the file has before memory is taken for it.
  static constexpr std::int64_t kTrusted = 1 << 20;

  bool has_read_buffer() const { return reads() && read_end_ != kInvalid; }
  bool has_write_buffer() const { return writes() && write_end_ != kInvalid; }
  std::int64_t readable_ahead() const { return has_read_buffer() ? read_end_ - at_ : 0; }
  // How far the descriptor's position is past the program's.
  std::int64_t raw_ahead() const;

  std::string take(std::int64_t n);
  std::int64_t whole_blocks(std::int64_t wanted);
  std::int64_t fill();
  void drop_read_buffer() { read_end_ = kInvalid; }
  void write_pending();
  void flush_and_rewind();
  void raw_seek_back(std::int64_t distance);
  std::size_t raw_read(std::span<std::byte> into);
  std::size_t raw_write(std::span<const std::byte> from);
  std::int64_t raw_seek(std::int64_t offset, sim::Whence);
  void move_to(std::int64_t at);
  void write_large(std::span<const std::byte> bytes);

  PosixFile file_;
  Direction direction_;
  std::array<std::byte, kFileBufferSize> buffer_;
  std::int64_t at_ = 0;                // the program's position in the buffer
  std::int64_t raw_at_ = 0;            // the descriptor's, or kInvalid
  std::int64_t read_end_ = kInvalid;   // end of the bytes read from the file
  std::int64_t write_from_ = 0;        // the bytes that still have to be written
  std::int64_t write_end_ = kInvalid;  //
  std::int64_t raw_position_;          // in the file; trusted only while something is read ahead
};

}  // namespace numpy

// What a program asked of its computer, call by call, as bytes: numbers of a few bytes each, and
// the bytes that it stored.

#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace viz {

// Append-only, so that a place in it stays valid. Grows by blocks: no element ever moves, and a
// reader may stand anywhere.
class OperationLog {
 public:
  // Bytes from the beginning.
  using Place = std::uint64_t;

  Place end() const { return end_; }
  // What it takes in memory.
  std::uint64_t capacity() const { return blocks_.size() * kBlock; }

  // A number, seven bits a byte, low ones first.
  void put(std::uint64_t number);
  // The same for numbers of either sign that are mostly small.
  void put_signed(std::int64_t number);
  void put_bytes(std::span<const std::byte>);
  void put_text(std::string_view);  // its length, then its bytes

 private:
  friend class OperationReader;
  static constexpr std::uint64_t kBlock = 1 << 16;

  void put_byte(std::byte);

  std::vector<std::vector<std::byte>> blocks_;  // kBlock bytes each
  Place end_ = 0;
};

// Reads what was put, in the same order.
class OperationReader {
 public:
  OperationReader(const OperationLog& log, OperationLog::Place from) : log_(&log), at_(from) {}

  OperationLog::Place place() const { return at_; }
  bool at_end() const { return at_ == log_->end(); }

  std::uint64_t get();
  std::int64_t get_signed();
  void get_bytes(std::span<std::byte>);
  void skip(std::uint64_t bytes) { at_ += bytes; }
  std::string get_text();

 private:
  std::byte get_byte();

  const OperationLog* log_;
  OperationLog::Place at_;
};

}  // namespace viz

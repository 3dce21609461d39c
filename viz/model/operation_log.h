// What a program asked of its computer, call by call, as bytes: numbers of a few bytes each, and,
// apart from them, the bytes that it stored. Those can be forgotten, oldest first: the calls then
// still lead to the same touches and the same states of pages.

#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace viz {

// Bytes, in order. Grows by blocks: no element ever moves, and a reader may stand anywhere.
class ByteTape {
 public:
  std::uint64_t end() const { return end_; }
  std::uint64_t begin() const { return begin_; }  // what was before it is forgotten
  // What it takes in memory.
  std::uint64_t capacity() const { return (blocks_.size() - forgotten_) * kBlock; }
  void put(std::byte);
  void put(std::span<const std::byte>);
  std::byte get(std::uint64_t at) const { return blocks_[at / kBlock][at % kBlock]; }
  // Forgotten bytes read as zeros.
  void get(std::uint64_t from, std::span<std::byte> into) const;
  // Forgets whole blocks from the front, of at least that many bytes if there are.
  void forget(std::uint64_t bytes);

 private:
  static constexpr std::uint64_t kBlock = 1 << 16;

  std::vector<std::vector<std::byte>> blocks_;  // kBlock bytes each; empty: forgotten
  std::size_t forgotten_ = 0;
  std::uint64_t begin_ = 0;
  std::uint64_t end_ = 0;
};

// Append-only, so that a place in it stays valid.
class OperationLog {
 public:
  // Bytes from the beginning, of the calls and of what was stored.
  struct Place {
    std::uint64_t call = 0;
    std::uint64_t content = 0;
    friend bool operator==(const Place&, const Place&) = default;
  };

  Place end() const { return {calls_.end(), contents_.end()}; }
  // What it takes in memory.
  std::uint64_t capacity() const { return calls_.capacity() + contents_.capacity(); }

  // A number, seven bits a byte, low ones first.
  void put(std::uint64_t number);
  // The same for numbers of either sign that are mostly small.
  void put_signed(std::int64_t number);
  void put_text(std::string_view);  // its length, then its bytes
  void put_content(std::span<const std::byte>);

  // Forgets what was stored, oldest first, until this many bytes are free, or all is forgotten.
  void forget_contents(std::uint64_t bytes) { contents_.forget(bytes); }
  // Whether all that was stored from there on is kept.
  bool keeps_contents_from(const Place& place) const { return place.content >= contents_.begin(); }

 private:
  friend class OperationReader;

  ByteTape calls_;
  ByteTape contents_;
};

// Reads what was put, in the same order.
class OperationReader {
 public:
  OperationReader(const OperationLog& log, OperationLog::Place from) : log_(&log), at_(from) {}

  OperationLog::Place place() const { return at_; }
  bool at_end() const { return at_.call == log_->calls_.end(); }

  std::uint64_t get();
  std::int64_t get_signed();
  std::string get_text();
  // Zeros, if forgotten.
  void get_content(std::span<std::byte>);
  std::uint64_t content_place() const { return at_.content; }
  void skip_content_to(std::uint64_t place) { at_.content = place; }

 private:
  std::byte get_byte() { return log_->calls_.get(at_.call++); }

  const OperationLog* log_;
  OperationLog::Place at_;
};

}  // namespace viz

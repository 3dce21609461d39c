// A byte ring between two processes in shared memory: one writes, one reads, no locks. What was
// committed stays readable when the writer is killed. The reader does not trust the writer: what it
// has taken it counts in memory of its own.

#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace real {

class Ring {
 public:
  // Requires: capacity is a power of two and at least a page. Shared with the children forked
  // after.
  explicit Ring(std::size_t capacity);
  Ring(const Ring&) = delete;
  Ring& operator=(const Ring&) = delete;
  ~Ring();

  // Faults every page in: a child calls it once after the fork, since it does not inherit the
  // entries of shared memory (Linux 6.18: one minor fault a page otherwise).
  void populate();

  std::size_t capacity() const { return capacity_; }
  // Writer: how much fits now; put() copies in without showing it, commit() shows it.
  std::size_t room() const;
  void put(std::span<const std::byte> bytes);
  void commit();
  // Reader: how much there is; nothing where the writer's counter cannot be (more than the
  // capacity, or less than was taken already).
  std::optional<std::size_t> ready() const;
  // Copies out and makes room. Requires: as much was ready().
  void take(std::span<std::byte> bytes);

  // Who sleeps, so that the other wakes it (and only then).
  std::atomic<std::uint32_t>& reader_sleeps() { return shared_->reader_sleeps; }
  std::atomic<std::uint32_t>& writer_sleeps() { return shared_->writer_sleeps; }
  std::atomic<std::uint32_t>& stop_asked() { return shared_->stop_asked; }
  // Messages that the reader has dealt with.
  std::atomic<std::uint64_t>& dealt_with() { return shared_->dealt_with; }

 private:
  struct Shared {
    alignas(64) std::atomic<std::uint64_t> written;
    alignas(64) std::atomic<std::uint64_t> taken;
    alignas(64) std::atomic<std::uint32_t> reader_sleeps;
    std::atomic<std::uint32_t> writer_sleeps;
    std::atomic<std::uint32_t> stop_asked;
    std::atomic<std::uint64_t> dealt_with;
  };
  static_assert(std::atomic<std::uint64_t>::is_always_lock_free);

  std::byte* data() const { return reinterpret_cast<std::byte*>(shared_ + 1); }

  std::size_t capacity_;
  Shared* shared_;
  std::uint64_t uncommitted_ = 0;  // writer: put and not yet shown
  std::uint64_t taken_ = 0;        // reader; shared_->taken is for the writer to read
};

}  // namespace real

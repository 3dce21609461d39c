// Positions only grow; a byte's place is its position modulo the capacity.

#include "real/ring.h"

#include <sys/mman.h>

#include <algorithm>
#include <bit>
#include <cstring>
#include <new>

#include "sim/core/check.h"

namespace real {

Ring::Ring(std::size_t capacity) : capacity_(capacity) {
  SIM_CHECK(std::has_single_bit(capacity));
  SIM_CHECK(capacity >= 4096);
  void* memory = ::mmap(nullptr, sizeof(Shared) + capacity, PROT_READ | PROT_WRITE,
                        MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) throw std::bad_alloc();
  shared_ = new (memory) Shared{};
}

Ring::~Ring() { ::munmap(shared_, sizeof(Shared) + capacity_); }

void Ring::populate() {
  // Not MADV_POPULATE_WRITE, which is new in Linux 5.14. Adding nothing changes nothing.
  volatile std::byte* bytes = reinterpret_cast<std::byte*>(shared_);
  for (std::size_t at = 0; at < sizeof(Shared) + capacity_; at += 4096) bytes[at] = bytes[at];
}

std::size_t Ring::room() const {
  const std::uint64_t written = shared_->written.load(std::memory_order_relaxed) + uncommitted_;
  return capacity_ - (written - shared_->taken.load(std::memory_order_acquire));
}

void Ring::put(std::span<const std::byte> bytes) {
  SIM_CHECK(bytes.size() <= room());
  const std::uint64_t at =
      (shared_->written.load(std::memory_order_relaxed) + uncommitted_) & (capacity_ - 1);
  const std::size_t first = std::min(bytes.size(), capacity_ - at);
  if (first > 0) std::memcpy(data() + at, bytes.data(), first);
  if (first < bytes.size()) std::memcpy(data(), bytes.data() + first, bytes.size() - first);
  uncommitted_ += bytes.size();
}

void Ring::commit() {
  shared_->written.store(shared_->written.load(std::memory_order_relaxed) + uncommitted_,
                         std::memory_order_seq_cst);
  uncommitted_ = 0;
}

std::optional<std::size_t> Ring::ready() const {
  const std::uint64_t n = shared_->written.load(std::memory_order_seq_cst) - taken_;
  if (n > capacity_) return std::nullopt;
  return n;
}

void Ring::take(std::span<std::byte> bytes) {
  SIM_CHECK(bytes.size() <= capacity_);
  const std::uint64_t at = taken_ & (capacity_ - 1);
  const std::size_t first = std::min(bytes.size(), capacity_ - at);
  if (first > 0) std::memcpy(bytes.data(), data() + at, first);
  if (first < bytes.size()) std::memcpy(bytes.data() + first, data(), bytes.size() - first);
  taken_ += bytes.size();
  shared_->taken.store(taken_, std::memory_order_seq_cst);
}

}  // namespace real

// Carries out what the simulated computer's evictions were, each just before the touch it belonged
// to, so that both computers have the same pages in memory throughout.

#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "real/eviction_list.h"
#include "real/host_parts.h"
#include "real/swap.h"

namespace real {

class Mirror {
 public:
  Mirror(HostParts& host, Swap& swap, std::span<const MirroredEviction> evictions)
      : host_(&host), swap_(&swap), left_(evictions) {}

  // Before something that makes n touches, or before a system call that makes none (n = 1).
  void before(std::uint64_t n) {
    if (!left_.empty()) evict_before(host_->clock + n);
  }
  // How many touches can be made before the next eviction.
  std::uint64_t touches_left() const {
    if (left_.empty() || left_.front().calls > host_->calls) return ~std::uint64_t{0};
    return left_.front().touch - std::min(left_.front().touch, host_->clock);
  }

  // Evictions that could not be carried out, in words; empty when all could.
  std::vector<std::string> failures() const;

 private:
  void evict_before(std::uint64_t touch);
  void evict(const MirroredEviction& eviction);
  void evict_page(const MirroredEviction& eviction);
  void write_page(Inode& inode, std::uint64_t page);
  void evict_file_page(Inode& inode, const MirroredEviction& eviction);
  bool drop_from_cache(const Inode& inode, std::uint64_t page) const;
  void evict_own_page(Origin& origin, const MirroredEviction& eviction);
  void failed(const MirroredEviction& eviction, const std::string& why);

  HostParts* host_;
  Swap* swap_;
  std::span<const MirroredEviction> left_;
  std::vector<std::string> failures_;
  std::uint64_t failed_ = 0;
};

}  // namespace real

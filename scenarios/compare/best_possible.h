// The best that any eviction policy could do (Belady 1966): give up the page whose next use is
// farthest away. It needs to know what comes, so no computer can do it.

#pragma once

#include <cstdint>
#include <unordered_set>
#include <vector>

#include "sim/core/event_stream.h"

namespace comparison {

// The pages that a program uses, one after the other, without immediate repetitions. Pages that are
// only read as zeros take no frame and are left out.
class PageTrace final : public sim::EventConsumer {
 public:
  // A longer trace is cut off.
  explicit PageTrace(std::size_t most = 20'000'000) : most_(most) {}

  void consume(std::span<const sim::Event>) override;
  const std::vector<sim::PageName>& pages() const { return pages_; }
  bool is_whole() const { return !is_cut_; }

 private:
  std::size_t most_;
  bool is_cut_ = false;
  std::vector<sim::PageName> pages_;
  std::unordered_set<std::uint64_t> zeros_;  // pages that are the shared zero page now
};

// How often a page must be given a frame at the least.
class BestPossible {
 public:
  explicit BestPossible(const std::vector<sim::PageName>& pages);

  // Requires: frames > 0.
  std::uint64_t frames_taken(std::uint64_t frames) const;

 private:
  struct Use {
    std::uint32_t page;      // numbered by first use
    std::uint32_t next_use;  // index of the page's next use; past the end: none
  };
  std::vector<Use> uses_;
};

}  // namespace comparison

// A set of pages of one object as ascending, disjoint, non-touching half-open ranges.

#pragma once

#include <cstdint>
#include <vector>

#include "sim/core/check.h"

namespace sim {

struct PageRange {
  std::uint64_t first = 0;
  std::uint64_t end = 0;  // one past the last
  friend bool operator==(const PageRange&, const PageRange&) = default;
};

class PageRanges {
 public:
  // Requires: page is larger than every page added before.
  void append(std::uint64_t page) { append(PageRange{page, page + 1}); }
  void append(PageRange r) {
    SIM_CHECK(r.first < r.end);
    SIM_CHECK(ranges_.empty() || ranges_.back().end <= r.first);
    if (!ranges_.empty() && ranges_.back().end == r.first) {
      ranges_.back().end = r.end;
    } else {
      ranges_.push_back(r);
    }
  }

  bool empty() const { return ranges_.empty(); }
  std::uint64_t count() const {
    std::uint64_t n = 0;
    for (const PageRange& r : ranges_) n += r.end - r.first;
    return n;
  }
  const std::vector<PageRange>& ranges() const { return ranges_; }
  friend bool operator==(const PageRanges&, const PageRanges&) = default;

 private:
  std::vector<PageRange> ranges_;
};

}  // namespace sim

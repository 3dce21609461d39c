// What the events before any one add up to, without going through all of them.

#pragma once

#include <cstddef>
#include <vector>

#include "viz/model/line_figures.h"

namespace viz {

class RunningTotals {
 public:
  // In order.
  void add(const sim::Event&);
  // Of the first `end` of the events, which are those that were added.
  LineFigures before(std::size_t end, const std::vector<sim::Event>& events) const;

 private:
  static constexpr std::size_t kInterval = 1024;  // events between two that are kept

  std::vector<LineFigures> kept_{{}};  // of the first n * kInterval
  LineFigures sum_;
  std::size_t added_ = 0;
};

}  // namespace viz

// From the last sum that was kept, event by event.

#include "viz/model/running_totals.h"

namespace viz {

void RunningTotals::add(const sim::Event& event) {
  sum_.add(event);
  if (++added_ % kInterval == 0) kept_.push_back(sum_);
}

LineFigures RunningTotals::before(std::size_t end, const std::vector<sim::Event>& events) const {
  LineFigures figures = kept_[end / kInterval];
  for (std::size_t e = end / kInterval * kInterval; e < end; ++e) figures.add(events[e]);
  return figures;
}

}  // namespace viz

// Running totals against adding one event after the other.

#include "viz/model/running_totals.h"

#include <doctest/doctest.h>

#include "sim/core/rng.h"

namespace viz {
namespace {

TEST_CASE("what the events before any one add up to is their sum, also where a kept sum lies") {
  constexpr std::size_t kEvents = 4096;
  constexpr sim::EventKind kKinds[] = {sim::EventKind::fault_major, sim::EventKind::fault_minor,
                                       sim::EventKind::evict,       sim::EventKind::write_back,
                                       sim::EventKind::page_in,     sim::EventKind::swap_out};
  sim::Rng rng(1);
  std::vector<sim::Event> events;
  RunningTotals totals;
  for (std::size_t e = 0; e < kEvents; ++e) {
    sim::Event event{};
    event.kind = kKinds[rng.below(std::size(kKinds))];
    events.push_back(event);
    totals.add(event);
  }
  LineFigures sum;
  for (std::size_t e = 0; e <= kEvents; ++e) {
    REQUIRE(totals.before(e, events) == sum);
    if (e < kEvents) sum.add(events[e]);
  }
}

}  // namespace
}  // namespace viz

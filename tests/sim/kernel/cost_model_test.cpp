// Simulated time.

#include "sim/kernel/cost_model.h"

#include <doctest/doctest.h>

namespace sim {
namespace {

TEST_CASE("a run of accesses costs what its accesses cost one by one") {
  const Event one{.kind = EventKind::access};
  const Event run{.count = 1000, .kind = EventKind::access};
  CHECK(cost_of(run).count == 1000 * cost_of(one).count);
}

TEST_CASE("a major fault with its read costs what was measured for both: 50.8 us") {
  const Event fault{.kind = EventKind::fault_major};
  const Event read{.kind = EventKind::page_in};
  CHECK((cost_of(fault) + cost_of(read)).count == 50800);
}

TEST_CASE("costs are ordered as on a real computer") {
  const auto minor = [](std::uint16_t detail) {
    return cost_of(Event{.kind = EventKind::fault_minor, .detail = detail}).count;
  };
  CHECK(cost_of(Event{.kind = EventKind::access}) < cost_of(Event{.kind = EventKind::tlb_miss}));
  CHECK(cost_of(Event{.kind = EventKind::tlb_miss}).count < minor(0));
  CHECK(minor(fault_detail::zero_page) < minor(0));
  CHECK(minor(0) < minor(fault_detail::write_notify));
  CHECK(minor(fault_detail::cow) < cost_of(Event{.kind = EventKind::page_in}).count);
}

}  // namespace
}  // namespace sim

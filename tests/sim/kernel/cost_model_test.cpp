// Simulated time.

#include "sim/kernel/cost_model.h"

#include <doctest/doctest.h>

#include "tests/sim/machine_fixture.h"

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

TEST_CASE(
    "a page behind the last one on the disk costs its transfer, another one the way to it too") {
  MachineConfig config;
  TestMachine m(config);
  const std::vector<std::byte> bytes(8 * 4096, std::byte{5});
  REQUIRE(m->install_file("f", bytes).ok());
  REQUIRE(m->install_file("g", bytes).ok());
  const VirtAddr f = m.map_file("f", Sharing::shared).base;
  const VirtAddr g = m.map_file("g", Sharing::shared).base;
  const auto load = [&](VirtAddr base, std::uint64_t page) {
    CHECK(m.load(base + Bytes{page * 4096}).is_done());
  };
  load(f, 0);
  load(f, 1);
  load(f, 3);
  load(g, 4);
  load(g, 5);
  std::vector<std::uint64_t> prices;
  for (const Event& e : m.events()) {
    if (e.kind == EventKind::page_in) prices.push_back(cost_of(e).count);
  }
  const CostTable costs;
  const std::uint64_t far = costs.page_in_ns;
  const std::uint64_t next = costs.page_in_next_ns;
  CHECK(prices == std::vector<std::uint64_t>{far, next, far, far, next});
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

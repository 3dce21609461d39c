// The page table against a plain map, and what a copy of it shares.

#include "sim/hardware/page_table.h"

#include <doctest/doctest.h>

#include <map>

#include "sim/core/rng.h"

namespace sim {
namespace {

const PageTableShape kShapes[] = {{{9, 9, 9, 9}}, {{10, 10}}, {{12}}, {{3, 1, 5}}};

TEST_CASE("a page table of any shape holds what a plain map holds") {
  for (const PageTableShape& shape : kShapes) {
    CAPTURE(shape.bits.size());
    PageTable table(shape);
    std::map<std::uint64_t, Pte> plain;
    Rng rng(shape.bits.size());
    const std::uint64_t span = table.span().count;
    for (int i = 0; i < 3000; ++i) {
      // Near the bottom, near the top, anywhere.
      std::uint64_t vpn = rng.below(span);
      if (i % 3 == 0) vpn %= 200;
      if (i % 3 == 1) vpn = span - 1 - vpn % 200;
      if (rng.below(4) == 0) {
        const std::uint64_t end = std::min(span, vpn + 1 + rng.below(100));
        table.clear(Vpn{vpn}, Vpn{end});
        plain.erase(plain.lower_bound(vpn), plain.lower_bound(end));
      } else {
        plain[vpn] = Pte::mapping(Pfn{rng.below(1000)}, pte_bit::writable);
        table.set(Vpn{vpn}, plain[vpn]);
      }
    }
    std::map<std::uint64_t, Pte> seen;
    table.for_each_in(Vpn{0}, table.end(), [&](Vpn vpn, Pte pte) { seen[vpn.index] = pte; });
    CHECK(seen == plain);
    for (const auto& [vpn, pte] : plain) CHECK(table.get(Vpn{vpn}) == pte);
  }
}

TEST_CASE("a node exists only where something is mapped") {
  PageTable table(x86_64_shape());
  CHECK(table.count_nodes() == 0);
  table.set(Vpn{0}, Pte::zero_page());
  CHECK(table.count_nodes() == 4);  // one at each level
  table.set(Vpn{511}, Pte::zero_page());
  CHECK(table.count_nodes() == 4);  // the same leaf
  table.set(Vpn{512}, Pte::zero_page());
  CHECK(table.count_nodes() == 5);  // its neighbour
  table.clear(Vpn{0}, Vpn{512});
  CHECK(table.count_nodes() == 4);
  table.clear(Vpn{0}, table.end());
  CHECK(table.count_nodes() == 0);
}

TEST_CASE("a copy of a page table and its original change apart") {
  PageTable original(x86_64_shape());
  for (std::uint64_t vpn = 0; vpn < 2000; ++vpn) original.set(Vpn{vpn}, Pte::zero_page());
  PageTable copy(original);
  copy.set(Vpn{1000}, Pte::mapping(Pfn{5}, 0));
  original.clear(Vpn{0}, Vpn{900});

  CHECK(original.get(Vpn{1000}) == Pte::zero_page());
  CHECK(copy.get(Vpn{1000}) == Pte::mapping(Pfn{5}, 0));
  CHECK(original.get(Vpn{800}).is_empty());
  CHECK(copy.get(Vpn{800}) == Pte::zero_page());
}

}  // namespace
}  // namespace sim

// Set operations on page runs against std::set.

#include "scenarios/session/page_sets.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>

#include "sim/core/rng.h"

namespace session {
namespace {

using Naive = std::set<std::pair<std::uint32_t, std::uint64_t>>;

Naive naive(const std::vector<PageRun>& runs) {
  Naive pages;
  for (const PageRun& r : runs) {
    for (auto p = r.first; p < r.end; ++p) pages.insert({r.object, p});
  }
  return pages;
}

std::vector<PageRun> random_runs(sim::Rng& rng) {
  std::vector<PageRun> runs(rng.below(6));
  for (PageRun& r : runs) {
    const std::uint64_t first = rng.below(12);
    r = {static_cast<std::uint32_t>(rng.below(3)), first, first + 1 + rng.below(5)};
  }
  return runs;
}

bool is_canonical(const PageSet& set) {
  for (std::size_t i = 1; i < set.size(); ++i) {
    const bool apart = set[i - 1].object < set[i].object || set[i - 1].end < set[i].first;
    if (!apart) return false;
  }
  return true;
}

TEST_CASE("page sets behave as sets of pages, and are kept in ascending separate runs") {
  sim::Rng rng(1);
  for (int i = 0; i < 2000; ++i) {
    const auto a = random_runs(rng), b = random_runs(rng);
    const PageSet x = set_of(a), y = set_of(b);
    const Naive p = naive(a), q = naive(b);
    Naive both = p, less;
    both.insert(q.begin(), q.end());
    std::set_difference(p.begin(), p.end(), q.begin(), q.end(), std::inserter(less, less.end()));
    Naive either_but_not_both;
    std::set_symmetric_difference(p.begin(), p.end(), q.begin(), q.end(),
                                  std::inserter(either_but_not_both, either_but_not_both.end()));
    REQUIRE(naive(x) == p);
    REQUIRE(naive(united(x, y)) == both);
    REQUIRE(naive(without(x, y)) == less);
    REQUIRE(naive(differing(x, y)) == either_but_not_both);
    for (const PageSet& set : {x, united(x, y), without(x, y), differing(x, y)}) {
      REQUIRE(is_canonical(set));
    }
  }
}

}  // namespace
}  // namespace session

// Spreads, against a list of all turns.

#include "scenarios/session/turns.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>
#include <vector>

namespace session {
namespace {

sim::Event event(sim::EventKind kind) { return {.kind = kind}; }

TEST_CASE("a line's figures over its turns: how many turns, which, and how much in one") {
  LineTurns line;
  line.begin();
  for (const int faults : {0, 3, 0, 1, 2, 0}) {
    for (int i = 0; i < faults; ++i) line.count(event(sim::EventKind::fault_major));
    line.begin();
  }
  line.finish();
  CHECK(line.turns() == 7);
  CHECK(line.spread(TurnFigure::major) == Spread{3, 2, 5, 1, 3});
  CHECK(line.spread(TurnFigure::minor) == Spread{});
}

TEST_CASE("what goes on after a call counts to the turn that began last") {
  LineTurns line;
  line.begin();
  line.count(event(sim::EventKind::evict));
  line.begin();
  line.count(event(sim::EventKind::evict));
  line.count(event(sim::EventKind::evict));
  line.finish();
  CHECK(line.spread(TurnFigure::evicted) == Spread{2, 1, 2, 1, 2});
}

TEST_CASE("the spread of any amounts is that of the list of them") {
  std::mt19937 chance(3);
  for (int n = 0; n < 200; ++n) {
    std::vector<std::uint64_t> amounts(1 + chance() % 40);
    for (auto& a : amounts) a = chance() % 3;
    Spread spread, naive;
    for (std::size_t i = 0; i < amounts.size(); ++i) spread.add(i + 1, amounts[i]);
    std::vector<std::uint64_t> some;
    for (std::size_t i = 0; i < amounts.size(); ++i) {
      if (amounts[i] == 0) continue;
      some.push_back(amounts[i]);
      naive.first = naive.first == 0 ? i + 1 : naive.first;
      naive.last = i + 1;
    }
    naive.turns = some.size();
    if (!some.empty()) {
      naive.least = *std::min_element(some.begin(), some.end());
      naive.most = *std::max_element(some.begin(), some.end());
    }
    CHECK(spread == naive);
  }
}

TEST_CASE("a range is known once something was looked at") {
  LineTurns line;
  CHECK_FALSE(line.resident().is_known);
  line.observed(4, 0);
  CHECK_FALSE(line.resident().varies());
  line.observed(2, 0);
  CHECK(line.resident() == Range{2, 4, true});
  CHECK(line.dirty() == Range{0, 0, true});
}

}  // namespace
}  // namespace session

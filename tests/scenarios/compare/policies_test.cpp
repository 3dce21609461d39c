// Every policy against the best possible.

#include "scenarios/compare/policies.h"

#include "tests/scenarios/compare/small_comparisons.h"

namespace comparison {
namespace {

PolicyChart chart_of(Comparison& comparison, std::size_t strategy) {
  auto made = PolicyChart::make(comparison, strategy, {});
  if (const auto* bad = std::get_if<session::Failure>(&made)) FAIL(bad->message);
  return std::get<PolicyChart>(std::move(made));
}

TEST_CASE(
    "no policy gives fewer frames than the best possible; with frames for all, each as many") {
  for (const char* name : {"choose-a-strategy", "load-or-map"}) {
    Comparison comparison = shipped(name);
    for (std::size_t i = 0; i < comparison.setup().strategies.size(); ++i) {
      CAPTURE(comparison.setup().strategies[i].label);
      const PolicyChart chart = chart_of(comparison, i);
      for (const std::uint64_t frames : {std::uint64_t{6}, std::uint64_t{40}, chart.pages_used()}) {
        const FramesPoint point = std::get<FramesPoint>(chart.at(frames));
        for (const auto& [policy, taken] : point.taken) {
          REQUIRE(taken);
          CHECK(*taken >= *point.best_possible);
          if (frames == chart.pages_used()) CHECK(*taken == *point.best_possible);
        }
      }
    }
  }
}

TEST_CASE("a loop over one page more than there are frames misses every page under LRU") {
  Comparison comparison = comparison_of(
      setup_of_sources("", {"a = np.ones(10 * 512)\nfor t in range(5): a[::512] = t", "pass"}));
  const FramesPoint point = std::get<FramesPoint>(chart_of(comparison, 0).at(9));
  CHECK(point.taken.at(sim::PolicyKind::lru) == 60);
  CHECK(*point.best_possible < 20);
}

TEST_CASE("where a program does not run with so few frames, nothing is told of it") {
  // A store to a private map needs two frames: the page and its copy.
  const std::string store = "m = np.memmap('f', dtype='f8', mode='c')\nm[0] = 2";
  Comparison comparison =
      comparison_of(setup_of_sources("np.ones(8).tofile('f')", {store, "pass"}));
  const FramesPoint point = std::get<FramesPoint>(chart_of(comparison, 0).at(1));
  CHECK_FALSE(point.taken.at(sim::PolicyKind::lru).has_value());
}

}  // namespace
}  // namespace comparison

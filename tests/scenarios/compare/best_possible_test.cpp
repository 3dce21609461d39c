// Belady's choice against every possible choice.

#include "scenarios/compare/best_possible.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>

#include "sim/core/rng.h"

namespace comparison {
namespace {

std::vector<sim::PageName> pages_of(const std::vector<std::uint32_t>& numbers) {
  std::vector<sim::PageName> pages;
  for (const std::uint32_t n : numbers) pages.push_back({7, n});
  return pages;
}

// Tries every victim at every miss.
std::uint64_t fewest(const std::vector<std::uint32_t>& uses, std::size_t at,
                     std::set<std::uint32_t> resident, std::size_t frames) {
  while (at < uses.size() && resident.contains(uses[at])) ++at;
  if (at == uses.size()) return 0;
  if (resident.size() < frames) {
    resident.insert(uses[at]);
    return 1 + fewest(uses, at + 1, std::move(resident), frames);
  }
  std::uint64_t best = UINT64_MAX;
  for (const std::uint32_t victim : resident) {
    std::set<std::uint32_t> next = resident;
    next.erase(victim);
    next.insert(uses[at]);
    best = std::min(best, fewest(uses, at + 1, std::move(next), frames));
  }
  return 1 + best;
}

TEST_CASE("no choice of victims needs fewer frames given than the best possible") {
  sim::Rng rng(11);
  for (int round = 0; round < 200; ++round) {
    std::vector<std::uint32_t> uses(12);
    for (std::uint32_t& use : uses) use = static_cast<std::uint32_t>(rng.below(5));
    const BestPossible best(pages_of(uses));
    for (std::size_t frames = 1; frames <= 5; ++frames) {
      CAPTURE(round);
      CAPTURE(frames);
      CHECK(best.frames_taken(frames) == fewest(uses, 0, {}, frames));
    }
  }
}

TEST_CASE("Belady's own string needs 7 frames given with 3 frames") {
  const BestPossible best(pages_of({1, 2, 3, 4, 1, 2, 5, 1, 2, 3, 4, 5}));
  CHECK(best.frames_taken(3) == 7);
  CHECK(best.frames_taken(5) == 5);
}

TEST_CASE("a page that is only read as zeros is no use of a frame") {
  PageTrace trace;
  const sim::PageName page{3, 0};
  const std::vector<sim::Event> events{
      {.page = page, .kind = sim::EventKind::fault_minor, .detail = sim::fault_detail::zero_page},
      {.page = page, .kind = sim::EventKind::access},
      {.page = {3, 1}, .kind = sim::EventKind::access},
      {.page = {3, 1}, .kind = sim::EventKind::access},
      {.page = page, .kind = sim::EventKind::fault_minor, .detail = sim::fault_detail::zero_page},
      {.page = page, .kind = sim::EventKind::access, .detail = 1},
  };
  trace.consume(events);
  CHECK(trace.pages() == std::vector<sim::PageName>{{3, 1}, {3, 0}});
}

TEST_CASE("a trace that is too long says that it is not whole") {
  PageTrace trace(2);
  for (std::uint32_t i = 0; i < 3; ++i) {
    CHECK(trace.is_whole());
    const sim::Event event{.page = {1, i}, .kind = sim::EventKind::access};
    trace.consume({&event, 1});
  }
  CHECK_FALSE(trace.is_whole());
}

}  // namespace
}  // namespace comparison

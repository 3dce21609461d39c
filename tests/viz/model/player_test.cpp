// The story of an access is the access: its page, value, size, and whether it had to fault.

#include <doctest/doctest.h>

#include <algorithm>

#include "tests/viz/model/films.h"
#include "viz/model/narration.h"
#include "viz/model/steps_view.h"
#include "viz/model/words.h"

namespace {

using namespace viz;
using viz_tests::film_of;
using viz_tests::script;
using viz_tests::Script;
using viz_tests::scripts;

bool is_fault(const sim::Event& e) {
  return e.kind == sim::EventKind::fault_major || e.kind == sim::EventKind::fault_minor;
}

std::vector<MicroStepKind> kinds_of(const std::vector<MicroStep>& steps) {
  std::vector<MicroStepKind> kinds;
  for (const MicroStep& step : steps) kinds.push_back(step.kind);
  return kinds;
}

TEST_CASE("nothing has happened at the beginning") {
  Player player(film_of(script("change a map")));
  CHECK_FALSE(player.story());
  CHECK_FALSE(player.visit());
  CHECK_FALSE(player.is_at_line_end());
  CHECK(access_text(player).empty());
  CHECK_FALSE(steps_view(player, 0).why_none.empty());
}

TEST_CASE("the two stores to a map: one waits for the disk, the other finds the page") {
  Player player(film_of(script("change a map")));
  for (const Tick tick : {3, 4}) {
    CAPTURE(tick);
    player.go(tick);
    const auto& story = player.story();
    REQUIRE(story);
    REQUIRE(story->access);
    CHECK_FALSE(story->is_past);
    CHECK(story->access->access == sim::Access::write);
    CHECK(story->access->bytes == 4);
    CHECK(story->page.index == 0);
    CHECK(story->walk.offset == 8 + 4 * (tick - 3));
    CHECK(story->walk.entry.is_present() == (tick == 4));
    CHECK(access_text(player) == (tick == 3 ? "store to mm[2]" : "store to mm[3]"));
    CHECK(place_text(player) == (tick == 3 ? "page 0 of data.bin + 8" : "page 0 of data.bin + 12"));
  }
  player.go(5);  // the flush touches nothing
  REQUIRE(player.story());
  CHECK(player.story()->is_past);
}

TEST_CASE("law: a present entry that permits the access means no fault, any other a fault") {
  std::size_t faults = 0, hits = 0;
  for (const Script& s : scripts()) {
    CAPTURE(s.name);
    Player player(film_of(s));
    for (Tick tick = 1; tick <= player.film().ticks(); ++tick) {
      CAPTURE(tick);
      player.go(tick);
      const auto& story = player.story();
      if (!story || story->is_past || !story->access) continue;
      const bool may =
          story->walk.entry.is_present() && (story->access->access == sim::Access::read ||
                                             story->walk.entry.has(sim::pte_bit::writable));
      const bool faulted = std::any_of(story->events.begin(), story->events.end(), is_fault);
      REQUIRE(may == !faulted);
      ++(faulted ? faults : hits);
      // The access comes last, and after it the entry leads to a frame, or to the zero page.
      REQUIRE(story->events.back().kind == sim::EventKind::access);
      REQUIRE(story->page == story->events.back().page);
      CHECK(sim::walk_of(player.machine(), story->access->address).entry.is_present());
    }
  }
  CHECK(faults > 50);
  CHECK(hits > 10);
}

TEST_CASE("law: the page that had to go is the one that was next to go") {
  std::size_t evictions = 0;
  for (const char* name : {"loop under lru", "back from swap", "evict a file"}) {
    CAPTURE(name);
    Player player(film_of(script(name)));
    for (Tick tick = 1; tick <= player.film().ticks(); ++tick) {
      CAPTURE(tick);
      player.go(tick);
      const auto& story = player.story();
      if (!story || story->is_past || !story->access) continue;  // a call's is not seen before it
      for (const sim::Event& e : story->events) {
        if (e.kind != sim::EventKind::evict) continue;
        REQUIRE(story->victim);
        CHECK(story->victim->page == e.page);
        ++evictions;
      }
    }
  }
  CHECK(evictions > 20);
}

TEST_CASE("a fault under pressure is told from the walk to the retry, in the order it happened") {
  Player player(film_of(script("loop under lru")));
  player.go(*player.film().tick_of({.line = 5, .turn = 11, .touch = 1}));
  using enum MicroStepKind;
  CHECK(kinds_of(micro_steps(player)) ==
        std::vector<MicroStepKind>{walk, fault, victim, swap_out, read, map, retry});
}

TEST_CASE("law: each micro-step has something to say, and a picture of its own") {
  for (const Script& s : scripts()) {
    CAPTURE(s.name);
    Player player(film_of(s));
    for (Tick tick = 1; tick <= player.film().ticks(); ++tick) {
      CAPTURE(tick);
      player.go(tick);
      const std::vector<MicroStep> steps = micro_steps(player);
      for (std::size_t i = 0; i < steps.size(); ++i) {
        CHECK_FALSE(steps[i].title.empty());
        CHECK_FALSE(steps[i].sentence.empty());
        const StepsView view = steps_view(player, i);
        if (!view.why_none.empty()) continue;
        CHECK(view.current == i);
        CHECK(view.steps.size() == steps.size());
        const auto current = [](const TableRowView& row) { return row.is_current; };
        if (!view.table.empty()) {
          CHECK(std::count_if(view.table.begin(), view.table.end(), current) == 1);
        }
      }
      CHECK(steps_view(player, 1000).current + 1 >= steps_view(player, 1000).steps.size());
    }
  }
}

}  // namespace

// The timeline leads from a moment to a place and back, and its lanes lie within it.

#include <doctest/doctest.h>

#include <algorithm>

#include "tests/viz/model/films.h"
#include "viz/model/timeline_view.h"

namespace {

using namespace viz;
using viz_tests::film_of;
using viz_tests::script;
using viz_tests::Script;
using viz_tests::scripts;

// So many ticks that all are of one width.
Script long_loop() {
  return {"long",
          "import numpy as np\na = np.zeros(8192)\nfor turn in range(4):\n    a += 1\nprint(0)\n",
          {"frames=8"}};
}

TEST_CASE("law: places ascend from edge to edge, and lead back to their ticks") {
  std::vector<Script> all = scripts();
  all.push_back(long_loop());
  for (const Script& s : all) {
    CAPTURE(s.name);
    const auto film = film_of(s);
    const TimeAxis axis(*film);
    CHECK(axis.x_of(0) == 0);
    CHECK(axis.x_of(film->ticks()) == doctest::Approx(1));
    for (Tick tick = 0; tick <= film->ticks(); ++tick) {
      CAPTURE(tick);
      REQUIRE(axis.tick_at(axis.x_of(tick)) == tick);
      if (tick > 0) REQUIRE(axis.x_of(tick - 1) < axis.x_of(tick));
    }
    CHECK(axis.tick_at(-1) == 0);
    CHECK(axis.tick_at(2) == film->ticks());
  }
}

TEST_CASE("law: an event lies within its tick, after those before it") {
  for (const Script& s : scripts()) {
    CAPTURE(s.name);
    const auto film = film_of(s);
    const TimeAxis axis(*film);
    float last = 0;
    for (std::size_t e = 0; e < film->events().size(); ++e) {
      CAPTURE(e);
      const Tick tick = film->tick_of_event(e);
      CHECK(axis.x_before(*film, e) >= doctest::Approx(axis.x_of(tick)));
      CHECK(axis.x_after(*film, e) <= doctest::Approx(axis.x_of(tick + 1)));
      CHECK(axis.x_before(*film, e) <= axis.x_after(*film, e));
      CHECK(axis.x_after(*film, e) >= doctest::Approx(last));
      last = axis.x_after(*film, e);
    }
  }
}

TEST_CASE("law: what a timeline shows lies left of the cursor") {
  for (const Script& s : scripts()) {
    CAPTURE(s.name);
    Player player(film_of(s));
    const TimeAxis axis(player.film());
    for (Tick tick = 0; tick <= player.film().ticks(); ++tick) {
      CAPTURE(tick);
      player.go(tick);
      const TimelineView view = timeline_view(player, nullptr, axis);
      CHECK(view.now == axis.x_of(tick));
      for (const TimelineLane& lane : view.lanes) {
        for (const TimelineSegment& segment : lane.segments) {
          CHECK(segment.from >= 0);
          CHECK(segment.from <= segment.to);
          CHECK(segment.to <= view.now);
        }
        for (const TimelineMark& mark : lane.marks) CHECK(mark.x <= view.now);
      }
      CHECK(std::is_sorted(view.lines.begin(), view.lines.end(),
                           [](const auto& a, const auto& b) { return a.x < b.x; }));
    }
  }
}

TEST_CASE("a run of few pages has a lane for each, one of many a map") {
  Player few(film_of(script("back from swap")));
  few.go(few.film().ticks());
  const TimelineView lanes = timeline_view(few, nullptr, TimeAxis(few.film()));
  CHECK(lanes.lanes.size() == few.film().history().pages().size());
  CHECK(lanes.map.empty());
  Player many(film_of(long_loop()));
  many.go(many.film().ticks() / 2);
  const TimelineView map = timeline_view(many, nullptr, TimeAxis(many.film()));
  CHECK(map.lanes.empty());
  REQUIRE(map.map.size() == map.columns * map.rows);
  // What has not come yet is empty, what has is not.
  CHECK(map.map.front() != TimelineView::kNothingYet);
  CHECK(map.map.back() == TimelineView::kNothingYet);
}

}  // namespace

// The timeline leads from a moment to a place and back, and its lanes lie within it.

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

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
    CHECK(axis.first_tick_from(0) == 0);
    CHECK(axis.x_of(0) == 0);
    CHECK(axis.x_of(film->ticks()) == doctest::Approx(1));
    for (Tick tick = 0; tick <= film->ticks(); ++tick) {
      CAPTURE(tick);
      REQUIRE(axis.tick_at(axis.x_of(tick)) == tick);
      REQUIRE(axis.first_tick_from(axis.x_of(tick)) == tick);
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
    double last = 0;
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
    const Timeline timeline(player.film());
    for (Tick tick = 0; tick <= player.film().ticks(); ++tick) {
      CAPTURE(tick);
      player.go(tick);
      const TimelineView view = timeline_view(player, nullptr, timeline);
      CHECK(view.now == doctest::Approx(timeline.axis().x_of(tick)));
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
  const TimelineView lanes = timeline_view(few, nullptr, Timeline(few.film()));
  CHECK(lanes.lanes.size() == few.film().history().ever().size());
  CHECK(lanes.map.empty());
  Player many(film_of(long_loop()));
  many.go(many.film().ticks() / 2);
  const TimelineView map = timeline_view(many, nullptr, Timeline(many.film()));
  CHECK(map.lanes.empty());
  REQUIRE(map.map.size() == map.columns * map.rows);
  // What has not come yet is empty, what has is not.
  CHECK(map.map.front() != kNothingYet);
  CHECK(map.map.back() == kNothingYet);
}

TEST_CASE("law: zooming keeps what is at the pointer where it is, as far as the ends allow") {
  for (const double x : {0.0, 0.1, 0.5, 0.77, 1.0}) {
    CAPTURE(x);
    TimeWindow window;
    for (int notch = 0; notch < 20; ++notch) {
      const double place = window.place_of(x);
      const TimeWindow closer = window.zoomed(x, 0.8, 1e-9);
      CHECK(closer.width() == doctest::Approx(window.width() * 0.8));
      CHECK(closer.place_of(x) == doctest::Approx(place));
      CHECK(closer.from >= 0);
      CHECK(closer.to <= 1 + 1e-12);
      CHECK(closer.x_at(closer.place_of(x)) == doctest::Approx(x));
      window = closer;
    }
    for (int notch = 0; notch < 25; ++notch) window = window.zoomed(x, 1.25, 1e-9);
    CHECK(window == TimeWindow{});
  }
}

TEST_CASE("a window is not narrower than allowed, and follows what leaves it") {
  const TimeWindow narrow = TimeWindow{}.zoomed(0.5, 1e-6, 0.25);
  CHECK(narrow.width() == doctest::Approx(0.25));
  CHECK(narrow.with(0.5) == narrow);
  for (const double x : {0.0, 0.3, 0.9, 1.0}) {
    const TimeWindow moved = narrow.with(x);
    CHECK(moved.width() == doctest::Approx(0.25));
    CHECK(moved.place_of(x) >= 0);
    CHECK(moved.place_of(x) <= doctest::Approx(1));
  }
  CHECK(narrow.around(0.1).from == 0);
  CHECK(narrow.around(0.95).to == doctest::Approx(1));
}

TEST_CASE("law: zoomed in, what a timeline shows lies in view and left of the cursor") {
  std::vector<Script> all = scripts();
  all.push_back(long_loop());
  for (const Script& s : all) {
    CAPTURE(s.name);
    Player player(film_of(s));
    const Film& film = player.film();
    Timeline timeline(film);
    player.go(film.ticks() * 2 / 3);
    timeline.zoom(film, timeline.axis().x_of(player.tick()), 6);
    CHECK_FALSE(timeline.window().is_whole());
    const TimelineView view = timeline_view(player, nullptr, timeline);
    CHECK(timeline.tick_at(view.now) == player.tick());
    CHECK(view.now_of_all == doctest::Approx(timeline.axis().x_of(player.tick())));
    for (const TimelineLane& lane : view.lanes) {
      for (const TimelineSegment& segment : lane.segments) {
        CHECK(segment.from >= 0);
        CHECK(segment.from <= segment.to);
        CHECK(segment.to <= view.now + 1e-6);
      }
    }
    REQUIRE_FALSE(view.lines.empty());
    CHECK(view.lines.front().x == 0);
    CHECK(view.lines.back().x <= 1);
    timeline.follow(film, 0);
    CHECK(timeline.window().from == 0);
    timeline.show(film, {});
    CHECK(timeline.window().is_whole());
  }
}

// As the map should be: of each row at each column, the busiest state that one of its pages was in
// up to the tick.
std::vector<std::uint8_t> map_by_hand(const Film& film, const Timeline& timeline, Tick now) {
  const std::size_t columns = timeline.map()->columns(), rows = timeline.map()->rows();
  std::vector<std::uint8_t> map(columns * rows, kNothingYet);
  std::vector<sim::PageName> pages;
  film.history().ever().for_each([&](sim::PageName page, PageState) { pages.push_back(page); });
  const auto column = [&](Tick tick) {
    const double place = timeline.window().place_of(timeline.axis().x_of(tick));
    return static_cast<std::ptrdiff_t>(std::floor(place * static_cast<double>(columns)));
  };
  const auto last = std::min(column(now), static_cast<std::ptrdiff_t>(columns) - 1);
  const std::size_t end = film.events_before(now);
  for (std::size_t p = 0; p < pages.size(); ++p) {
    const std::size_t row = p * rows / pages.size();
    PageState state = PageState::absent;
    std::ptrdiff_t since = 0;
    const auto fill = [&](std::ptrdiff_t to) {
      for (std::ptrdiff_t c = std::max<std::ptrdiff_t>(0, since); c <= std::min(to, last); ++c) {
        std::uint8_t& cell = map[row * columns + static_cast<std::size_t>(c)];
        const auto was = cell == kNothingYet ? PageState::absent : static_cast<PageState>(cell);
        cell = static_cast<std::uint8_t>(busier(was, state));
      }
    };
    for (const PageChange& change : film.history().changes()) {
      if (change.page != pages[p] || change.event >= end) continue;
      const std::ptrdiff_t at = column(film.tick_of_event(change.event));
      fill(at);
      state = change.state;
      since = at;
    }
    fill(last);
  }
  for (std::size_t e = 0; e < end; ++e) {
    const sim::Event& event = film.events()[e];
    const auto c = column(film.tick_of_event(e));
    if (event.kind != sim::EventKind::fault_major || c < 0 || c > last) continue;
    const auto at = std::find(pages.begin(), pages.end(), event.page);
    if (at == pages.end()) continue;
    const std::size_t row = static_cast<std::size_t>(at - pages.begin()) * rows / pages.size();
    map[row * columns + static_cast<std::size_t>(c)] = kFaultHere;
  }
  return map;
}

TEST_CASE("law: the map shows the busiest state of a row's pages, up to the cursor") {
  const auto film = film_of({"many",
                             "import numpy as np\na = np.zeros(8192)\nfor turn in range(2):\n"
                             "    a[::64] += 1\nprint(0)\n",
                             {"frames=8"}});
  Timeline timeline(*film);
  REQUIRE(timeline.map() != nullptr);
  for (const double notches : {0.0, 5.0}) {
    timeline.zoom(*film, 0.4, notches);
    for (const Tick tick :
         {Tick{0}, Tick{1}, film->ticks() / 3, film->ticks() / 2, film->ticks()}) {
      CAPTURE(notches);
      CAPTURE(tick);
      const auto map = timeline.map()->at(*film, timeline.axis(), tick);
      const auto wanted = map_by_hand(*film, timeline, tick);
      std::size_t differ = 0;
      for (std::size_t i = 0; i < map.size(); ++i) differ += map[i] != wanted[i] ? 1 : 0;
      CHECK(differ == 0);
    }
  }
}

}  // namespace

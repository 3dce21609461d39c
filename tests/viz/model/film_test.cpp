// A film knows which line each of its ticks is in, what happened before, and leads to any of them.

#include <doctest/doctest.h>

#include <map>

#include "sim/core/rng.h"
#include "tests/viz/model/films.h"
#include "tests/viz/model/machine_digest.h"
#include "viz/model/player.h"

namespace {

using namespace viz;
using viz_tests::film_of;
using viz_tests::script;
using viz_tests::Script;
using viz_tests::scripts;

LineFigures sum_of_events(const Film& film, std::size_t first, std::size_t end) {
  LineFigures sum;
  for (std::size_t e = first; e < end; ++e) sum.add(film.events()[e]);
  return sum;
}

// The counters of a run that lines are counted for.
LineFigures figures_of(const session::Counters& c) {
  LineFigures f;
  f.major = c.major;
  f.minor = c.minor;
  f.cow = c.cow;
  f.write_notify = c.write_notify;
  f.swapped_in = c.swapped_in;
  f.swapped_out = c.swapped_out;
  f.evicted = c.evicted;
  f.read = c.pages_in;
  for (const std::uint64_t n : c.write_backs) f.written += n;
  f.bytes_read = c.bytes_read;
  f.bytes_written = c.bytes_written;
  for (const std::uint64_t n : c.system_calls) f.calls += n;
  return f;
}

TEST_CASE("a line is visited when it runs, and its touches are its ticks") {
  const auto film = film_of(script("change a map"));
  std::vector<std::uint32_t> lines;
  for (const Visit& visit : film->visits()) lines.push_back(visit.line);
  CHECK(lines == std::vector<std::uint32_t>{1, 2, 3, 4});
  CHECK(film->ticks() == 5);  // line 3 makes two touches
  CHECK(film->touches_of(2) == 2);
  CHECK(film->visits()[2].first_tick == 2);
  CHECK(film->after(3).first_tick == film->ticks());
  CHECK(film->visit_at(3) == 2);
  CHECK(film->visit_at(4) == 2);
  CHECK(film->visit_at(5) == 3);
  CHECK(film->next_visit(0) == 0);
  CHECK(film->next_visit(5) == 4);
}

TEST_CASE("a line in a loop has its turns, and each can be found") {
  const auto film = film_of(script("loop under lru"));
  const auto& visits = film->visits_of(5);
  REQUIRE(visits.size() == 30);
  for (std::size_t i = 0; i < visits.size(); ++i) {
    CHECK(film->visits()[visits[i]].turn == i + 1);
    CHECK(film->tick_of({.line = 5, .turn = i + 1}) == film->visits()[visits[i]].first_tick);
  }
  const Tick fourth = *film->tick_of({.line = 5, .turn = 4});
  CHECK(film->tick_of({.line = 5, .turn = 4, .touch = 2}) == fourth + 2);
  CHECK_FALSE(film->tick_of({.line = 5, .turn = 4, .touch = 3}));
  CHECK_FALSE(film->tick_of({.line = 5, .turn = 31}));
  CHECK_FALSE(film->tick_of({.line = 99}));
  CHECK(film->visits_of(99).empty());
}

TEST_CASE("law: visits follow on each other in ticks, touches, events and time") {
  for (const Script& s : scripts()) {
    CAPTURE(s.name);
    const auto film = film_of(s);
    REQUIRE_FALSE(film->visits().empty());
    CHECK(film->visits().front().first_tick == 0);
    for (std::size_t v = 0; v < film->visits().size(); ++v) {
      const Visit& visit = film->visits()[v];
      const Visit& next = film->after(v);
      CHECK(visit.first_tick < next.first_tick);
      CHECK(visit.begin <= next.begin);
      CHECK(visit.first_event <= next.first_event);
      CHECK(visit.begin_ns <= next.begin_ns);
      CHECK(visit.output_before <= next.output_before);
      CHECK(next.first_tick - visit.first_tick == std::max<std::uint64_t>(1, film->touches_of(v)));
    }
    CHECK(film->after(film->visits().size() - 1).first_tick == film->ticks());
  }
}

TEST_CASE("law: an event lies before a tick exactly where its own tick does") {
  for (const Script& s : scripts()) {
    CAPTURE(s.name);
    const auto film = film_of(s);
    CHECK(film->events_before(0) == 0);
    CHECK(film->events_before(film->ticks()) == film->events().size());
    for (Tick tick = 0; tick <= film->ticks(); ++tick) {
      CAPTURE(tick);
      const std::size_t before = film->events_before(tick);
      for (std::size_t e = 0; e < film->events().size(); ++e) {
        CAPTURE(e);
        REQUIRE((e < before) == (film->tick_of_event(e) < tick));
      }
    }
  }
}

TEST_CASE("law: what the lines add up to is what the run's steps count") {
  for (const Script& s : scripts()) {
    CAPTURE(s.name);
    const auto film = film_of(s);
    std::map<std::uint32_t, session::Counters> by_line;
    session::Counters all;
    for (const session::Step& step : film->run().steps) {
      if (step.line == 0) continue;  // after the program's last line
      by_line[step.line] += step.counters;
      all += step.counters;
    }
    for (const auto& entry : by_line) {
      const auto line = entry.first;
      const session::Counters& counters = entry.second;
      CAPTURE(line);
      CHECK(film->figures_of(line, film->ticks()) == figures_of(counters));
    }
    CHECK(film->totals(film->ticks()) == figures_of(all));
    CHECK(film->totals(0) == LineFigures());
    std::uint64_t touches = 0;
    for (std::size_t v = 0; v < film->visits().size(); ++v) touches += film->touches_of(v);
    CHECK(touches == all.touches);
  }
}

TEST_CASE("law: at every tick the figures are those of the events before it") {
  for (const Script& s : scripts()) {
    CAPTURE(s.name);
    const auto film = film_of(s);
    for (Tick tick = 0; tick <= film->ticks(); ++tick) {
      CAPTURE(tick);
      REQUIRE(film->totals(tick) == sum_of_events(*film, 0, film->events_before(tick)));
    }
  }
}

TEST_CASE("law: a tick shows the same computer whichever way it is gone to") {
  for (const Script& s : scripts()) {
    CAPTURE(s.name);
    const auto film = film_of(s);
    Player forwards(film);
    std::vector<std::string> seen;
    for (Tick tick = 0; tick <= film->ticks(); ++tick) {
      forwards.go(tick);
      seen.push_back(viz_tests::digest_of(forwards.machine()));
    }
    Player backwards(film);
    for (Tick tick = film->ticks() + 1; tick-- > 0;) {
      CAPTURE(tick);
      backwards.go(tick);
      REQUIRE(viz_tests::digest_of(backwards.machine()) == seen[tick]);
    }
    sim::Rng rng(1);
    for (int i = 0; i < 100; ++i) {
      const Tick tick = rng.below(film->ticks() + 1);
      CAPTURE(tick);
      backwards.go(tick);
      REQUIRE(viz_tests::digest_of(backwards.machine()) == seen[tick]);
    }
  }
}

TEST_CASE("law: at the end of a line the computer's clocks say what the film says") {
  for (const Script& s : scripts()) {
    CAPTURE(s.name);
    const auto film = film_of(s);
    Player player(film);
    for (std::size_t v = 0; v < film->visits().size(); ++v) {
      const Visit& next = film->after(v);
      player.go(next.first_tick);
      REQUIRE(player.is_at_line_end());
      REQUIRE(player.visit() == v);
      CHECK(player.machine().touches() == next.begin.touch);
      CHECK(player.simulated_ns() == next.begin_ns);
    }
  }
}

TEST_CASE("what was printed is in the film, and the error that ended it is in its run") {
  const auto film = film_of(script("two arrays"));
  CHECK(film->output().starts_with("3.0\n"));
  CHECK(film->run().ending.kind == session::EndKind::raised);
  CHECK(film->run().ending.error_line == "ValueError: over");
}

TEST_CASE(
    "a run that stores more than its recording holds goes on; its first bytes are forgotten") {
  auto compiled = session::compile_program(
      "import numpy as np\na = np.zeros(300000)\nfor i in range(6):\n    a[:] = i + 1\n",
      "long.py");
  const auto film = make_film({.program = std::get<python::Program>(compiled),
                               .settings = {},
                               .files = {},
                               .most_bytes = 6 << 20});
  CHECK(film->run().ending.kind == session::EndKind::finished);
  Player player(film);
  player.go(film->ticks());
  CHECK(player.knows_contents());
  const Moment from = film->recording().contents_known_from();
  CHECK(from.touch > 300'000);
  CHECK(from.touch < film->ticks());
  player.go(310'000);  // the pages are as they were, and their bytes are not known
  CHECK_FALSE(player.knows_contents());
  CHECK(player.machine().kernel().frames.in_use().count == 586);
}

TEST_CASE("an endless program ends where its recording is full, and says so") {
  auto compiled = session::compile_program("i = 0\nwhile True:\n    i += 1\n", "endless.py");
  const auto film = make_film({.program = std::get<python::Program>(compiled),
                               .settings = {},
                               .files = {},
                               .most_bytes = 1 << 20});
  CHECK(film->run().ending.message.starts_with("the recording stops here"));
  // Lines that ask nothing of the computer take room too.
  CHECK(film->visits().size() * sizeof(Visit) < 4 << 20);
}

}  // namespace

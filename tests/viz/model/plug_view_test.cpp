// What a power cut may leave is counted as the run with that power cut counts it.

#include <doctest/doctest.h>

#include "tests/viz/model/films.h"
#include "viz/model/plug_view.h"
#include "viz/model/words.h"

namespace {

using namespace viz;
using viz_tests::film_of;
using viz_tests::script;

TEST_CASE("before any file holds anything there is nothing to lose") {
  Player player(film_of(script("loop under lru")));
  player.go(player.film().ticks());
  CHECK_FALSE(plug_view(player, 1).why_none.empty());
}

TEST_CASE("after two stores to a map: the page is dirty, kill -9 keeps it, a power cut may not") {
  Player player(film_of(script("change a map")));
  player.go(*player.film().tick_of({.line = 4}));
  const PlugView view = plug_view(player, 1);
  CHECK(view.file == "data.bin");
  CHECK(view.unit == "elements of data.bin");
  REQUIRE(view.now.disk.size() == 4);
  CHECK(view.now.program[3].value == "0");
  CHECK(view.now.cache[3].value == "0");
  CHECK(view.now.cache[3].state == PageState::dirty);
  CHECK(view.now.disk[3].value == "3");
  CHECK(view.killed.program.empty());
  CHECK(view.killed.cache.size() == 4);
  CHECK(view.killed.cache[3].value == "0");
  CHECK(view.cut.program.empty());
  CHECK(view.cut.cache.empty());
  CHECK(view.cut.figure != "1");
}

TEST_CASE("after the flush there is one disk image, and it holds what was stored") {
  Player player(film_of(script("change a map")));
  player.go(player.film().ticks());
  const PlugView view = plug_view(player, 1);
  CHECK(view.cut.figure == "1");
  REQUIRE(view.images.size() == 1);
  for (std::size_t i = 0; i < 4; ++i)
    CHECK(view.images[0].row[i].value == view.now.program[i].value);
  CHECK(view.now.disk[3].value == "0");
}

TEST_CASE("law: before every line there are as many images as if the power were cut there") {
  for (const char* name : {"change a map", "read and write", "evict a file"}) {
    const viz_tests::Script& s = script(name);
    CAPTURE(s.name);
    Player player(film_of(s));
    const Film& film = player.film();
    auto compiled = session::compile_program(s.source, "test.py");
    for (const Visit& visit : film.visits()) {
      CAPTURE(visit.line);
      CAPTURE(visit.turn);
      if (visit.goes_on) continue;
      player.go(visit.first_tick);
      const PlugView view = plug_view(player, 1);
      if (!view.why_none.empty()) continue;
      const auto cut = session::play_simulated(
          {.program = std::get<python::Program>(compiled),
           .settings = film.settings(),
           .files = s.files,
           .stop = session::Stop{session::Stop::How::power_cut, {visit.line, visit.turn, {}}}});
      REQUIRE(cut.run.power_cut);
      const std::string& images = cut.run.power_cut->images;
      if (!images.empty() && images.size() < 16) {
        CHECK(view.cut.figure == with_commas(std::stoull(images)));
      } else {
        CHECK(view.cut.figure.starts_with("2^"));
      }
    }
  }
}

TEST_CASE("law: the same seed draws the same images, and each value is an old or a new one") {
  Player player(film_of(script("evict a file")));
  for (Tick tick = 0; tick <= player.film().ticks(); ++tick) {
    CAPTURE(tick);
    player.go(tick);
    const PlugView one = plug_view(player, 3), same = plug_view(player, 3);
    REQUIRE(one.images.size() == same.images.size());
    for (std::size_t i = 0; i < one.images.size(); ++i) {
      CHECK(one.images[i].name == same.images[i].name);
      REQUIRE(one.images[i].row.size() == one.columns.size());
      for (std::size_t c = 0; c < one.columns.size(); ++c) {
        CHECK(one.images[i].row[c].value == same.images[i].row[c].value);
      }
    }
  }
}

}  // namespace

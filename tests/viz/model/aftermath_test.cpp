// What becomes of a program after a disaster in the middle of it.

#include "viz/model/aftermath.h"

#include <doctest/doctest.h>

#include "tests/viz/model/films.h"
#include "viz/model/aftermath_view.h"
#include "viz/model/player.h"

namespace {

using namespace viz;
using viz_tests::film_of;
using viz_tests::Script;
using viz_tests::script;

std::shared_ptr<const Aftermath> after(const Script& s, const Player& player,
                                       std::shared_ptr<const Film> film, Disaster disaster,
                                       const std::string& file) {
  auto compiled = session::compile_program(s.source, "test.py");
  return make_aftermath({.disaster = disaster,
                         .program = std::get<python::Program>(compiled),
                         .film = std::move(film),
                         .stop = {},
                         .moment = player.moment(),
                         .file = file,
                         .place = place_of(player),
                         .now = player.machine()});
}

struct Case {
  const Script& script;
  std::shared_ptr<const Film> film;
  Player player;
  explicit Case(const Script& s) : script(s), film(film_of(s)), player(film) {}
  std::shared_ptr<const Aftermath> after(Disaster disaster, const std::string& file) const {
    return ::after(script, player, film, disaster, file);
  }
};

const Script kGrows{"grows",
                    "import numpy as np\n"
                    "with open('new.bin', 'wb') as fp:\n"
                    "    np.zeros(512).tofile(fp)\n"
                    "    fp.flush()\n"
                    "    np.ones(512).tofile(fp)\n"
                    "    fp.flush()\n"
                    "print('done')\n",
                    {"frames=16"}};

TEST_CASE("a disk that is full from the start refuses the first page: the program hears ENOSPC") {
  Case c(kGrows);
  c.player.go(*c.film->tick_of({.line = 3}));
  const auto aftermath = c.after(Disaster::disk_full, "new.bin");
  REQUIRE(aftermath->why_not.empty());
  CHECK(aftermath->refusals > 0);
  CHECK(aftermath->run.ending.kind == session::EndKind::raised);
  CHECK(aftermath->run.ending.error_line.starts_with("OSError: "));
}

TEST_CASE("a disk that fills up after the first page keeps it, and refuses the second") {
  Case c(kGrows);
  c.player.go(*c.film->tick_of({.line = 5}));
  const auto aftermath = c.after(Disaster::disk_full, "new.bin");
  REQUIRE(aftermath->why_not.empty());
  CHECK(aftermath->run.ending.kind == session::EndKind::raised);
  const AftermathView view = aftermath_view(c.player, Disaster::disk_full, aftermath.get());
  CHECK(view.after.figure == "OSError");
  CHECK(view.after.figure_label == "in line 5");
  CHECK(view.struck.figure == "ends");
  sim::Machine left = *aftermath->after;
  const auto bytes =
      left.bytes_of("new.bin", sim::Truth::cache, sim::FileOffset{0}, sim::Bytes{9000});
  REQUIRE(bytes.bytes);
  CHECK(bytes.bytes->size() == 4096);
}

TEST_CASE("stores to pages that have their place on the disk hear nothing of a full one") {
  Case c(script("change a map"));
  c.player.go(*c.film->tick_of({.line = 3}));
  const auto aftermath = c.after(Disaster::disk_full, "data.bin");
  REQUIRE(aftermath->why_not.empty());
  CHECK(aftermath->refusals == 0);
  CHECK(aftermath->run.ending.kind == session::EndKind::finished);
}

TEST_CASE(
    "a file emptied under its map: the next touch is SIGBUS, and the disk may keep the bytes") {
  Case c(script("change a map"));
  c.player.go(*c.film->tick_of({.line = 3}) + 1);  // one of two stores
  const auto aftermath = c.after(Disaster::truncation, "data.bin");
  REQUIRE(aftermath->why_not.empty());
  CHECK(aftermath->run.ending.kind == session::EndKind::died);
  CHECK(aftermath->run.ending.signal == 7);
  CHECK(aftermath->run.ending.line == 3);
  const AftermathView view = aftermath_view(c.player, Disaster::truncation, aftermath.get());
  CHECK(view.why_none.empty());
  CHECK(view.now.program[0].is_there);
  CHECK_FALSE(view.struck.program[0].is_there);
  CHECK(view.struck.disk[0].is_there);  // nobody asked for the new size to be durable
  CHECK(view.after.program.empty());
  CHECK(view.after.figure == "SIGBUS");
}

TEST_CASE(
    "a file emptied behind a program that has read it: it writes on, and is heard by nobody") {
  Case c(script("read and write"));
  c.player.go(*c.film->tick_of({.line = 4}));
  const auto aftermath = c.after(Disaster::truncation, "data.bin");
  REQUIRE(aftermath->why_not.empty());
  CHECK(aftermath->run.ending.kind == session::EndKind::finished);
}

TEST_CASE("law: up to the disaster the run is the film's, at every tick") {
  for (const char* name : {"change a map", "read and write", "evict a file", "two arrays"}) {
    Case c(script(name));
    CAPTURE(std::string(name));
    for (Tick tick = 1; tick <= c.film->ticks(); ++tick) {
      CAPTURE(tick);
      c.player.go(tick);
      const sim::Inode* file = file_to_lose(c.player);
      if (file == nullptr) continue;
      const auto aftermath = c.after(Disaster::disk_full, file->name);
      if (!aftermath->why_not.empty()) continue;
      REQUIRE(aftermath->struck);
      // Between two elements: of one under way, its last touches come first.
      CHECK(aftermath->struck->touches() >= c.player.machine().touches());
      CHECK(aftermath->struck->touches() <= c.player.machine().touches() + 2);
      if (aftermath->struck->touches() != c.player.machine().touches()) continue;
      sim::Machine now = c.player.machine(), struck = *aftermath->struck;
      const sim::Observation a = now.observe(), b = struck.observe();
      REQUIRE(a.files.size() == b.files.size());
      for (std::size_t f = 0; f < a.files.size(); ++f) {
        CHECK(a.files[f].size == b.files[f].size);
        CHECK(a.files[f].resident == b.files[f].resident);
        CHECK(a.files[f].dirty == b.files[f].dirty);
      }
      CHECK(struck.kernel().disk_room == sim::Pages{0});
    }
  }
}

TEST_CASE("a kill leaves on this computer what it leaves on the simulated one") {
  Case c(script("change a map"));
  c.player.go(*c.film->tick_of({.line = 3}) + 1);
  const auto aftermath = c.after(Disaster::kill, "data.bin");
  REQUIRE(aftermath->why_not == "");
  CHECK(aftermath->is_same_here);
  CHECK(remark_on_kill(aftermath.get()) == "= this computer");
  Player later(c.film);
  later.go(c.film->ticks());
  // Against the machine of another moment it is not.
  auto compiled = session::compile_program(c.script.source, "test.py");
  const auto wrong = make_aftermath({.disaster = Disaster::kill,
                                     .program = std::get<python::Program>(compiled),
                                     .film = c.film,
                                     .stop = {},
                                     .moment = c.player.moment(),
                                     .file = "data.bin",
                                     .place = place_of(c.player),
                                     .now = later.machine()});
  CHECK_FALSE(wrong->is_same_here);
  CHECK(remark_on_kill(wrong.get()) == "≠ this computer");
}

TEST_CASE("nothing is computed for a moment before any file, and what is awaited is told") {
  Case c(script("loop under lru"));
  c.player.go(c.film->ticks());
  CHECK_FALSE(aftermath_view(c.player, Disaster::disk_full, nullptr).why_none.empty());
  Case d(script("change a map"));
  d.player.go(d.film->ticks());
  CHECK(aftermath_view(d.player, Disaster::disk_full, nullptr).why_none ==
        "running the program on …");
}

}  // namespace

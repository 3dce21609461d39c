// Two runs under one cursor stand where it says, whichever of them moves.

#include "viz/model/beside.h"

#include <doctest/doctest.h>

#include "sim/core/rng.h"
#include "tests/viz/model/films.h"

namespace {

using namespace viz;
using viz_tests::film_of;
using viz_tests::script;
using viz_tests::Script;
using viz_tests::scripts;

using SharedFilm = std::shared_ptr<const Film>;

SharedFilm film_on(const std::string& name, std::vector<std::string> settings) {
  Script s = script(name);
  s.settings = std::move(settings);
  return film_of(s);
}

struct Pair {
  SharedFilm left, right;
};

// Each program beside the next, in both orders, and beside itself; one of them has nothing to run.
std::vector<Pair> pairs() {
  std::vector<SharedFilm> films;
  for (const Script& s : scripts()) films.push_back(film_of(s));
  films.push_back(film_of({"empty", ""}));
  std::vector<Pair> all;
  for (std::size_t i = 0; i < films.size(); ++i) {
    const SharedFilm& next = films[(i + 1) % films.size()];
    all.insert(all.end(), {{films[i], next}, {next, films[i]}, {films[i], films[i]}});
  }
  return all;
}

// It has got as far as it can in that time, and no further.
void check_by_time(const Player& player, std::uint64_t ns) {
  CAPTURE(player.tick());
  CAPTURE(ns);
  CHECK(player.simulated_ns() <= ns);
  if (player.tick() == player.film().ticks()) return;
  Player next(player.shared_film());
  next.go(player.tick() + 1);
  CHECK(next.simulated_ns() > ns);
}

// `led` stands where it was put; the other has followed.
enum class Led { left, right, both };
void check_twins(const Beside& beside, const Player& left, Led led) {
  CHECK(beside.x(left) >= 0);
  CHECK(beside.x(left) <= 1);
  CHECK(beside.left_tick() == left.tick());
  if (beside.pace() == Pace::access) {
    CHECK(beside.right().tick() == left.tick());
    return;
  }
  CHECK(left.simulated_ns() <= beside.ns());
  CHECK(beside.right().simulated_ns() <= beside.ns());
  const Player& put = led == Led::left ? left : beside.right();
  if (led != Led::both) CHECK(put.simulated_ns() == beside.ns());
  if (led != Led::both && put.tick() == 0) {  // nothing has run on either side
    CHECK(left.tick() == 0);
    CHECK(beside.right().tick() == 0);
    return;
  }
  if (led != Led::left) check_by_time(left, beside.ns());
  if (led != Led::right) check_by_time(beside.right(), beside.ns());
}

TEST_CASE("law: a film tells the time of the computer wherever a line begins or ends") {
  for (const Script& s : scripts()) {
    CAPTURE(s.name);
    Player player(film_of(s));
    const Film& film = player.film();
    CHECK(player.simulated_ns() == 0);
    std::uint64_t last = 0;
    for (Tick tick = 0; tick <= film.ticks(); ++tick) {
      CAPTURE(tick);
      player.go(tick);
      CHECK(film.about_ns(tick) >= last);
      last = film.about_ns(tick);
      const bool is_known = tick == 0 || player.is_at_line_end();
      if (is_known) CHECK(last == player.simulated_ns());
    }
    CHECK(film.all_ns() == last);
  }
}

TEST_CASE("law: the last tick that is over at a time is found, from wherever the player stands") {
  sim::Rng rng(7);
  for (const Script& s : scripts()) {
    CAPTURE(s.name);
    Player player(film_of(s));
    const std::uint64_t all = player.film().all_ns();
    for (int i = 0; i < 40; ++i) {
      const std::uint64_t ns = rng.below(all + all / 8 + 1);
      const Tick tick = go_by_time(player, ns);
      CHECK(player.tick() == tick);
      check_by_time(player, ns);
    }
  }
}

TEST_CASE("law: wherever either run is sent, the other stands where the cursor says") {
  sim::Rng rng(1);
  for (const Pair& pair : pairs()) {
    for (const Pace pace : {Pace::access, Pace::time}) {
      Beside beside(pair.left, pair.right);
      Player left(pair.left);
      if (pace == Pace::access && !beside.is_in_step()) continue;
      beside.set_pace(pace, left);
      for (int i = 0; i < 24; ++i) {
        CAPTURE(i);
        Led led = Led::both;
        switch (rng.below(4)) {
          case 0:
            led = Led::left;
            left.go(rng.below(pair.left->ticks() + 1));
            beside.follow(left);
            break;
          case 1:
            led = Led::right;
            beside.lead(rng.below(pair.right->ticks() + 1), left);
            break;
          case 2: {
            const double x = static_cast<double>(1 + rng.below(1000)) / 1000;
            beside.go_to(x, left);
            const bool has_time = pair.left->all_ns() > 0 || pair.right->all_ns() > 0;
            if (pace == Pace::time && has_time)
              CHECK(beside.x(left) == doctest::Approx(x).epsilon(0.01));
            break;
          }
          default: beside.go_to_end(left); CHECK(beside.is_over(left));
        }
        check_twins(beside, left, led);
      }
    }
  }
}

TEST_CASE("law: a place by time lies where its time is, on one axis for both runs") {
  for (const Pair& pair : pairs()) {
    const std::uint64_t all = std::max(pair.left->all_ns(), pair.right->all_ns());
    if (all == 0) continue;
    for (const SharedFilm& film : {pair.left, pair.right}) {
      const TimeAxis axis = TimeAxis::by_time(film, all);
      double last = 0;
      for (Tick tick = 0; tick <= film->ticks(); ++tick) {
        CAPTURE(tick);
        const double x = axis.x_of(tick);
        CHECK(x >= last);
        CHECK(x == doctest::Approx(static_cast<double>(film->about_ns(tick)) /
                                   static_cast<double>(all)));
        CHECK(axis.x_of(axis.tick_at(x)) == doctest::Approx(x));
        CHECK(axis.first_tick_from(x) <= tick);
        last = x;
      }
      CHECK(axis.first_tick_from(1.5) == film->ticks());
    }
  }
}

TEST_CASE("one program on two machines goes access by access, whatever the machines") {
  const SharedFilm eight = film_on("loop under lru", {"frames=8"});
  for (const std::vector<std::string>& machine :
       std::vector<std::vector<std::string>>{{"frames=9"},
                                             {"frames=4"},
                                             {"policy=random", "frames=8"},
                                             {"policy=fifo", "frames=8"},
                                             {"frames=8", "tlb_entries=4", "tlb_ways=4"}}) {
    CAPTURE(machine.front());
    CHECK(are_in_step(*eight, *film_on("loop under lru", machine)));
  }
}

TEST_CASE("programs that make other accesses are not in step: simulated time is what they share") {
  const SharedFilm one = film_of(script("change a map")), other = film_of(script("read and write"));
  CHECK_FALSE(are_in_step(*one, *other));
  Beside beside(one, other);
  CHECK(beside.pace() == Pace::time);
  CHECK_FALSE(beside.is_in_step());
}

TEST_CASE("ten frames are over long before eight, which goes on alone from there") {
  const SharedFilm ten = film_on("loop under lru", {"frames=10"});
  const SharedFilm eight = film_on("loop under lru", {"frames=8"});
  Beside beside(ten, eight);
  Player left(ten);
  CHECK(beside.pace() == Pace::access);
  beside.set_pace(Pace::time, left);
  left.go(ten->ticks());
  beside.follow(left);
  CHECK(beside.right().tick() < eight->ticks());
  CHECK_FALSE(beside.is_right_ahead(left));
  const Tick was = beside.right().tick();
  beside.lead(was + 1, left);
  CHECK(beside.is_right_ahead(left));
  CHECK(left.tick() == ten->ticks());
  CHECK(beside.right().tick() == was + 1);
  beside.lead(eight->ticks(), left);
  CHECK(beside.is_over(left));
}

TEST_CASE("both timelines show the same part of the axis") {
  const SharedFilm eight = film_on("loop under lru", {"frames=8"});
  Beside beside(eight, film_on("loop under lru", {"frames=9"}));
  Player left(eight);
  beside.zoom(0.5, 6);
  CHECK(beside.window().width() < 0.5);
  CHECK(beside.right_timeline().window() == beside.window());
  left.go(eight->ticks());
  beside.follow(left);
  CHECK(beside.window().to == doctest::Approx(1));
  CHECK(beside.right_timeline().window() == beside.window());
  beside.show({});
  CHECK(beside.window().is_whole());
}

}  // namespace

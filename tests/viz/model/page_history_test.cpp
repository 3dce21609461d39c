// Laws: what the events say of each page is what the machine's frames, swap and files say.

#include <doctest/doctest.h>

#include <algorithm>
#include <map>

#include "sim/inspection.h"
#include "tests/viz/model/films.h"
#include "viz/model/player.h"

namespace {

using namespace viz;
using viz_tests::film_of;
using viz_tests::script;
using viz_tests::Script;
using viz_tests::scripts;

using States = std::map<sim::PageName, PageState>;  // but absent ones

void set(States& states, const PageChange& change) {
  if (change.state == PageState::absent) {
    states.erase(change.page);
  } else {
    states[change.page] = change.state;
  }
}

// As the events before that one have left them.
States states_before(const Film& film, std::size_t event) {
  States states;
  for (const PageChange& change : film.history().changes()) {
    if (change.event < event) set(states, change);
  }
  return states;
}

States states_of(const sim::Machine& machine) {
  States states;
  for (const sim::SwapView& slot : sim::swap_of(machine)) {
    states[slot.page] = PageState::swapped;
  }
  const auto frames = sim::frames_of(machine, sim::Pfn{0}, machine.config().frames.count);
  std::map<std::uint32_t, bool> is_copied;  // mappings of files own copies
  for (const sim::AreaView& area : sim::areas_of(machine)) {
    if (area.mapping != sim::kNoObject) is_copied[area.mapping] = area.file != sim::kNoObject;
  }
  for (const sim::FrameView& frame : frames) {
    if (frame.is_free) continue;
    PageState& state = states[frame.page];
    state = frame.is_dirty ? PageState::dirty : PageState::clean;
    if (is_copied[frame.page.object]) state = PageState::copied;
  }
  return states;
}

std::string text_of(const States& states) {
  std::string text;
  for (const auto& [page, state] : states) {
    text += std::to_string(page.object) + ":" + std::to_string(page.index) + "=" +
            std::to_string(static_cast<int>(state)) + " ";
  }
  return text;
}

TEST_CASE("a forked process has its parent's pages, its own copies, and nothing after its end") {
  using sim::EventKind;
  PageHistory history;
  std::size_t event = 0;
  const auto tell = [&](const sim::Event& e) { history.take(e, event++); };
  const auto call = [](sim::SystemCall what, sim::PageName page, std::uint32_t count = 1) {
    return sim::Event{.page = page,
                      .count = count,
                      .kind = EventKind::system_call,
                      .operand = static_cast<std::uint8_t>(what)};
  };
  const auto store = [](std::uint32_t object) {
    return sim::Event{.page = {object, 0},
                      .detail = static_cast<std::uint16_t>(sim::Access::write)};
  };
  tell(call(sim::SystemCall::mmap, {3, 0}));
  tell({.page = {3, 0}, .kind = EventKind::fault_minor});
  tell(store(3));
  tell(call(sim::SystemCall::fork, {5, 1}, 1));  // one object, numbered 5
  CHECK(history.state({5, 0}) == PageState::dirty);
  tell({.page = {sim::kNoObject, 0}, .count = 1, .kind = EventKind::process_switch});
  tell({.page = {5, 0}, .kind = EventKind::fault_minor, .detail = sim::fault_detail::cow});
  tell(store(5));
  CHECK(history.state({5, 0}) == PageState::dirty);
  tell(call(sim::SystemCall::exit, {sim::kNoObject, 0}));
  CHECK(history.state({5, 0}) == PageState::absent);
  CHECK(history.state({3, 0}) == PageState::dirty);
}

TEST_CASE("law: at the end of each line every page is in the state that its frame says") {
  for (const Script& s : scripts()) {
    CAPTURE(s.name);
    Player player(film_of(s));
    const Film& film = player.film();
    for (std::size_t v = 0; v < film.visits().size(); ++v) {
      CAPTURE(v);
      CAPTURE(film.visits()[v].line);
      player.go(film.after(v).first_tick);
      REQUIRE(text_of(states_before(film, film.after(v).first_event)) ==
              text_of(states_of(player.machine())));
    }
  }
}

TEST_CASE("law: as many file pages are dirty before a line as the computer says") {
  for (const Script& s : scripts()) {
    CAPTURE(s.name);
    Player player(film_of(s));
    const Film& film = player.film();
    for (std::size_t v = 0; v < film.visits().size(); ++v) {
      CAPTURE(v);
      player.go(film.visits()[v].first_tick);
      sim::Machine machine(player.machine());
      std::uint64_t dirty = 0;
      for (const sim::FileState& file : machine.observe().files) dirty += file.dirty.count();
      CHECK(film.visits()[v].dirty_before == dirty);
    }
  }
}

TEST_CASE("law: no change repeats a state, and changes come in the order of events") {
  for (const Script& s : scripts()) {
    CAPTURE(s.name);
    const auto film = film_of(s);
    States states;
    std::size_t last = 0;
    for (const PageChange& change : film->history().changes()) {
      const auto was = states.find(change.page);
      CHECK((was == states.end() ? PageState::absent : was->second) == change.was);
      CHECK(change.was != change.state);
      CHECK(change.event >= last);
      CHECK(change.event < film->events().size());
      last = change.event;
      set(states, change);
      CHECK(film->history().ever().state(change.page) != PageState::absent);
    }
  }
}

TEST_CASE("a page that is written back is on its way to the disk until it is clean") {
  const auto film = film_of(script("change a map"));
  std::vector<PageState> states;
  for (const PageChange& change : film->history().changes()) states.push_back(change.state);
  CHECK(states == std::vector<PageState>{PageState::clean, PageState::dirty,
                                         PageState::being_written, PageState::clean});
}

// More changes than lie between two keyframes.
Script many_changes() {
  return {"many changes",
          "import numpy as np\na = np.zeros(512 * 40)\nfor turn in range(1500):\n"
          "    a[::512] += 1\n",
          {"frames=16"}};
}

TEST_CASE("law: states before any event are those that the changes before it add up to") {
  std::vector<Script> all = scripts();
  all.push_back(many_changes());
  for (const Script& s : all) {
    CAPTURE(s.name);
    const auto film = film_of(s);
    const std::size_t events = film->events().size();
    for (std::size_t i = 0; i <= 8; ++i) {
      const std::size_t event = events * i / 8;
      CAPTURE(event);
      States kept;
      film->history().states_before(event).for_each(
          [&](sim::PageName page, PageState state) { kept[page] = state; });
      CHECK(text_of(kept) == text_of(states_before(*film, event)));
    }
  }
  CHECK(film_of(many_changes())->history().changes().size() > 131'072);
}

TEST_CASE("law: counts of states are those of the pages") {
  for (const Script& s : scripts()) {
    CAPTURE(s.name);
    const auto film = film_of(s);
    const PageStates states = film->history().states_before(film->events().size());
    std::map<std::uint32_t, PageStates::Counts> counts;
    std::uint64_t size = 0;
    states.for_each([&](sim::PageName page, PageState state) {
      ++counts[page.object][static_cast<std::size_t>(state)];
      ++size;
    });
    for (const auto& [object, wanted] : counts) CHECK(states.counts(object) == wanted);
    CHECK(states.size() == size);
  }
}

}  // namespace

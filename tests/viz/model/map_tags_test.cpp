// What became of pages, held against the whole history; words on the map never lie over each other.

#include "viz/model/map_tags.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "tests/viz/model/films.h"
#include "viz/model/pages_view.h"

namespace {

using namespace viz;
using viz_tests::film_of;
using viz_tests::Script;
using viz_tests::scripts;

constexpr MapRoom kRoom{1024, 500, 28};

// One page in four is stored to, after all were loaded from.
const Script kStripes{"stripes",
                      "import numpy as np\n"
                      "m = np.memmap('a.bin', dtype='uint8', mode='w+', shape=(4096, 4096))\n"
                      "s = m[:2048, 0].sum()\n"
                      "m[::4, 0] = 1\n",
                      {"frames=8192"}};

TEST_CASE("law: a page's last change, and the ones before, are those that the history has") {
  for (const Script& s : scripts()) {
    CAPTURE(s.name);
    const auto film = film_of(s);
    const PageHistory& history = film->history();
    const auto& changes = history.changes();
    for (std::size_t event = 0; event <= film->events().size(); ++event) {
      history.ever().for_each([&](sim::PageName page, PageState) {
        std::optional<std::size_t> last = history.last_change(page, event);
        for (std::size_t c = changes.size(); c-- > 0;) {
          if (changes[c].page != page || changes[c].event >= event) continue;
          REQUIRE(last == c);
          last = history.change_before(c);
        }
        CHECK_FALSE(last);
      });
    }
  }
}

TEST_CASE("a page tells which line read, wrote and evicted it") {
  const Script evicting{"evicting",
                        "import numpy as np\n"
                        "m = np.memmap('a.bin', dtype='uint8', mode='w+', shape=(8, 4096))\n"
                        "m[0, 0]\n"
                        "m[1, 0] = 1\n"
                        "m.flush()\n"
                        "m[2:6, 0].sum()\n",
                        {"frames=4"}};
  const auto film = film_of(evicting);
  const auto at_end_of = [&](std::uint32_t line, std::uint32_t page) {
    const std::size_t visit = film->visits_of(line).back();
    return text_of(tale_of(*film, {0, page}, film->after(visit).first_event));
  };
  CHECK(at_end_of(2, 0) == "never touched");
  CHECK(at_end_of(3, 0) == "read by line 3: clean");
  CHECK(at_end_of(4, 1) == "written by line 4: dirty");
  CHECK(at_end_of(5, 1) == "written by line 4, written back: clean");
  CHECK(at_end_of(6, 0) == "evicted in line 6");
  CHECK(at_end_of(6, 6) == "never touched");
}

TEST_CASE("rows of one tale have one tag: read, written in stripes, never touched") {
  Player player(film_of(kStripes));
  player.go(player.film().ticks());
  MapRoom room = kRoom;
  const PagesView view = pages_view(player, {room, {}});
  REQUIRE(view.map.pages_per_cell == 1);
  std::vector<std::string> texts;
  for (const MapTag& tag : view.tags) texts.push_back(tag.text);
  REQUIRE(texts.size() == 2);
  CHECK(texts[0].find("by line") != std::string::npos);
  CHECK(texts[1] == "written by line 4: dirty, one page in 4");
}

TEST_CASE("law: tags lie in their bands, and apart") {
  std::vector<Script> all = scripts();
  all.push_back(kStripes);
  for (const Script& s : all) {
    CAPTURE(s.name);
    Player player(film_of(s));
    for (const MapRoom& room : {kRoom, MapRoom{300, 200, 20, 10, 20}, MapRoom{60, 40, 4, 2, 8}}) {
      for (std::size_t v = 0; v < player.film().visits().size(); ++v) {
        player.go(player.film().after(v).first_tick);
        const PagesView view = pages_view(player, {room, {}});
        for (std::size_t t = 0; t < view.tags.size(); ++t) {
          const MapTag& tag = view.tags[t];
          const float height = float(view.map.bands[tag.band].rows) * view.map.cell_height;
          CHECK(tag.y - room.tag / 2 >= 0);
          CHECK(tag.y + room.tag / 2 <= height);
          const bool is_first = t == 0 || view.tags[t - 1].band != tag.band;
          if (!is_first) CHECK(tag.y - view.tags[t - 1].y >= room.tag);
        }
      }
    }
  }
}

TEST_CASE("law: ranges have every page once, in the states that are counted") {
  for (const Script& s : scripts()) {
    CAPTURE(s.name);
    Player player(film_of(s));
    for (std::size_t v = 0; v < player.film().visits().size(); ++v) {
      player.go(player.film().after(v).first_tick);
      const PagesView view = pages_view(player, {kRoom, {}});
      std::array<std::uint64_t, kPageStates> counts{};
      const Table ranges = ranges_table(player);
      for (const auto& row : ranges.rows) {
        const auto pages = std::get<std::uint64_t>(row[3]);
        CHECK(std::get<std::uint64_t>(row[2]) - std::get<std::uint64_t>(row[1]) + 1 == pages);
        for (int state = 0; state < kPageStates; ++state) {
          const bool is_it = std::get<std::string>(row[4]) == words_of(PageState(state));
          if (is_it) counts[std::size_t(state)] += pages;
        }
      }
      CHECK(counts == view.counts);
    }
  }
}

}  // namespace

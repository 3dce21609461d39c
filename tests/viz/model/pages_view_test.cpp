// The map has every page once, shows the busiest of those that share a cell, and agrees with the
// computer.

#include "viz/model/pages_view.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <bit>
#include <map>

#include "sim/core/rng.h"
#include "tests/viz/model/films.h"
#include "viz/model/page_look.h"

namespace {

using namespace viz;
using viz_tests::film_of;
using viz_tests::script;
using viz_tests::Script;
using viz_tests::scripts;

constexpr MapRoom kRoom{1024, 500, 28};

TEST_CASE(
    "law: every page has one cell, within the room, and a cell leads back to its first page") {
  sim::Rng rng(5);
  const std::vector<std::vector<MapObject>> cases{{{0, 1}},
                                                  {{3, 10}},
                                                  {{0, 512}},
                                                  {{0, 77'777}},
                                                  {{0, 1'048'576}},
                                                  {{0, 1}, {1, 1'000'000}},
                                                  {{2, 20'000'000}, {7, 3}, {9, 512}},
                                                  {{0, 4}, {1, 4}, {2, 4}}};
  for (const MapRoom& room : {kRoom, MapRoom{819, 400, 22}}) {
    for (const auto& objects : cases) {
      const PageMap map = lay_out(objects, room);
      CAPTURE(objects.front().pages);
      CHECK(std::has_single_bit(map.pages_per_row));
      CHECK(std::has_single_bit(map.pages_per_cell));
      CHECK(map.cell_width >= 1);
      CHECK(map.cell_height >= 1);
      const float headings = objects.size() > 1 ? room.heading * float(objects.size()) : 0;
      CHECK(map.cell_width * float(map.columns) <= room.width * 1.0001f);
      CHECK(map.cell_height * float(map.rows) + headings <= room.height * 1.0001f);
      for (const MapObject& object : objects) {
        for (int i = 0; i < 200; ++i) {
          const auto index = static_cast<std::uint32_t>(i == 0   ? 0
                                                        : i == 1 ? object.pages - 1
                                                                 : rng.below(object.pages));
          const auto cell = map.cell_of({object.object, index});
          REQUIRE(cell);
          const auto first = map.page_at(*cell);
          REQUIRE(first);
          CHECK(first->object == object.object);
          CHECK(first->index <= index);
          CHECK(index < first->index + map.pages_per_cell);
        }
        CHECK_FALSE(map.cell_of({object.object, static_cast<std::uint32_t>(object.pages)}));
      }
      CHECK_FALSE(map.page_at({map.columns, 0}));
      CHECK_FALSE(map.page_at({0, map.rows}));
    }
  }
}

TEST_CASE("a page has a cell of its own as long as there are pixels enough") {
  CHECK(lay_out({{0, 512}}, kRoom).pages_per_cell == 1);
  CHECK(lay_out({{0, 262'144}}, kRoom).pages_per_cell == 1);
  CHECK(lay_out({{0, 1'048'576}}, {1024, 512, 28}).pages_per_cell == 2);
}

TEST_CASE("law: a cell shows the busiest state of its pages, and no state where no page is") {
  sim::Rng rng(9);
  const std::vector<MapObject> objects{{1, 3000}, {4, 77}};
  for (const MapRoom& room : {kRoom, MapRoom{64, 40, 4}}) {
    const PageMap map = lay_out(objects, room);
    PageStates states;
    std::map<std::pair<std::size_t, std::size_t>, PageState> wanted;
    for (const MapObject& object : objects) {
      for (std::uint32_t page = 0; page < object.pages; ++page) {
        const auto state = static_cast<PageState>(rng.below(kPageStates));
        states.set({object.object, page}, state);
        const auto cell = *map.cell_of({object.object, page});
        auto& busiest = wanted.try_emplace({cell.row, cell.column}, state).first->second;
        busiest = busier(busiest, state);
      }
    }
    const auto cells = cells_of(map, states);
    REQUIRE(cells.size() == map.columns * map.rows);
    for (std::size_t row = 0; row < map.rows; ++row) {
      for (std::size_t column = 0; column < map.columns; ++column) {
        const auto found = wanted.find({row, column});
        const auto cell = cells[row * map.columns + column];
        CHECK(cell == (found == wanted.end() ? kNoPage : static_cast<std::uint8_t>(found->second)));
      }
    }
  }
}

TEST_CASE("busier: being written, dirty, private, clean, swapped, absent") {
  using enum PageState;
  const PageState order[] = {being_written, dirty, copied, clean, swapped, absent};
  for (std::size_t a = 0; a < std::size(order); ++a) {
    for (std::size_t b = a; b < std::size(order); ++b) {
      CHECK(busier(order[a], order[b]) == order[a]);
      CHECK(busier(order[b], order[a]) == order[a]);
    }
  }
}

TEST_CASE(
    "law: at every moment the counts add up to the pages, and what is in memory to the frames") {
  for (const Script& s : scripts()) {
    CAPTURE(s.name);
    Player player(film_of(s));
    const Film& film = player.film();
    for (std::size_t v = 0; v < film.visits().size(); ++v) {
      CAPTURE(v);
      player.go(film.after(v).first_tick);
      const PagesView view = pages_view(player, {kRoom, std::nullopt});
      std::uint64_t pages = 0, counted = 0, in_frames = 0;
      for (const MapBand& band : view.map.bands) pages += band.pages;
      for (std::size_t state = 0; state < view.counts.size(); ++state) {
        counted += view.counts[state];
        const bool is_in_frame = static_cast<PageState>(state) != PageState::absent &&
                                 static_cast<PageState>(state) != PageState::swapped;
        if (is_in_frame) in_frames += view.counts[state];
      }
      CHECK(counted == pages);
      CHECK(in_frames == sim::frames_in_use(player.machine()));
      CHECK(view.areas.size() == sim::areas_of(player.machine()).size());
      if (view.current) CHECK(view.current == player.story()->page);
    }
  }
}

TEST_CASE("one object can fill the map") {
  Player player(film_of(script("two arrays")));
  player.go(player.film().ticks() / 2);
  const PagesView all = pages_view(player, {kRoom, std::nullopt});
  REQUIRE(all.map.bands.size() > 1);
  const std::uint32_t object = all.map.bands[1].object;
  const PagesView one = pages_view(player, {kRoom, object});
  REQUIRE(one.map.bands.size() == 1);
  CHECK(one.map.bands[0].object == object);
  CHECK(one.areas.size() == all.areas.size());
  // One that is gone is not insisted on.
  CHECK(pages_view(player, {kRoom, 999}).map.bands.size() == all.map.bands.size());
}

TEST_CASE("the zoom lies around its page, and its cells lead to pages and back") {
  const PageMap map = lay_out({{0, 100'000}, {1, 5}}, kRoom);
  PagesView view;
  view.map = map;
  for (const std::uint32_t index : {0u, 1u, 5'000u, 99'999u}) {
    CAPTURE(index);
    const auto zoom = zoom_view(view, {0, index});
    REQUIRE(zoom);
    CHECK(zoom->columns * zoom->rows == zoom->cells.size());
    const auto cell = zoom->cell_of({0, index});
    REQUIRE(cell);
    CHECK(zoom->page_at(*cell) == sim::PageName{0, index});
  }
  CHECK(zoom_view(view, {1, 4})->cells.size() == 5);
  CHECK_FALSE(zoom_view(view, {1, 5}));
  CHECK_FALSE(zoom_view(view, {2, 0}));
}

TEST_CASE("a page tells where it is and what its elements are") {
  Player player(film_of(script("back from swap")));
  player.go(player.film().ticks());
  const sim::PageName page = player.story()->page;
  const PageLook own = look_at_page(player, page);
  CHECK(own.name.find("of a") != std::string::npos);
  CHECK(own.where.find("in frame") == 0);
  REQUIRE_FALSE(own.values.empty());
  CHECK(own.values[0] == "2");
  CHECK(own.format == "float64 from a[0]");
  const sim::PageName swapped = sim::swap_of(player.machine()).front().page;
  CHECK(look_at_page(player, swapped).values[0] == "1");

  Player file(film_of(script("change a map")));
  file.go(file.film().ticks());
  const PageLook of_file = look_at_page(file, {0, 0});
  CHECK(of_file.name == "page 0 of data.bin");
  CHECK(of_file.values.size() == 4);
  CHECK(of_file.values[1] == "1");
}

}  // namespace

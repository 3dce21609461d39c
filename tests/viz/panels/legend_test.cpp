// The legend shows every state and fits its row.

#include <doctest/doctest.h>

#include <cstdlib>

#include "viz/panels/glossary.h"
#include "viz/panels/legend.h"
#include "viz/panels/page_cell.h"
#include "viz/platform/offscreen.h"

namespace {

using namespace viz;

TEST_CASE("the legend shows each state's fill, within the window, in both themes") {
  auto made = Offscreen::open(1600, 1000);
  REQUIRE(std::holds_alternative<Offscreen>(made));
  auto& screen = std::get<Offscreen>(made);
  for (const Theme theme : {Theme::dark, Theme::light}) {
    const Palette& p = palette(theme);
    const Picture picture = screen.frame(p.background, [&](Canvas& c) {
      Controls controls;
      Pen pen{c, p, controls, {-1, -1}};
      draw_legend(pen);
    });
    if (const char* path = std::getenv("PAGEWALK_PICTURES")) {
      const char* name = theme == Theme::dark ? "/legend-dark.png" : "/legend-light.png";
      REQUIRE_FALSE(save_png(picture, std::string(path) + name));
    }
    const auto shows = [&](Color wanted) {
      for (int y = 956; y < 1000; ++y) {
        for (int x = 0; x < 1600; ++x) {
          const std::uint8_t* c = picture.at(x, y);
          if (Color{c[0], c[1], c[2]} == wanted) return true;
        }
      }
      return false;
    };
    for (int i = 1; i < kPageStates; ++i) CHECK(shows(fill_of(static_cast<PageState>(i), p)));
    CHECK(shows(p.major_fault));
    CHECK(shows(p.minor_fault));
    // Nothing runs into the right margin.
    for (int y = 960; y < 1000; ++y) {
      const std::uint8_t* c = picture.at(1590, y);
      CHECK(Color{c[0], c[1], c[2]} == p.panel);
    }
  }
}

TEST_CASE("every word of the legend is explained") {
  for (int i = 0; i < kPageStates; ++i) {
    CHECK_FALSE(meaning_of(words_of(static_cast<PageState>(i))).empty());
  }
  for (const char* event :
       {"major fault", "minor", "write-notify", "victim", "write-back", "accessed"}) {
    CHECK_FALSE(meaning_of(event).empty());
  }
  CHECK(meaning_of("quux").empty());
}

}  // namespace

// Colours can be told apart by every kind of eye, and text can be read from the last row.

#include <doctest/doctest.h>

#include "tests/viz/draw/color_distance.h"
#include "viz/draw/palette.h"

namespace {

using namespace viz;
using viz_tests::Eyes;

constexpr Theme kThemes[] = {Theme::dark, Theme::light};

TEST_CASE("the distance is CIEDE2000: the published pairs") {
  using viz_tests::ciede2000;
  CHECK(ciede2000({50, 2.6772, -79.7751}, {50, 0, -82.7485}) ==
        doctest::Approx(2.0425).epsilon(1e-4));
  CHECK(ciede2000({50, -1, 2}, {50, 0, 0}) == doctest::Approx(2.3669).epsilon(1e-4));
  CHECK(ciede2000({60.2574, -34.0099, 36.2677}, {60.4626, -34.1751, 39.4387}) ==
        doctest::Approx(1.2644).epsilon(1e-4));
}

TEST_CASE("every state, fault and background differs by 15 at least, also to colour-blind eyes") {
  for (const Theme theme : kThemes) {
    const auto colors = colors_to_tell_apart(palette(theme));
    for (const Eyes eyes : {Eyes::normal, Eyes::protanopia, Eyes::deuteranopia, Eyes::tritanopia}) {
      for (std::size_t i = 0; i < colors.size(); ++i) {
        for (std::size_t j = i + 1; j < colors.size(); ++j) {
          // An absent page shows the background, with an outline.
          if (i == 0 && j == colors.size() - 1) continue;
          CAPTURE(static_cast<int>(theme));
          CAPTURE(static_cast<int>(eyes));
          CAPTURE(i);
          CAPTURE(j);
          CHECK(viz_tests::distance(colors[i], colors[j], eyes) >= 15);
        }
      }
    }
  }
}

TEST_CASE("text has a contrast of 4.5 at least on all it stands on") {
  for (const Theme theme : kThemes) {
    const Palette& p = palette(theme);
    for (const Color text : {p.ink, p.dim, p.faint}) {
      for (const Color on : {p.background, p.panel, p.raised}) {
        CHECK(viz_tests::contrast(text, on) >= 4.5);
      }
    }
    CHECK(viz_tests::contrast(p.on_clean, p.clean) >= 4.5);
    CHECK(viz_tests::contrast(p.on_swapped, p.swapped) >= 4.5);
    for (const Color fill : {p.dirty, p.written, p.copied}) {
      CHECK(viz_tests::contrast(p.on_light, fill) >= 4.5);
    }
  }
}

}  // namespace

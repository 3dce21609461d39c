// What the pen draws, as an SVG drawing.

#include <doctest/doctest.h>
#include <imgui.h>

#include <regex>

#include "viz/draw/canvas.h"
#include "viz/draw/svg_surface.h"

namespace {

using namespace viz;

constexpr Color kWhite{255, 255, 255};
constexpr Color kRed{255, 0, 0};
constexpr Rect kAll{0, 0, 1600, 1000};
constexpr TextStyle kWords{Face::words, 20}, kSource{Face::mono_bold, 18};

// Fonts at scale 1, without a window.
struct Fonts {
  FontSet set;
  ImFontAtlas atlas;
  Fonts() : set(opened()) { set.build(atlas, 1); }
  static FontSet opened() {
    auto fonts = FontSet::open();
    REQUIRE(std::holds_alternative<FontSet>(fonts));
    return std::get<FontSet>(std::move(fonts));
  }
};

template <class F>
std::string drawn(Rect view, F draw) {
  static Fonts fonts;
  SvgSurface svg(view, kWhite, "a test");
  Canvas canvas(svg, fonts.set, 1);
  draw(canvas);
  return svg.file();
}

std::size_t count(const std::string& text, const std::string& what) {
  std::size_t n = 0;
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + 1)) ++n;
  return n;
}

TEST_CASE("a drawing is as large as its view and begins with its background") {
  const std::string svg = drawn({10, 20, 300, 200}, [](Canvas&) {});
  CHECK(svg.find("width=\"300\" height=\"200\" viewBox=\"10 20 300 200\"") != std::string::npos);
  CHECK(svg.find("<rect x=\"10\" y=\"20\" width=\"300\" height=\"200\" fill=\"#ffffff\"/>") !=
        std::string::npos);
  CHECK(svg.ends_with("</svg>\n"));
}

TEST_CASE("an outline lies inside its rectangle, a ring inside its circle") {
  const std::string svg = drawn(kAll, [](Canvas& c) {
    c.outline({100, 50, 20, 10}, kRed, 2);
    c.ring({200, 100}, 8, kRed, 2);
  });
  CHECK(svg.find("<rect x=\"101\" y=\"51\" width=\"18\" height=\"8\" fill=\"none\""
                 " stroke=\"#ff0000\" stroke-width=\"2\"/>") != std::string::npos);
  CHECK(svg.find("cx=\"200\" cy=\"100\" r=\"7\"") != std::string::npos);
}

TEST_CASE("each shape of the pen is in the drawing") {
  const std::string svg = drawn(kAll, [](Canvas& c) {
    c.fill({10, 10, 5, 5}, kRed, 2);
    c.horizontal(10, 30, 100, kRed);
    c.dashes(10, 40, 24, kRed);
    c.line({0, 0}, {9, 9}, kRed);
    c.disc({100, 100}, 8, kRed);
    c.diamond({300, 100}, 8, kRed);
    c.triangle({400, 100}, 8, Direction::down, kRed);
    c.cross({500, 100}, 8, kRed);
  });
  CHECK(count(svg, "<rect ") == 1 + 1 + 1 + 3);  // the background, the fill, the line, the dashes
  CHECK(count(svg, "<polyline ") == 1 + 2);      // the line and the cross
  CHECK(count(svg, "<circle ") == 1);
  CHECK(count(svg, "<polygon ") == 2);
}

TEST_CASE("text stays text: as wide as the pen measures it, and no letter is markup") {
  float width = 0;
  const std::string svg = drawn(kAll, [&](Canvas& c) {
    width = c.text({400, 100}, Align::right, kWords, kRed, "a < b && \"c\" ≠ d");
    c.text({10, 200}, Align::left, kSource, kRed, "  indented");
  });
  CHECK(svg.find(">a &lt; b &amp;&amp; &quot;c&quot; ≠ d</text>") != std::string::npos);
  CHECK(svg.find(">  indented</text>") != std::string::npos);
  std::smatch found;
  REQUIRE(
      std::regex_search(svg, found, std::regex("<text x=\"([0-9.]+)\".*textLength=\"([0-9.]+)\"")));
  CHECK(std::stof(found[2]) == doctest::Approx(width).epsilon(0.001));
  CHECK(std::stof(found[1]) == doctest::Approx(400 - width).epsilon(0.001));
}

TEST_CASE("what XML forbids in text is replaced, so that the drawing can always be read") {
  const std::string svg = drawn(kAll, [](Canvas& c) {
    c.text({10, 100}, Align::left, kWords, kRed, "a\tb\x01");
    c.text({10, 200}, Align::left, kWords, kRed, "broken \xC3");
  });
  CHECK(svg.find(">a b </text>") != std::string::npos);
  CHECK(svg.find(">broken \uFFFD</text>") != std::string::npos);
}

TEST_CASE("what lies outside of the view is left out, what reaches into it is kept") {
  const auto draw = [](Canvas& c) {
    c.fill({0, 0, 100, 100}, kRed);
    c.fill({90, 90, 20, 20}, kRed);
    c.text({500, 500}, Align::left, kWords, kRed, "far away");
    c.text({120, 120}, Align::left, kWords, kRed, "within");
  };
  const std::string part = drawn({100, 100, 100, 100}, draw);
  CHECK(count(part, "<rect ") == 2);
  CHECK(count(part, "far away") == 0);
  CHECK(count(part, "within") == 1);
  CHECK(count(drawn(kAll, draw), "far away") == 1);
}

TEST_CASE("the same shapes give the same bytes") {
  const auto draw = [](Canvas& c) { c.text({1.0f / 3, 7}, Align::left, kWords, kRed, "µs"); };
  CHECK(drawn(kAll, draw) == drawn(kAll, draw));
}

}  // namespace

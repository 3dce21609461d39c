// What the pen draws, read back pixel by pixel.

#include <doctest/doctest.h>

#include <cmath>
#include <filesystem>
#include <fstream>

#include "viz/platform/offscreen.h"

namespace {

using namespace viz;

constexpr Color kWhite{255, 255, 255};
constexpr Color kBlack{0, 0, 0};
constexpr Color kRed{255, 0, 0};

Offscreen offscreen(int width, int height) {
  auto made = Offscreen::open(width, height);
  const auto* problem = std::get_if<Problem>(&made);
  INFO((problem != nullptr ? problem->text : std::string()));
  REQUIRE(problem == nullptr);
  return std::get<Offscreen>(std::move(made));
}

Color color_at(const Picture& p, int x, int y) {
  const std::uint8_t* c = p.at(x, y);
  return {c[0], c[1], c[2]};
}

TEST_CASE("fills and outlines lie on whole pixels, at any scale") {
  for (const int scale : {1, 2}) {
    Offscreen screen = offscreen(1600 * scale, 1000 * scale);
    const Picture p = screen.frame(kBlack, [](Canvas& c) {
      c.fill({100, 50, 20, 10}, kRed);
      c.outline({200, 50, 20, 10}, kRed, 1);
    });
    CHECK(color_at(p, 100 * scale, 50 * scale) == kRed);
    CHECK(color_at(p, 120 * scale - 1, 60 * scale - 1) == kRed);
    CHECK(color_at(p, 100 * scale - 1, 50 * scale) == kBlack);
    CHECK(color_at(p, 120 * scale, 60 * scale - 1) == kBlack);
    CHECK(color_at(p, 200 * scale, 55 * scale) == kRed);
    CHECK(color_at(p, 200 * scale + scale, 55 * scale) == kBlack);
    CHECK(color_at(p, 220 * scale - 1, 55 * scale) == kRed);
  }
}

TEST_CASE("marks have their middle where they are put") {
  Offscreen screen = offscreen(1600, 1000);
  const Picture p = screen.frame(kBlack, [](Canvas& c) {
    c.disc({100, 100}, 8, kRed);
    c.ring({200, 100}, 8, kRed);
    c.diamond({300, 100}, 8, kRed);
    c.triangle({400, 100}, 8, Direction::down, kRed);
    c.cross({500, 100}, 8, kRed);
  });
  CHECK(color_at(p, 100, 100) == kRed);
  CHECK(color_at(p, 109, 100) == kBlack);
  CHECK(color_at(p, 200, 100) == kBlack);
  CHECK(color_at(p, 193, 100) == kRed);
  CHECK(color_at(p, 300, 100) == kBlack);
  CHECK(color_at(p, 400, 100) == kRed);
  CHECK(color_at(p, 400, 110) == kBlack);
  CHECK(color_at(p, 500, 100) == kRed);
  CHECK(color_at(p, 500, 92) == kBlack);
}

TEST_CASE("text is as wide as it says, digits all alike, pairs closer where the font says so") {
  Offscreen screen = offscreen(1600, 1000);
  screen.frame(kBlack, [](Canvas& c) {
    const TextStyle words{Face::words, 34};
    CHECK(c.width_of(words, "1111") == doctest::Approx(c.width_of(words, "0000")));
    CHECK(c.width_of(words, "AV") < c.width_of(words, "A") + c.width_of(words, "V") - 0.02f * 34);
    // A pair is never moved by more than a letter's part.
    for (char a = 'A'; a <= 'z'; ++a) {
      for (char b = 'A'; b <= 'z'; ++b) {
        const float pair = c.width_of(words, std::string{a, b});
        const float alone = c.width_of(words, std::string{a}) + c.width_of(words, std::string{b});
        CHECK(std::abs(pair - alone) < 0.2f * 34);
      }
    }
    const TextStyle mono{Face::mono, 18};
    CHECK(c.width_of(mono, "ill") == doctest::Approx(c.width_of(mono, "WWW")));
    CHECK(c.text({10, 100}, Align::left, words, kWhite, "Pagewalk") ==
          doctest::Approx(c.width_of(words, "Pagewalk")));
  });
}

TEST_CASE("text begins, or ends, or has its middle at its point") {
  Offscreen screen = offscreen(1600, 1000);
  const TextStyle style{Face::words_bold, 34};
  const auto extent = [&](Align align) {
    float width = 0;
    const Picture p = screen.frame(kBlack, [&](Canvas& c) {
      width = c.text({400, 200}, align, style, kWhite, "HHHH");
    });
    int left = 1600, right = 0;
    for (int y = 160; y < 220; ++y) {
      for (int x = 0; x < 1600; ++x) {
        if (color_at(p, x, y) == kBlack) continue;
        left = std::min(left, x);
        right = std::max(right, x);
      }
    }
    REQUIRE(left < right);
    // Beside the outermost stems the font leaves less than a tenth of the em.
    CHECK(static_cast<float>(right - left) > width - 0.2f * 34);
    CHECK(static_cast<float>(right - left) < width + 1);
    return std::pair{left, right};
  };
  CHECK(extent(Align::left).first >= 399);
  CHECK(extent(Align::left).first < 404);
  CHECK(extent(Align::right).second <= 401);
  CHECK(extent(Align::right).second > 396);
  const auto [left, right] = extent(Align::center);
  CHECK(std::abs((left + right) / 2 - 400) <= 2);
}

TEST_CASE("the same frame is the same picture, and the same file") {
  const auto draw = [](Canvas& c) {
    c.fill({10, 10, 500, 100}, kRed, 8);
    c.text({20, 60}, Align::left, {Face::mono, 18}, kWhite, "mm[2:] = 0 → data.bin");
  };
  Picture first, second;
  {
    Offscreen screen = offscreen(800, 500);
    first = screen.frame(kBlack, draw);
  }
  {
    Offscreen screen = offscreen(800, 500);
    screen.frame(kWhite, [](Canvas& c) { c.disc({100, 100}, 50, kRed); });
    second = screen.frame(kBlack, draw);
  }
  CHECK(first.pixels == second.pixels);

  const auto folder = std::filesystem::temp_directory_path() / "pagewalk_canvas_test";
  std::filesystem::create_directories(folder);
  const auto bytes_of = [](const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(in), {});
  };
  REQUIRE_FALSE(save_png(first, (folder / "a.png").string()));
  REQUIRE_FALSE(save_png(second, (folder / "b.png").string()));
  CHECK(bytes_of(folder / "a.png") == bytes_of(folder / "b.png"));
  CHECK(bytes_of(folder / "a.png").substr(1, 3) == "PNG");
  const auto problem = save_png(first, (folder / "missing" / "c.png").string());
  REQUIRE(problem);
  CHECK(problem->text.find("cannot be written: No such file or directory") != std::string::npos);
  std::filesystem::remove_all(folder);
}

}  // namespace

// Pictures of lessons, held against those beside this file. `./dev pictures` draws them anew.

#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>

#define STB_IMAGE_IMPLEMENTATION
#define STB_IMAGE_STATIC
#define STBI_ONLY_PNG
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wunused-function"
#include <stb/stb_image.h>
#pragma GCC diagnostic pop

#include "tests/viz/app/picture_difference.h"
#include "tests/viz/app/shipped.h"

namespace {

using namespace viz;
using namespace viz_tests;

// Of 6,250. A page cell alone covers six.
constexpr std::size_t kMostBlocks = 3;

struct Scene {
  const char* name;
  const char* lesson;
  const char* program;
  const char* place;
  Command screen;
  Theme theme;
};

const Scene kScenes[] = {
    {"three-programs", "three-programs", "program-3", "4", Show{Screen::main}, Theme::dark},
    {"more-pages-than-frames", "more-pages-than-frames", "eight-frames", "5#14:1",
     Show{Screen::steps}, Theme::light},
    {"visible-is-not-durable", "visible-is-not-durable", "power-cut", "5:2560", PullPlug{},
     Theme::dark},
    {"choose-a-strategy", "choose-a-strategy", "whole", "", Show{Screen::compare}, Theme::light},
};

// The app at the scene, before its screen is chosen.
void stage(App& app, const Scene& scene) {
  open(app, scene.lesson, scene.program);
  if (*scene.place != '\0') {
    const auto place = session::parse_place(scene.place);
    REQUIRE(std::holds_alternative<session::Place>(place));
    const auto tick = app.session().player()->film().tick_of(std::get<session::Place>(place));
    REQUIRE(tick);
    app.apply(SeekTo{*tick});
  }
  if (scene.theme == Theme::light) app.apply(ToggleTheme{});
}

Picture picture_of(const Scene& scene) {
  App app(shipped(), {.on_real = false}, {});
  stage(app, scene);
  app.apply(scene.screen);
  app.wait();
  Offscreen screen = offscreen(800, 500);
  return draw(screen, app);
}

std::string path_of(const Scene& scene) {
  return std::string(PAGEWALK_PICTURES) + "/" + scene.name + ".png";
}

Picture read_png(const std::string& path) {
  Picture picture;
  int channels = 0;
  stbi_uc* pixels = stbi_load(path.c_str(), &picture.width, &picture.height, &channels, 3);
  INFO(path);
  REQUIRE(pixels != nullptr);
  picture.pixels.assign(pixels,
                        pixels + static_cast<std::ptrdiff_t>(picture.width) * picture.height * 3);
  stbi_image_free(pixels);
  return picture;
}

TEST_CASE("golden: each lesson looks as it did") {
  const bool is_update = std::getenv("PAGEWALK_UPDATE_PICTURES") != nullptr;
  for (const Scene& scene : kScenes) {
    CAPTURE(std::string(scene.name));
    const Picture now = picture_of(scene);
    if (is_update) REQUIRE_FALSE(save_png(now, path_of(scene)));
    const std::size_t differ = blocks_that_differ(now, read_png(path_of(scene)));
    CHECK(differ <= kMostBlocks);
    if (differ <= kMostBlocks) continue;
    const std::string beside = std::string(scene.name) + ".now.png";
    REQUIRE_FALSE(save_png(now, beside));
    MESSAGE("what it looks like now: " << std::filesystem::absolute(beside).string());
  }
}

TEST_CASE("a picture of another moment, or with one page in another state, is another picture") {
  const Scene& scene = kScenes[0];
  const Picture golden = read_png(path_of(scene));
  App app(shipped(), {.on_real = false}, {});
  stage(app, scene);
  Offscreen screen = offscreen(800, 500);
  REQUIRE(blocks_that_differ(draw(screen, app), golden) <= kMostBlocks);
  app.apply(StepBy{StepBy::Unit::access, -1});
  CHECK(blocks_that_differ(draw(screen, app), golden) > kMostBlocks);
  app.apply(StepBy{StepBy::Unit::access, 1});
  Picture planted = draw(screen, app);
  // The first frame's cell, clean instead of dirty.
  const Color clean = palette(Theme::dark).clean;
  for (int y = 226; y < 246; ++y) {
    for (int x = 315; x < 336; ++x) {
      std::uint8_t* at = planted.pixels.data() + (y * planted.width + x) * 3;
      if (at[0] < 200) continue;  // its letters
      at[0] = clean.r;
      at[1] = clean.g;
      at[2] = clean.b;
    }
  }
  CHECK(blocks_that_differ(planted, golden) > kMostBlocks);
}

TEST_CASE("noise that no eye sees makes no other picture, another size does") {
  Picture golden = read_png(path_of(kScenes[0]));
  Picture noisy = golden;
  unsigned random = 1;
  for (std::uint8_t& value : noisy.pixels) {
    random = random * 1664525u + 1013904223u;
    const int by = static_cast<int>(random >> 28) - 8;  // -8 to 7
    value = static_cast<std::uint8_t>(std::clamp(value + by, 0, 255));
  }
  CHECK(blocks_that_differ(noisy, golden) == 0);
  Picture smaller{golden.width, golden.height - 1, golden.pixels};
  CHECK(blocks_that_differ(smaller, golden) > kMostBlocks);
}

}  // namespace

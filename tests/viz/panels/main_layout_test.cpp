// However large the user wants it, everything on the main screen has its place.

#include <doctest/doctest.h>

#include <vector>

#include "viz/panels/main_layout.h"

namespace {

using namespace viz;

std::vector<Rect> parts_of(const MainLayout& at) {
  std::vector<Rect> parts;
  for (const Rect& part : {at.lesson, at.simulated, at.real, at.agreement, at.next, at.timeline}) {
    if (part.w > 0) parts.push_back(part);
  }
  return parts;
}

bool overlap(const Rect& a, const Rect& b) {
  return a.x < b.right() && b.x < a.right() && a.y < b.bottom() && b.y < a.bottom();
}

constexpr Tab kTabs[] = {Tab::simulated, Tab::real, Tab::both};

TEST_CASE("where it fits, the main screen stands as it was drawn") {
  for (const Tab tab : kTabs) {
    const MainLayout at = main_layout({1600, 1000}, 44, tab);
    CHECK(at.detail == Detail::all);
    CHECK(at.tabs.w == 0);
    CHECK(at.lesson == Rect{24, 80, 560, 696});
    CHECK(at.simulated == Rect{608, 80, 456, 624});
    CHECK(at.real == Rect{1120, 80, 456, 624});
    CHECK(at.agreement == Rect{608, 716, 968, 60});
    CHECK(at.timeline == Rect{24, 798, 1552, 136});
  }
}

TEST_CASE(
    "law: at every scale up to the most, all parts lie within the room and beside each other") {
  for (float factor = 1; factor <= kMostFactor + 0.001f; factor += 0.01f) {
    for (const float wide : {1.0f, 1.1f, 1.33f}) {
      const Point room{std::min(1600.0f, 1600 * wide / factor), 1000 / factor};
      // Legends in one row, and where they are in two.
      const float legend = room.x > 1250 ? 44 : 60;
      for (const Tab tab : kTabs) {
        CAPTURE(factor);
        CAPTURE(room.x);
        const MainLayout at = main_layout(room, legend, tab);
        const std::vector<Rect> parts = parts_of(at);
        for (std::size_t i = 0; i < parts.size(); ++i) {
          CAPTURE(i);
          CHECK(parts[i].x >= 0);
          CHECK(parts[i].y >= 64);
          CHECK(parts[i].right() <= room.x);
          CHECK(parts[i].bottom() <= room.y - legend);
          for (std::size_t k = 0; k < i; ++k) CHECK_FALSE(overlap(parts[i], parts[k]));
        }
        for (const Rect& computer : {at.simulated, at.real}) {
          if (computer.w <= 0) continue;
          CHECK(computer.w >= 456);
          CHECK(computer.h >= computer_height(at.detail) - 0.01f);
        }
        const bool has_button = at.lesson.w >= 480 || at.next.w > 0;
        CHECK(has_button);
        CHECK((at.simulated.w > 0 || at.real.w > 0));
      }
    }
  }
}

TEST_CASE("what has no room gives way in order: hex, tables, the second lane, all lanes") {
  int stage = 0;
  for (float height = 1000; height >= 1000 / kMostFactor; height -= 1) {
    const MainLayout at = main_layout({1600, height}, 44, Tab::simulated);
    const int now = at.detail == Detail::all      ? 0
                    : at.detail == Detail::no_hex ? 1
                    : at.timeline.h >= 124        ? 2
                    : at.timeline.h >= 60         ? 3
                                                  : 4;
    CHECK(now >= stage);
    stage = now;
  }
  CHECK(stage == 4);
}

}  // namespace

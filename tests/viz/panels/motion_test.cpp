// A single step moves, nothing else does, and it comes to rest.

#include <doctest/doctest.h>

#include <random>

#include "viz/panels/motion.h"

namespace {

using namespace viz;

constexpr Rect kCell{10, 20, 30, 40};
constexpr Color kOld = rgb(0x000000), kNew = rgb(0xFF8040);

// One frame in which one cell is drawn.
Color frame(Motion& motion, std::optional<double> seconds, Color fill) {
  motion.begin_frame(seconds);
  const Color seen = motion.shade(kCell, fill);
  motion.end_frame();
  return seen;
}

TEST_CASE("after a single step a fill fades for 120 ms, and then rests") {
  Motion motion;
  CHECK(frame(motion, 1.0, kOld) == kOld);
  motion.step();
  CHECK(frame(motion, 1.1, kNew) == kOld);
  CHECK(motion.is_moving());
  const Color half = frame(motion, 1.16, kNew);
  CHECK(half.r == doctest::Approx(128).epsilon(0.02));
  CHECK(half.g == doctest::Approx(64).epsilon(0.02));
  CHECK(motion.is_moving());
  CHECK(frame(motion, 1.23, kNew) == kNew);
  CHECK_FALSE(motion.is_moving());
}

TEST_CASE("a change that no single step made shows at once") {
  Motion motion;
  (void)frame(motion, 1.0, kOld);
  CHECK(frame(motion, 1.1, kNew) == kNew);
  CHECK_FALSE(motion.is_moving());
  // Nor one in a later frame than the step's.
  motion.step();
  (void)frame(motion, 1.2, kNew);
  CHECK(frame(motion, 1.3, kOld) == kOld);
}

TEST_CASE("a step within a fade goes on from what is seen") {
  Motion motion;
  (void)frame(motion, 1.0, kOld);
  motion.step();
  (void)frame(motion, 1.1, kNew);
  const Color half = frame(motion, 1.16, kNew);
  motion.step();
  CHECK(frame(motion, 1.16, kOld) == half);
  CHECK(frame(motion, 1.30, kOld) == kOld);
}

TEST_CASE("a cell that was not drawn before is simply there") {
  Motion motion;
  motion.step();
  CHECK(frame(motion, 1.0, kNew) == kNew);
  motion.begin_frame(1.1);
  motion.end_frame();  // it is gone for a frame
  motion.step();
  CHECK(frame(motion, 1.2, kOld) == kOld);
}

TEST_CASE("an arrow that comes with a step grows for 240 ms, any other is whole") {
  Motion motion;
  const auto grown = [&](double seconds, const char* name) {
    motion.begin_frame(seconds);
    const float part = motion.grown(name);
    motion.end_frame();
    return part;
  };
  CHECK(grown(1.0, "a") == 1);
  motion.step();
  CHECK(grown(1.1, "b") == 0);
  CHECK(grown(1.22, "b") == doctest::Approx(0.5));
  CHECK(motion.is_moving());
  CHECK(grown(1.35, "b") == 1);
  CHECK_FALSE(motion.is_moving());
}

TEST_CASE(
    "law: whatever happens, without a clock nothing moves, and 240 ms after the last step all "
    "is as it should be") {
  std::mt19937 random(7);
  Motion moving, still;
  double now = 0;
  for (int i = 0; i < 2000; ++i) {
    now += static_cast<double>(random() % 100) / 1000;
    const Color fill = random() % 2 == 0 ? kOld : kNew;
    if (random() % 3 == 0) {
      moving.step();
      still.step();
    }
    (void)frame(moving, now, fill);
    CHECK(frame(still, std::nullopt, fill) == fill);
    CHECK_FALSE(still.is_moving());
    if (random() % 10 != 0) continue;
    now += 0.25;
    CHECK(frame(moving, now, fill) == fill);
    CHECK_FALSE(moving.is_moving());
  }
}

}  // namespace

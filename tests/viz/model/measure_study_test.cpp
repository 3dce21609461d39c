// Strategies timed on this computer, of the newest wish only.

#include "viz/model/measure_study.h"

#include <doctest/doctest.h>

#include <chrono>
#include <thread>

#include "tests/viz/model/two_ways.h"

namespace {

using namespace viz;
using viz_tests::two_ways;
using viz_tests::Way;
using Clock = std::chrono::steady_clock;

comparison::Comparison comparison_of(Way way) {
  auto setup = std::get<comparison::Setup>(comparison::setup_of(two_ways(way)));
  return std::get<comparison::Comparison>(comparison::Comparison::make(std::move(setup)));
}

comparison::Point of_pages(double pages) { return {.values = {{"pages", pages}}}; }

void wait_for(MeasureStudy& study) {
  const auto end = Clock::now() + std::chrono::seconds(60);
  while (study.is_busy() && Clock::now() < end) {
    study.poll();
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  study.poll();
  REQUIRE_FALSE(study.is_busy());
}

TEST_CASE("every strategy is timed, and a program that fails tells why") {
  MeasureStudy study(comparison_of(Way::broken));
  REQUIRE(study.times().size() == 2);
  study.want(of_pages(64));
  wait_for(study);
  REQUIRE(study.times()[0].measured);
  CHECK(study.times()[0].measured->median_ns() > 0);
  CHECK(study.times()[0].why_not.empty());
  CHECK_FALSE(study.times()[1].measured);
  CHECK(study.times()[1].why_not.find("IndexError") != std::string::npos);
}

TEST_CASE("the newest wish wins: of the one before no time is left") {
  MeasureStudy study(comparison_of(Way::broken));
  study.want(of_pages(64));
  study.want(of_pages(4));  // there the second strategy does not fail
  wait_for(study);
  for (const MeasuredTime& time : study.times()) {
    CHECK(time.measured);
    CHECK(time.why_not == "");
  }
}

TEST_CASE("what is forgotten while it is measured, and afterwards, is not there") {
  MeasureStudy study(comparison_of(Way::sound));
  const auto is_empty = [&] {
    for (const MeasuredTime& time : study.times()) {
      if (time.measured || !time.why_not.empty()) return false;
    }
    return true;
  };
  CHECK(is_empty());
  study.want(of_pages(8));
  study.forget();
  wait_for(study);
  CHECK(is_empty());
  study.want(of_pages(8));
  wait_for(study);
  CHECK_FALSE(is_empty());
  study.forget();
  CHECK(is_empty());
}

TEST_CASE("it can go while a program that never ends is measured") {
  const auto begin = Clock::now();
  {
    MeasureStudy study(comparison_of(Way::endless));
    study.want(of_pages(8));
    const auto end = Clock::now() + std::chrono::seconds(20);
    while (!study.times()[0].measured && Clock::now() < end) {  // the second is under way then
      study.poll();
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    REQUIRE(study.times()[0].measured);
    CHECK(study.is_busy());
  }
  CHECK(Clock::now() - begin < std::chrono::seconds(15));
}

}  // namespace

// Ranges, and where another strategy becomes the fastest.

#include "scenarios/compare/sweep.h"

#include "tests/scenarios/compare/small_comparisons.h"

namespace comparison {
namespace {

// Reading n pages in order against touching them one in two: the second wins while n is small.
Comparison two_ways() {
  const std::string parameter = "n = 10  # parameter 1..40: pages touched\n";
  return comparison_of(setup_of_sources(
      "np.ones(100 * 512).tofile('f')",
      {parameter + "a = np.fromfile('f')\nprint(a[:n * 1024:1024].sum())",
       parameter + "m = np.memmap('f', dtype='f8', mode='r')\nprint(m[:n * 1024:1024].sum())"}));
}

std::string refusal(const std::string& text) {
  const Comparison comparison = two_ways();
  const auto axis = parse_axis(text, comparison);
  const auto* failure = std::get_if<session::Failure>(&axis);
  return failure == nullptr ? "" : failure->message;
}

bool contains(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

Axis axis(const std::string& text) { return std::get<Axis>(parse_axis(text, two_ways())); }

TEST_CASE("a range is walked by equal steps or by equal factors, both ends included") {
  CHECK(values_of(axis("n=1..40:4")) == std::vector<double>{1, 14, 27, 40});
  CHECK(values_of(axis("n=1..3:9")) == std::vector<double>{1, 2, 3});
  CHECK(values_of(axis("frames=4..64:5")) == std::vector<double>{4, 8, 16, 32, 64});
  CHECK(values_of(axis("page_size=1024..8192:4")) == std::vector<double>{1024, 2048, 4096, 8192});
}

TEST_CASE("what is no range is refused with the reason") {
  CHECK(contains(refusal("n"), "is no range"));
  CHECK(contains(refusal("n=3"), "is no range"));
  CHECK(contains(refusal("n=a..3"), "is no range"));
  CHECK(contains(refusal("n=1..3:x"), "is no range"));
  CHECK(contains(refusal("m=1..3"), "Did you mean 'n'"));
  CHECK(contains(refusal("n=3..1"), "ends where it begins"));
  CHECK(contains(refusal("n=1..41"), "goes from 1 to 40"));
  CHECK(contains(refusal("n=1..3:1"), "between 2 and"));
  CHECK(contains(refusal("frames=0..3"), "above 0"));
}

TEST_CASE("the break-even is where a run at every value finds it") {
  Comparison comparison = two_ways();
  const Axis n = axis("n=1..40");
  double last_of_map = 0;
  for (double value = 1; value <= 40; ++value) {
    if (result_at(comparison, point_on(n, value, {})).fastest == 1) last_of_map = value;
  }
  REQUIRE(last_of_map > 1);
  REQUIRE(last_of_map < 40);
  BreakEven ends{{1, result_at(comparison, point_on(n, 1, {}))},
                 {40, result_at(comparison, point_on(n, 40, {}))}};
  const auto found = std::get<BreakEven>(narrowed(comparison, {n, {}}, ends));
  CHECK(found.below.value == last_of_map);
  CHECK(found.above.value == last_of_map + 1);
  CHECK(found.below.result.fastest == 1);
  CHECK(found.above.result.fastest == 0);
}

TEST_CASE("an interrupted search gives what it has") {
  Comparison comparison = two_ways();
  const Axis n = axis("n=1..40");
  const BreakEven ends{{1, {}}, {40, {}}};
  const auto found = std::get<BreakEven>(narrowed(comparison, {n, {}, [] { return true; }}, ends));
  CHECK(found.below.value == 1);
  CHECK(found.above.value == 40);
}

}  // namespace
}  // namespace comparison

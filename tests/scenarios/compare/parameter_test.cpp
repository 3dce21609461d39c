// Parameters: found, refused, and set in the program's text.

#include "scenarios/compare/parameter.h"

#include <doctest/doctest.h>

namespace comparison {
namespace {

const std::string kProgram =
    "import numpy as np\n"
    "share = 0.05  # parameter 0.001..1 log: share touched\n"
    "pages = 1_024 # parameter 64..4096\n"
    "text = 'pages = 7'\n"
    "if pages:\n"
    "    share = 3  # of nothing\n";

std::string refusal(const std::string& source) {
  const auto found = parameters_of(source);
  const auto* failure = std::get_if<session::Failure>(&found);
  return failure == nullptr ? "" : failure->message;
}

bool contains(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

TEST_CASE("a parameter has the number, the range, the scale and the label of its line") {
  const auto found = std::get<0>(parameters_of(kProgram));
  REQUIRE(found.size() == 2);
  CHECK(found[0] ==
        Parameter{"share", 0.05, 0.001, 1, Scale::logarithmic, NumberKind::real, "share touched"});
  CHECK(found[1] == Parameter{"pages", 1024, 64, 4096, Scale::linear, NumberKind::whole, "pages"});
}

TEST_CASE("a value takes the place of the number and of nothing else") {
  CHECK(with_values(kProgram, {{"share", 0.2}, {"pages", 77}, {"other", 1}}) ==
        "import numpy as np\n"
        "share = 0.2  # parameter 0.001..1 log: share touched\n"
        "pages = 77 # parameter 64..4096\n"
        "text = 'pages = 7'\n"
        "if pages:\n"
        "    share = 3  # of nothing\n");
  CHECK(with_values(kProgram, {}) == kProgram);
}

TEST_CASE("a program with a value set has that value, in the same range") {
  for (const double value : {0.001, 0.0123456789, 0.5, 1.0}) {
    const auto found = std::get<0>(parameters_of(with_values(kProgram, {{"share", value}})));
    CHECK(found[0].value == rounded(NumberKind::real, value));
    CHECK(found[0].kind == NumberKind::real);  // 1.0, not 1
  }
}

TEST_CASE("a line that begins like a parameter and is none is refused with its number") {
  CHECK(contains(refusal("x = 1\nn = 2 # parameter\n"), "line 2"));
  CHECK(contains(refusal("n = m # parameter 1..2\n"), "is no parameter"));
  CHECK(contains(refusal("n = 2 # parameter 1..\n"), "is no parameter"));
  CHECK(contains(refusal("n = 2 # parameter 1..2 logarithm\n"), "is no parameter"));
  CHECK(contains(refusal("n = 5 # parameter 1..2\n"), "not within 1..2"));
  CHECK(contains(refusal("n = 5 # parameter 9..2\n"), "ends before it begins"));
  CHECK(contains(refusal("n = 0 # parameter 0..2 log\n"), "above 0"));
  CHECK(contains(refusal("n = 1 # parameter 1..2\nn = 2 # parameter 1..2\n"), "twice"));
  CHECK(contains(refusal("n = 1 # parameter 1..1e999\n"), "is no parameter"));
}

}  // namespace
}  // namespace comparison

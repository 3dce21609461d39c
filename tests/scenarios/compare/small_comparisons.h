// Comparisons for tests, of programs written in them.

#pragma once

#include <doctest/doctest.h>

#include <string>
#include <utility>
#include <vector>

#include "scenarios/compare/comparison.h"

namespace comparison {

// "from numpy" is not repeated in each: the programs begin with `import numpy as np`.
inline Setup setup_of_sources(const std::string& maker, const std::vector<std::string>& sources) {
  Setup setup;
  const std::string import = "import numpy as np\n";
  if (!maker.empty()) setup.makers.push_back({"make", import + maker});
  for (const std::string& source : sources) {
    const std::string name(1, static_cast<char>('a' + setup.strategies.size()));
    setup.strategies.push_back({name, {name + ".py", import + source}, {}});
  }
  return setup;
}

inline Comparison comparison_of(Setup setup) {
  auto made = Comparison::make(std::move(setup));
  if (const auto* bad = std::get_if<session::Failure>(&made)) FAIL(bad->message);
  return std::get<Comparison>(std::move(made));
}

// The lesson that compares four ways of changing a file.
inline Comparison shipped(std::string_view name) {
  for (const lesson::Shipped& lesson : lesson::shipped_lessons()) {
    if (lesson.name != name) continue;
    const auto parsed = lesson::parse(lesson.name, lesson.text);
    return comparison_of(std::get<Setup>(setup_of(std::get<lesson::Lesson>(parsed))));
  }
  FAIL("no such lesson");
  return comparison_of({});
}

inline Result result_at(Comparison& comparison, const Point& point = {}) {
  auto result = comparison.at(point);
  if (const auto* bad = std::get_if<session::Failure>(&result)) FAIL(bad->message);
  return std::get<Result>(std::move(result));
}

}  // namespace comparison

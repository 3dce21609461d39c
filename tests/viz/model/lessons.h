// The shipped lessons, and a session that stands in one of them.

#pragma once

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <variant>
#include <vector>

#include "viz/model/session.h"

namespace viz_tests {

inline constexpr viz::SessionOptions kSimulatedOnly{.on_real = false};

inline std::vector<lesson::Lesson> shipped() {
  std::vector<lesson::Lesson> lessons;
  for (const lesson::Shipped& text : lesson::shipped_lessons()) {
    lessons.push_back(std::get<lesson::Lesson>(lesson::parse(text.name, text.text)));
  }
  return lessons;
}

// Opens a program of a lesson and waits for its film.
inline void open(viz::Session& session, const std::string& lesson, const std::string& program) {
  const auto& all = session.lessons();
  const auto at =
      std::find_if(all.begin(), all.end(), [&](const auto& l) { return l.name == lesson; });
  REQUIRE(at != all.end());
  session.apply(viz::OpenLesson{static_cast<std::size_t>(at - all.begin())});
  for (std::size_t p = 0; p < session.pages().size(); ++p) {
    if (session.pages()[p].program.name == program) session.apply(viz::OpenPage{p});
  }
  REQUIRE(session.here().program.name == program);
  session.wait();
}

}  // namespace viz_tests

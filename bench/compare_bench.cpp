// How long a new picture of every shipped comparison takes when a slider is dragged: all strategies
// run anew, at every value of each parameter in turn and with few and many frames.

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>

#include "scenarios/compare/sweep.h"

namespace {

using comparison::Comparison;
using Clock = std::chrono::steady_clock;

double milliseconds_at(Comparison& comparison, const comparison::Point& point) {
  const auto start = Clock::now();
  const auto result = comparison.at(point);
  const double ms = std::chrono::duration<double, std::milli>(Clock::now() - start).count();
  if (const auto* bad = std::get_if<session::Failure>(&result)) {
    std::fprintf(stderr, "compare_bench: %s\n", bad->message.c_str());
    std::exit(1);
  }
  return ms;
}

void drag(Comparison& comparison, const comparison::Axis& axis, const char* title) {
  std::vector<double> times;
  for (const double value : comparison::values_of(axis)) {
    times.push_back(milliseconds_at(comparison, comparison::point_on(axis, value, {})));
  }
  std::sort(times.begin(), times.end());
  std::printf("%-20s %-8s median %5.1f ms, longest %5.1f ms  (goal 50)\n", title, axis.name.c_str(),
              times[times.size() / 2], times.back());
}

}  // namespace

int main() {
  for (const lesson::Shipped& shipped : lesson::shipped_lessons()) {
    const auto parsed = lesson::parse(shipped.name, shipped.text);
    const auto& lesson = std::get<lesson::Lesson>(parsed);
    if (lesson.strategies.empty()) continue;
    auto setup = std::get<comparison::Setup>(comparison::setup_of(lesson));
    auto comparison = std::get<Comparison>(Comparison::make(std::move(setup)));
    for (const comparison::Parameter& parameter : comparison.parameters()) {
      drag(comparison, comparison::axis_of(parameter), lesson.name.c_str());
    }
    drag(comparison, comparison::frames_axis(4096), lesson.name.c_str());
  }
}

// How long a new picture of every shipped comparison takes while a slider is dragged: from the drag
// to the figures of all strategies there, with the charts being computed behind it as they are in
// the app.

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <thread>

#include "viz/model/compare_study.h"

namespace {

using Clock = std::chrono::steady_clock;

double milliseconds_to(viz::CompareStudy& study, std::size_t slider, double part) {
  const auto start = Clock::now();
  study.drag(slider, part);
  while (study.is_behind()) {
    if (!study.poll()) std::this_thread::sleep_for(std::chrono::microseconds(100));
  }
  if (!study.failure().empty()) {
    std::fprintf(stderr, "compare_bench: %s\n", study.failure().c_str());
    std::exit(1);
  }
  return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

void drag(const lesson::Lesson& lesson, std::size_t slider) {
  constexpr int kPlaces = 24;
  auto made = viz::CompareStudy::make(lesson);
  auto& study = *std::get<std::unique_ptr<viz::CompareStudy>>(made);
  study.wait();
  std::vector<double> times;
  for (int i = 0; i <= kPlaces; ++i) {
    times.push_back(milliseconds_to(study, slider, static_cast<double>(i) / kPlaces));
  }
  std::sort(times.begin(), times.end());
  std::printf("%-20s %-10s median %5.1f ms, longest %5.1f ms  (goal 50)\n", lesson.name.c_str(),
              study.sliders()[slider].parameter.name.c_str(), times[times.size() / 2],
              times.back());
}

}  // namespace

int main() {
  for (const lesson::Shipped& shipped : lesson::shipped_lessons()) {
    const auto parsed = lesson::parse(shipped.name, shipped.text);
    const auto& lesson = std::get<lesson::Lesson>(parsed);
    if (lesson.strategies.empty()) continue;
    auto made = viz::CompareStudy::make(lesson);
    const auto& study = *std::get<std::unique_ptr<viz::CompareStudy>>(made);
    for (std::size_t s = 0; s < study.sliders().size(); ++s) drag(lesson, s);
  }
}

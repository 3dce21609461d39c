// How long a frame takes to draw without a graphics card: an ordinary lesson, and a run of a
// million pages, standing still, playing, scrubbing and under a moving mouse, on each screen that
// shows pages. `frame_bench --window` draws into a window; without, no display is needed.

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "sim/core/rng.h"
#include "viz/app/app.h"
#include "viz/platform/offscreen.h"
#include "viz/platform/window.h"

namespace {

using Clock = std::chrono::steady_clock;

constexpr int kFrames = 60;

// A file of a million pages in a gigabyte of memory: every page is loaded from, then one in 64 is
// stored to.
constexpr const char* kMillionPages = R"(+++
title = "A million pages"
summary = "For measuring"

[machine]
frames = 262144
+++

# A million pages

```python name=million on=sim max_steps=1G
import os
import numpy as np
m = np.memmap("big.bin", dtype="float64", mode="w+", shape=(1000000, 512))
s = m[:, ::512].sum()
m[::64, 0] = 1
m.flush()
os.remove("big.bin")
```
)";

[[noreturn]] void fail(const std::string& what) {
  std::fprintf(stderr, "frame_bench: %s\n", what.c_str());
  std::exit(1);
}

lesson::Lesson parsed(std::string_view name, std::string_view text) {
  auto lesson = lesson::parse(std::string(name), text);
  if (!std::holds_alternative<lesson::Lesson>(lesson)) fail(std::string(name) + ": no lesson");
  return std::get<lesson::Lesson>(std::move(lesson));
}

std::vector<lesson::Lesson> lessons() {
  std::vector<lesson::Lesson> all;
  for (const lesson::Shipped& text : lesson::shipped_lessons()) {
    all.push_back(parsed(text.name, text.text));
  }
  all.push_back(parsed("a-million-pages", kMillionPages));
  return all;
}

double median(std::vector<double> times) {
  std::nth_element(times.begin(), times.begin() + static_cast<long>(times.size() / 2), times.end());
  return times[times.size() / 2];
}

constexpr int kWidth = 1280, kHeight = 800;

// Draws a frame and waits until it is there.
using Show = std::function<void(viz::Color, const std::function<void(viz::Canvas&)>&)>;

template <class Place>
std::shared_ptr<Place> opened(std::variant<Place, viz::Problem> place) {
  if (auto* problem = std::get_if<viz::Problem>(&place)) fail(problem->text);
  return std::make_shared<Place>(std::get<Place>(std::move(place)));
}

Show in_memory() {
  // Drawn and finished, but not read back: a window does not read it either.
  return [screen = opened(viz::Offscreen::open(kWidth, kHeight))](viz::Color c, const auto& draw) {
    screen->draw(c, draw);
  };
}

Show in_window() {
  return [window = opened(viz::Window::open("frame_bench", kWidth, kHeight))](viz::Color c,
                                                                              const auto& draw) {
    window->wait(0);
    window->show(c, 1, draw);
  };
}

class Bench {
 public:
  explicit Bench(Show show) : show_(std::move(show)), app_(lessons(), {.on_real = false}, {}) {}

  void open(const std::string& lesson, std::size_t page) {
    for (std::size_t l = 0; l < app_.session().lessons().size(); ++l) {
      if (app_.session().lessons()[l].name == lesson) app_.apply(viz::OpenLesson{l});
    }
    app_.apply(viz::OpenPage{page});
    const auto start = Clock::now();
    app_.session().wait();
    const double seconds = std::chrono::duration<double>(Clock::now() - start).count();
    if (app_.session().player() == nullptr) fail(lesson + ": it cannot be run");
    std::printf("%s, program %zu: %llu accesses, filmed in %.1f s\n", lesson.c_str(), page + 1,
                static_cast<unsigned long long>(ticks()), seconds);
  }

  // The median of frames before each of which something is done.
  void measure(const char* what, viz::Screen screen, auto before) {
    app_.apply(viz::Show{screen});
    app_.apply(viz::SeekTo{ticks() * 3 / 4});
    frame();
    std::vector<double> times;
    for (int i = 0; i < kFrames; ++i) {
      const auto start = Clock::now();
      before(i);
      frame();
      times.push_back(std::chrono::duration<double, std::milli>(Clock::now() - start).count());
    }
    const double worst = *std::max_element(times.begin(), times.end());
    std::printf("  %-44s median %6.2f ms, most %7.2f ms\n", what, median(times), worst);
  }

  // While the charts fill in, and when all is computed.
  void measure_comparison() {
    measure("being computed (comparison)", viz::Screen::compare, [&](int) { app_.poll(); });
    app_.wait();
    measure("standing still (comparison)", viz::Screen::compare, [](int) {});
  }

  void measure_all(viz::Screen screen, const char* name) {
    const std::string on = std::string(" (") + name + ")";
    const viz::Tick all = ticks();
    measure(("standing still" + on).c_str(), screen, [](int) {});
    measure(("stepping by accesses" + on).c_str(), screen, [&](int) {
      app_.apply(viz::StepBy{viz::StepBy::Unit::access, 1});
    });
    measure(("playing, a 2,000th of the run a frame" + on).c_str(), screen, [&](int i) {
      app_.apply(
          viz::SeekTo{all / 4 + static_cast<viz::Tick>(i) * std::max<viz::Tick>(1, all / 2000)});
    });
    sim::Rng rng(1);
    measure(("scrubbing, anywhere" + on).c_str(), screen,
            [&](int) { app_.apply(viz::SeekTo{rng.below(all + 1)}); });
    measure(("the mouse over the picture" + on).c_str(), screen, [&](int i) {
      mouse_ = {30 + 16 * static_cast<float>(i), 140 + 7 * static_cast<float>(i)};
    });
    mouse_ = {-1, -1};
    measure(("zooming the timeline" + on).c_str(), screen, [&](int i) {
      app_.apply(viz::ZoomTime{0.5, i % 20 < 10 ? 1.0 : -1.0});
    });
    app_.apply(viz::ShowAllTime{});
    app_.apply(viz::ToggleSave{});
    measure(("the menu of exports open" + on).c_str(), screen, [](int) {});
    app_.apply(viz::ToggleSave{});
  }

 private:
  viz::Tick ticks() const { return app_.session().player()->film().ticks(); }
  void frame() {
    viz::Input input;
    input.mouse = mouse_;
    show_(app_.background(), [&](viz::Canvas& canvas) { app_.frame(canvas, input); });
  }

  Show show_;
  viz::App app_;
  viz::Point mouse_{-1, -1};
};

}  // namespace

int main(int argc, char** argv) {
  const bool has_window = argc == 2 && std::string_view(argv[1]) == "--window";
  if (argc > 1 && !has_window) fail("usage: frame_bench [--window]");
  Bench bench(has_window ? in_window() : in_memory());
  std::printf("frames of %dx%d %s (goals: median 16 ms, of a million pages 25)\n", kWidth, kHeight,
              has_window ? "in a window" : "without a window, drawn in software");
  const std::pair<viz::Screen, const char*> screens[] = {{viz::Screen::main, "two computers"},
                                                         {viz::Screen::pages, "all pages"},
                                                         {viz::Screen::steps, "step by step"},
                                                         {viz::Screen::plug, "plug"}};
  bench.open("three-programs", 2);
  for (const auto& [screen, name] : screens) bench.measure_all(screen, name);
  bench.open("choose-a-strategy", 1);
  bench.measure_comparison();
  bench.open("a-million-pages", 0);
  for (const auto& [screen, name] : screens) bench.measure_all(screen, name);
}

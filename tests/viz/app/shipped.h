// The app with the shipped lessons, drawn without a display.

#pragma once

#include <doctest/doctest.h>

#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "tests/viz/model/lessons.h"
#include "viz/app/app.h"
#include "viz/platform/offscreen.h"

namespace viz_tests {

inline viz::Offscreen offscreen(int width, int height) {
  auto opened = viz::Offscreen::open(width, height);
  REQUIRE(std::holds_alternative<viz::Offscreen>(opened));
  return std::get<viz::Offscreen>(std::move(opened));
}

inline viz::Input nobody() {
  viz::Input input;
  input.mouse = {-1, -1};
  return input;
}

inline viz::Picture draw(viz::Offscreen& screen, viz::App& app,
                         const viz::Input& input = nobody()) {
  return screen.frame(app.background(), [&](viz::Canvas& canvas) { app.frame(canvas, input); });
}

// Presses on the middle of a control in one frame, and lets go some frames later.
inline void click_slowly(viz::Offscreen& screen, viz::App& app, const std::string& control) {
  (void)draw(screen, app);
  REQUIRE(app.controls().places().contains(control));
  viz::Input input;
  input.mouse = app.controls().places().find(control)->second.center();
  (void)draw(screen, app, input);
  input.is_down = input.was_pressed = true;
  (void)draw(screen, app, input);
  input.was_pressed = false;
  (void)draw(screen, app, input);
  input.is_down = false;
  input.was_released = true;
  (void)draw(screen, app, input);
}

// Opens a program of a lesson and waits for its run.
inline void open(viz::App& app, const std::string& lesson, const std::string& program) {
  viz::Session& session = app.session();
  for (std::size_t l = 0; l < session.lessons().size(); ++l) {
    if (session.lessons()[l].name == lesson) app.apply(viz::OpenLesson{l});
  }
  for (std::size_t p = 0; p < session.pages().size(); ++p) {
    if (session.pages()[p].program.name == program) app.apply(viz::OpenPage{p});
  }
  REQUIRE(session.here().program.name == program);
  session.wait();
}

}  // namespace viz_tests

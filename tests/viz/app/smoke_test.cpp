// Every screen of every program of every lesson is drawn, with its controls where they can be used.

#include <doctest/doctest.h>

#include "tests/viz/app/shipped.h"
#include "viz/platform/stage.h"

namespace {

using namespace viz;
using namespace viz_tests;

void check_controls(const App& app, Point room = {kGridWidth, kGridHeight}) {
  CHECK_FALSE(app.controls().places().empty());
  for (const std::string& name : app.controls().repeated()) FAIL_CHECK(name);
  for (const auto& [name, at] : app.controls().places()) {
    CAPTURE(name);
    CHECK(at.x >= 0);
    CHECK(at.y >= 0);
    CHECK(at.w > 0);
    CHECK(at.h > 0);
    CHECK(at.right() <= room.x);
    CHECK(at.bottom() <= room.y);
  }
}

void draw_screens(Offscreen& screen, App& app) {
  const std::vector<std::pair<const char*, Command>> screens{{"main", Show{Screen::main}},
                                                             {"steps", Show{Screen::steps}},
                                                             {"pages", Show{Screen::pages}},
                                                             {"editor", Show{Screen::editor}},
                                                             {"plug", PullPlug{}},
                                                             {"kill", KillNow{}},
                                                             {"full", FillDisk{}},
                                                             {"empty", EmptyFile{}},
                                                             {"beside", Show{Screen::beside}}};
  for (const auto& [name, command] : screens) {
    CAPTURE(name);
    app.apply(command);
    (void)draw(screen, app);
    check_controls(app);
    const Screen shown = app.session().screen();
    if (shown != Screen::plug && shown != Screen::beside) continue;
    app.wait();
    (void)draw(screen, app);
    check_controls(app);
  }
  app.apply(Show{Screen::main});
}

void draw_menus(Offscreen& screen, App& app) {
  for (const Command& menu : {Command{ToggleHelp{}}, Command{ToggleSave{}}}) {
    app.apply(menu);
    (void)draw(screen, app);
    check_controls(app);
    app.apply(menu);
  }
}

TEST_CASE("every comparison is drawn in both themes, while it is computed and when it is done") {
  Offscreen screen = offscreen(800, 500);
  App app(shipped(), {.on_real = false}, {});
  std::size_t compared = 0;
  for (std::size_t l = 0; l < app.session().lessons().size(); ++l) {
    if (app.session().lessons()[l].strategies.empty()) continue;
    CAPTURE(app.session().lessons()[l].name);
    app.apply(OpenLesson{l});
    app.apply(Show{Screen::compare});
    REQUIRE(app.session().screen() == Screen::compare);
    for (int when = 0; when < 2; ++when) {
      (void)draw(screen, app);
      check_controls(app);
      draw_menus(screen, app);
      app.apply(ToggleTheme{});
      (void)draw(screen, app);
      app.wait();
    }
    ++compared;
  }
  CHECK(compared >= 2);
}

TEST_CASE("every screen of every shipped program is drawn, with all its controls within reach") {
  Offscreen screen = offscreen(800, 500);
  App app(shipped(), {.on_real = false}, {});
  for (std::size_t l = 0; l < app.session().lessons().size(); ++l) {
    app.apply(OpenLesson{l});
    CAPTURE(app.session().lessons()[l].name);
    for (std::size_t p = 0; p < app.session().pages().size(); ++p) {
      app.apply(OpenPage{p});
      app.session().wait();
      CAPTURE(app.session().here().program.name);
      REQUIRE(app.session().player() != nullptr);
      const Tick ticks = app.session().player()->film().ticks();
      for (const Tick tick : {Tick{0}, Tick{1}, ticks / 2, ticks}) {
        CAPTURE(tick);
        app.apply(SeekTo{tick});
        draw_screens(screen, app);
      }
      app.apply(ToggleTheme{});
      app.apply(SeekTo{ticks / 2});
      draw_screens(screen, app);
      draw_menus(screen, app);
    }
  }
}

TEST_CASE("enlarged, the main screen has its controls within the window, whatever is shown of it") {
  Offscreen screen = offscreen(800, 500);
  App app(shipped(), {.on_real = false}, {});
  for (std::size_t l = 0; l < app.session().lessons().size(); ++l) {
    app.apply(OpenLesson{l});
    CAPTURE(app.session().lessons()[l].name);
    app.wait();
    app.apply(SeekTo{app.session().player()->film().ticks() / 2});
    for (int steps = 1; steps <= 8; ++steps) {
      app.apply(ScaleBy{1});
      CAPTURE(app.factor());
      screen.set_factor(app.factor());
      const float scale = screen.to_pixels({0, 0, 1, 1}).w;
      const Point room{800 / scale + 0.5f, 500 / scale + 0.5f};
      for (const char* tab : {"tab.both", "tab.real", "tab.simulated"}) {
        (void)draw(screen, app);
        check_controls(app, room);
        if (app.controls().places().contains(tab)) click_slowly(screen, app, tab);
      }
      app.apply(Show{Screen::editor});
      (void)draw(screen, app);
      check_controls(app, room);
      app.apply(Show{Screen::main});
    }
    app.apply(ScaleBy{0});
  }
}

TEST_CASE("enlarged with both computers, the folded lesson keeps its button") {
  Offscreen screen = offscreen(1280, 800);
  App app(shipped(), {.on_real = false}, {});
  app.wait();
  for (int steps = 0; steps < 7; ++steps) app.apply(ScaleBy{1});
  CHECK(app.factor() == doctest::Approx(1.35));
  screen.set_factor(app.factor());
  (void)draw(screen, app);
  click_slowly(screen, app, "tab.both");
  CHECK(app.tab() == Tab::both);
  (void)draw(screen, app);
  CHECK_FALSE(app.controls().places().contains("edit"));
  click_slowly(screen, app, "next");
  CHECK(app.session().player()->tick() > 0);
  // Other screens fill the window as they are.
  app.apply(Show{Screen::steps});
  CHECK(app.factor() == 1);
  app.apply(ScaleBy{1});
  CHECK(app.session().message().find("largest") != std::string::npos);
}

TEST_CASE("a scale that was kept and is none is brought back to what there is") {
  for (const auto& [steps, factor] : {std::pair{-500, 0.5}, std::pair{500, 1.35}}) {
    Preferences kept;
    kept.scale_steps = steps;
    CHECK(App(shipped(), {.on_real = false}, kept).factor() == doctest::Approx(factor));
  }
}

TEST_CASE("the same state gives the same picture, and the theme another") {
  Offscreen screen = offscreen(800, 500);
  App app(shipped(), {.on_real = false}, {});
  app.session().wait();
  app.apply(SeekEnd{true});
  const Picture dark = draw(screen, app);
  CHECK(draw(screen, app).pixels == dark.pixels);
  app.apply(ToggleTheme{});
  CHECK(draw(screen, app).pixels != dark.pixels);
  app.apply(ToggleTheme{});
  CHECK(draw(screen, app).pixels == dark.pixels);
}

}  // namespace

// Controls do what a user expects of buttons and sliders, by mouse and by keyboard.

#include <doctest/doctest.h>

#include "viz/draw/controls.h"

namespace {

using namespace viz;

constexpr Rect kFirst{0, 0, 100, 20}, kSecond{0, 30, 100, 20}, kSlider{0, 60, 100, 20};
constexpr Point kNowhere{-1000, -1000};

struct Screen {
  Controls controls;
  Control first, second, slider;
  bool has_second = true;
  bool is_second_enabled = true;

  void frame(const Input& input) {
    controls.begin_frame(input);
    first = controls.control("first", kFirst);
    second = {};
    if (has_second && is_second_enabled) second = controls.control("second", kSecond);
    if (has_second && !is_second_enabled) controls.disabled("second", kSecond);
    slider = controls.control("slider", kSlider, Kind::drag);
    controls.end_frame();
  }
  void press(Point at) { frame({.mouse = at, .is_down = true, .was_pressed = true}); }
  void move(Point at) { frame({.mouse = at, .is_down = true}); }
  void release(Point at) { frame({.mouse = at, .was_released = true}); }
  void keys(std::vector<Key> pressed) { frame({.mouse = kNowhere, .keys = std::move(pressed)}); }
};

TEST_CASE("a click is a press and a release on the same control") {
  Screen screen;
  screen.press(kFirst.center());
  CHECK(screen.first.is_held);
  CHECK_FALSE(screen.first.is_clicked);
  screen.release(kFirst.center());
  CHECK(screen.first.is_clicked);
  CHECK_FALSE(screen.second.is_clicked);

  screen.press(kFirst.center());
  screen.release(kSecond.center());
  CHECK_FALSE(screen.first.is_clicked);
  CHECK_FALSE(screen.second.is_clicked);
}

TEST_CASE("a press and a release within one frame is a click") {
  Screen screen;
  screen.frame({.mouse = kSecond.center(), .was_pressed = true, .was_released = true});
  CHECK(screen.second.is_clicked);
  CHECK_FALSE(screen.second.is_held);
}

TEST_CASE("Tab goes round in the order drawn, Shift+Tab back, Enter and Space click") {
  Screen screen;
  screen.keys({});
  screen.keys({Key::tab});
  CHECK(screen.first.is_focused);
  screen.keys({Key::tab, Key::enter});
  CHECK(screen.second.is_focused);
  CHECK(screen.second.is_clicked);
  screen.keys({Key::tab, Key::tab});
  CHECK(screen.first.is_focused);
  screen.keys({Key::back_tab});
  CHECK(screen.slider.is_focused);
  screen.keys({Key::space});
  CHECK(screen.slider.is_clicked);
}

TEST_CASE("arrows move a focused slider, and are the app's where no slider has the focus") {
  Screen screen;
  screen.keys({});
  screen.controls.set_focus("slider");
  screen.keys({Key::right, Key::right, Key::down, Key::home});
  CHECK(screen.slider.arrows == 1);
  CHECK(screen.controls.keys() == std::vector<Key>{Key::home});
  screen.controls.set_focus("first");
  screen.keys({Key::right});
  CHECK(screen.first.arrows == 0);
  CHECK(screen.controls.keys() == std::vector<Key>{Key::right});
}

TEST_CASE("a drag goes on outside of the slider and stays within its ends") {
  Screen screen;
  screen.press({25, 70});
  REQUIRE(screen.slider.held_at);
  CHECK(screen.slider.held_at->x == doctest::Approx(0.25));
  screen.move({70, 500});
  REQUIRE(screen.slider.held_at);
  CHECK(screen.slider.held_at->x == doctest::Approx(0.7));
  screen.move({1000, 70});
  CHECK(screen.slider.held_at->x == doctest::Approx(1));
  screen.release({1000, 70});
  screen.move({50, 70});
  CHECK_FALSE(screen.slider.held_at);
}

TEST_CASE("a control that goes, or is switched off, takes nothing with it") {
  Screen screen;
  screen.press(kSecond.center());
  screen.has_second = false;
  screen.move(kSecond.center());
  CHECK(screen.controls.focus().empty());
  screen.has_second = true;
  screen.release(kSecond.center());
  CHECK_FALSE(screen.second.is_clicked);

  screen.is_second_enabled = false;
  screen.press(kSecond.center());
  screen.release(kSecond.center());
  CHECK_FALSE(screen.second.is_clicked);
  CHECK(screen.controls.places().contains("second"));
  screen.keys({Key::tab});
  screen.keys({Key::tab});
  CHECK(screen.slider.is_focused);
}

TEST_CASE("a click beside all controls takes the focus away") {
  Screen screen;
  screen.keys({});
  screen.keys({Key::tab});
  CHECK(screen.controls.focus() == "first");
  screen.press({500, 500});
  CHECK(screen.controls.focus().empty());
}

}  // namespace

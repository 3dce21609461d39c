// Focus, presses and clicks.

#include "viz/draw/controls.h"

#include <algorithm>
#include <utility>

namespace viz {
namespace {

bool contains(const Rect& r, Point p) {
  return p.x >= r.x && p.x < r.right() && p.y >= r.y && p.y < r.bottom();
}

int arrow_of(Key key) {
  if (key == Key::right || key == Key::up) return 1;
  if (key == Key::left || key == Key::down) return -1;
  return 0;
}

}  // namespace

void Controls::begin_frame(const Input& input) {
  input_ = input;
  order_before_ = std::exchange(order_, {});
  kinds_before_ = std::exchange(kinds_, {});
  places_.clear();
  repeated_.clear();
  keys_.clear();
  clicked_by_key_.reset();
  arrows_ = 0;
  for (const Key key : input.keys) {
    const auto focused = kinds_before_.find(focus_);
    const bool has_focus = focused != kinds_before_.end();
    if (key == Key::tab || key == Key::back_tab) {
      move_focus(key == Key::tab ? 1 : -1);
    } else if (has_focus && (key == Key::enter || key == Key::space)) {
      clicked_by_key_ = focus_;
    } else if (has_focus && focused->second == Kind::drag && arrow_of(key) != 0) {
      arrows_ += arrow_of(key);
    } else {
      keys_.push_back(key);
    }
  }
  if (input.was_pressed) focus_.clear();  // the control pressed on takes it
}

void Controls::move_focus(int by) {
  if (order_before_.empty()) return;
  const auto n = static_cast<int>(order_before_.size());
  const auto at = std::find(order_before_.begin(), order_before_.end(), focus_);
  int next = by > 0 ? 0 : n - 1;
  if (at != order_before_.end()) {
    next = (static_cast<int>(at - order_before_.begin()) + by + n) % n;
  }
  focus_ = order_before_[static_cast<std::size_t>(next)];
}

Control Controls::control(std::string_view name, Rect place, Kind kind) {
  Control control;
  control.is_hovered = contains(place, input_.mouse);
  if (input_.was_pressed && control.is_hovered) {
    held_ = name;
    if (kind != Kind::pointer) focus_ = name;
  }
  const bool is_held = held_ == name;
  control.is_held = is_held && input_.is_down;
  if (is_held && place.w > 0 && place.h > 0) {
    control.held_at = Point{std::clamp((input_.mouse.x - place.x) / place.w, 0.0f, 1.0f),
                            std::clamp((input_.mouse.y - place.y) / place.h, 0.0f, 1.0f)};
  }
  const bool is_released_here = is_held && input_.was_released && control.is_hovered;
  control.is_focused = focus_ == name;
  control.is_clicked = is_released_here || (clicked_by_key_ && *clicked_by_key_ == name);
  if (control.is_focused) control.arrows = arrows_;
  control.is_double_pressed = control.is_hovered && input_.was_double_pressed;
  if (control.is_hovered) control.wheel = input_.wheel;
  if (kind != Kind::pointer) order_.emplace_back(name);
  kinds_.emplace(name, kind);
  put(name, place);
  return control;
}

void Controls::disabled(std::string_view name, Rect place) { put(name, place); }

void Controls::put(std::string_view name, Rect place) {
  if (!places_.emplace(name, place).second) repeated_.emplace_back(name);
}

bool Controls::is_pointed_at(std::string_view name) const {
  const auto place = places_.find(name);
  return place != places_.end() && contains(place->second, input_.mouse);
}

void Controls::end_frame() {
  if (input_.was_released || !kinds_.contains(held_)) held_.clear();
  if (!focus_.empty() && !kinds_.contains(focus_)) focus_.clear();
}

}  // namespace viz

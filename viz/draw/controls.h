// What can be clicked, focused and dragged: rectangles with names. Panels paint them; here is only
// what the user did with them. Knows neither pixels nor ImGui, so that tests press buttons by name.

#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "viz/draw/canvas.h"

namespace viz {

enum class Key : std::uint8_t {
  tab,
  back_tab,  // Shift+Tab
  enter,
  space,
  left,
  right,
  up,
  down,
  home,
  end,
  page_up,
  page_down,
  escape,
  backspace,
  erase,
};

// What happened since the last frame.
struct Input {
  Point mouse;               // in grid units; far outside when the mouse is elsewhere
  bool is_down = false;      // the left button, now
  bool was_pressed = false;  // since the last frame
  bool was_released = false;
  bool was_double_pressed = false;     // the press is the second of two, close together
  float wheel = 0;                     // notches, up is positive
  std::vector<Key> keys = {};          // pressed, in order; repeats count
  std::optional<double> seconds = {};  // the frame's time, where pictures may move
};

struct Control {
  bool is_hovered = false;
  bool is_focused = false;
  bool is_held = false;     // pressed on it and not released yet
  bool is_clicked = false;  // by mouse, or by Enter or Space while focused
  // While held, and when let go: where the mouse is within it, 0 to 1 each way, clamped.
  std::optional<Point> held_at;
  bool is_double_pressed = false;
  float wheel = 0;  // notches while the mouse is on it, up is positive
  int arrows = 0;   // arrow keys while focused: right and up count +1, left and down -1
};

enum class Kind : std::uint8_t {
  button,
  drag,     // takes arrow keys
  pointer,  // answers the mouse only: never has the focus
};

class Controls {
 public:
  // Controls of the frame before answer to this frame's input; a new one answers from its second
  // frame on.
  void begin_frame(const Input&);
  // Names are unique in a frame: "answer.2". A disabled control answers nothing and cannot have
  // the focus.
  Control control(std::string_view name, Rect, Kind = Kind::button);
  void disabled(std::string_view name, Rect);
  // Forgets what was pressed on a control that is gone, and moves the focus off it.
  void end_frame();

  // Keys that no control wanted this frame: the app's own.
  const std::vector<Key>& keys() const { return keys_; }
  const std::string& focus() const { return focus_; }
  // Whether the mouse is on it.
  bool is_pointed_at(std::string_view name) const;
  void set_focus(std::string_view name) { focus_ = name; }
  // Of this frame, for tests that drive the window.
  const std::map<std::string, Rect, std::less<>>& places() const { return places_; }
  // Names that came more than once in this frame: a mistake of whoever draws.
  const std::vector<std::string>& repeated() const { return repeated_; }

 private:
  void move_focus(int by);
  void put(std::string_view name, Rect);

  Input input_;
  std::vector<Key> keys_;
  std::vector<std::string> order_, order_before_;  // names that can have the focus, as drawn
  std::map<std::string, Kind, std::less<>> kinds_before_;
  std::map<std::string, Kind, std::less<>> kinds_;
  std::map<std::string, Rect, std::less<>> places_;
  std::vector<std::string> repeated_;
  std::string focus_, held_;
  std::optional<std::string> clicked_by_key_;
  int arrows_ = 0;
};

}  // namespace viz

// What every panel is given: where to draw, in which colours, and what the user did.

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "viz/draw/canvas.h"
#include "viz/draw/controls.h"
#include "viz/draw/palette.h"
#include "viz/panels/motion.h"

namespace viz {

// A part of the screen that can be had as a picture of its own.
struct NamedPanel {
  std::string_view name, title;  // "timeline"; literals
  Rect at;
};

struct Pen {
  Canvas& canvas;
  const Palette& p;
  Controls& controls;
  Point mouse;
  std::string tip = {};  // of what the mouse is on
  Rect tip_at = {};
  std::vector<NamedPanel> panels = {};  // drawn so far
  Motion* motion = nullptr;             // null: nothing moves

  // Whole as drawn: with what stands at its edges.
  void panel(std::string_view name, std::string_view title, Rect at) {
    panels.push_back({name, title, at});
  }
  // While the mouse is there, this is told.
  void explain(Rect, std::string_view);
};

inline constexpr TextStyle kLabel{Face::words, 16};
inline constexpr TextStyle kProse{Face::words, 18};
inline constexpr TextStyle kSmallBold{Face::words_bold, 14};
inline constexpr TextStyle kStrong{Face::words_bold, 18};
inline constexpr TextStyle kTitle{Face::words_bold, 20};
inline constexpr TextStyle kScreenTitle{Face::words_bold, 28};
inline constexpr TextStyle kFigure{Face::mono, 20};
inline constexpr TextStyle kFigureBold{Face::mono_bold, 20};
inline constexpr TextStyle kSource{Face::mono, 18};
inline constexpr TextStyle kSourceBold{Face::mono_bold, 18};
inline constexpr TextStyle kHex{Face::mono, 14};

enum class ButtonLook { solid, outlined, quiet };
// Whether it was pressed. One that is not ready cannot be.
bool button(Pen&, std::string_view name, Rect, std::string_view label, ButtonLook,
            bool is_ready = true);
// The same with no label: the caller draws what is on it.
bool plain_button(Pen&, std::string_view name, Rect);
// The ring around what has the focus.
void focus_ring(Pen&, Rect, const Control&);
// Under what is wrong: along the line, `at` its left end.
void draw_wave(Pen&, Point at, float width);
// What explain() found, over everything else. Called last.
void draw_tip(Pen&);

}  // namespace viz

// ImGui with our fonts on the OpenGL context that is current: frames of a 1600 x 1000 grid, scaled
// to fit and centred; enlarged beyond that, there is room for a part of the grid only. What a
// window and a picture share.

#pragma once

#include <functional>
#include <memory>
#include <utility>
#include <variant>

#include "viz/draw/canvas.h"
#include "viz/platform/picture.h"

namespace viz {

inline constexpr float kGridWidth = 1600, kGridHeight = 1000;

class Stage {
 public:
  // One in a process at a time: it holds ImGui's context. Requires: an OpenGL 3.3 context is
  // current, now and until the stage is gone.
  static std::variant<Stage, Problem> open();
  Stage(Stage&&) noexcept;
  Stage& operator=(Stage&&) noexcept;
  ~Stage();

  // For a surface of that size in pixels; `factor` is the user's, 1 fits. Draws fonts anew where
  // the scale changed: a step is 5 %.
  void set_size(int width, int height, float factor);
  float scale() const;
  std::pair<int, int> size() const;  // pixels
  // From pixels of the surface to the grid.
  Point to_grid(double x, double y) const;
  Rect to_pixels(Rect) const;

  // One frame into the framebuffer that is bound. `between` is called with ImGui's frame begun.
  void frame(Color background, const std::function<void(Canvas&)>& draw);
  Picture read() const;  // what was drawn last

 private:
  struct Parts;
  explicit Stage(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace viz

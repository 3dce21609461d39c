// Draws frames without a display: a surfaceless EGL context and a framebuffer of its own. The same
// frame gives the same pixels, every time.

#pragma once

#include <functional>
#include <memory>
#include <variant>

#include "viz/draw/canvas.h"
#include "viz/draw/typeface.h"
#include "viz/platform/picture.h"

namespace viz {

class Offscreen {
 public:
  // One in a process at a time: it holds ImGui's context.
  static std::variant<Offscreen, Problem> open(int width, int height);
  Offscreen(Offscreen&&) noexcept;
  Offscreen& operator=(Offscreen&&) noexcept;
  ~Offscreen();

  // One frame: what `draw` draws, on the given background.
  Picture frame(Color background, const std::function<void(Canvas&)>& draw);
  // The same, drawn to its end but not read.
  void draw(Color background, const std::function<void(Canvas&)>& draw);
  // Enlarges what is drawn beyond what fits.
  void set_factor(float);
  // From the grid to the picture.
  Rect to_pixels(Rect) const;

 private:
  struct Parts;
  explicit Offscreen(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace viz

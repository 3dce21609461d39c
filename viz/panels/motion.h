// What moves after a single step: a page's fill fades from what it was, an arrow grows. Everything
// else, and everything after any other command, shows its new state at once.

#pragma once

#include <array>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "viz/draw/canvas.h"
#include "viz/draw/palette.h"

namespace viz {

class Motion {
 public:
  // `seconds` is the frame's time on any clock; none: nothing moves, as in a picture.
  void begin_frame(std::optional<double> seconds);
  // A single step was made: what the next frame shows changed moves to it.
  void step() { is_step_ = true; }
  // The fill that a page drawn there has at this time.
  Color shade(Rect place, Color to);
  // How much of an arrow is there yet, 0 to 1.
  float grown(std::string_view arrow);
  // Forgets what this frame did not draw.
  void end_frame();
  // Whether another frame would look different.
  bool is_moving() const { return is_moving_; }

 private:
  struct Fade {
    Color from, to;
    double begin = 0;
    bool is_drawn = false;
  };
  struct Growth {
    double begin = 0;
    bool is_drawn = false;
  };
  using Place = std::array<int, 4>;
  // 0 at the beginning, 1 when it is over.
  float part(double begin, double seconds);

  std::map<Place, Fade> fades_;
  std::map<std::string, Growth, std::less<>> growths_;
  std::optional<double> now_;
  bool is_step_ = false, moves_now_ = false, is_moving_ = false;
};

}  // namespace viz

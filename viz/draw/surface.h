// What the pen's shapes come down to, in device px. A surface puts them on the screen or into a
// file.

#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "viz/draw/cell_grid.h"
#include "viz/draw/font_set.h"
#include "viz/draw/palette.h"

namespace viz {

// On the grid (px at scale 1, from the window's top left corner), or on a surface.
struct Point {
  float x = 0, y = 0;
};
struct Rect {
  float x = 0, y = 0, w = 0, h = 0;
  float right() const { return x + w; }
  float bottom() const { return y + h; }
  Point center() const { return {x + w / 2, y + h / 2}; }
  Rect inset(float by) const { return {x + by, y + by, w - 2 * by, h - 2 * by}; }
  friend bool operator==(const Rect&, const Rect&) = default;
};

enum class Ends : std::uint8_t { open, joined };

class Surface {
 public:
  virtual ~Surface() = default;

  virtual void fill(Rect, Color, float radius) = 0;
  // The line lies inside the rectangle.
  virtual void outline(Rect, Color, float thickness, float radius) = 0;
  // The line lies on both sides of the points.
  virtual void stroke(std::span<const Point>, Ends, Color, float thickness) = 0;
  // Clockwise.
  virtual void polygon(std::span<const Point>, Color) = 0;
  virtual void disc(Point, float radius, Color) = 0;
  virtual void ring(Point, float radius, Color, float thickness) = 0;
  // All over the rectangle; a surface that keeps pictures knows it by its name.
  virtual void cells(std::string_view name, Rect, const CellGrid&) = 0;

  struct Line {  // of text
    Point at;    // its left end, on the baseline
    TextStyle style;
    const SizedFont& font;
    Color color;
    float width = 0;  // as laid out
  };
  virtual void text(const Line&, std::string_view) = 0;
};

}  // namespace viz

// The pen: shapes and text at places of a grid that the scale maps to whole pixels. What panels
// draw with; they know neither pixels nor ImGui.

#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "viz/draw/font_set.h"
#include "viz/draw/palette.h"

struct ImDrawList;

namespace viz {

// In grid units: px at scale 1, from the window's top left corner.
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

enum class Align : std::uint8_t { left, center, right };
enum class Direction : std::uint8_t { up, right, down, left };

class Canvas {
 public:
  // Draws into the list. All outlive the canvas.
  Canvas(ImDrawList& list, const FontSet& fonts, float scale)
      : list_(list), fonts_(fonts), scale_(scale) {}

  float scale() const { return scale_; }

  void fill(Rect, Color, float radius = 0);
  // The line lies inside the rectangle.
  void outline(Rect, Color, float thickness = 1, float radius = 0);
  // Lines along the grid, of whole pixels; dashed ones carry no information but "not yet".
  void horizontal(float x, float y, float width, Color, float thickness = 1);
  void vertical(float x, float y, float height, Color, float thickness = 1);
  void dashes(float x, float y, float width, Color);
  // A line in any direction; through several points, joined.
  void line(Point from, Point to, Color, float thickness = 1);
  void path(std::span<const Point>, Color, float thickness = 1);

  // Marks of events.
  void disc(Point, float radius, Color);
  void ring(Point, float radius, Color, float thickness = 2);
  void diamond(Point, float radius, Color, float thickness = 2);
  void cross(Point, float radius, Color, float thickness = 2);
  void triangle(Point, float radius, Direction, Color);

  // Text on a baseline; `at.x` is its left end, middle or right end. Returns its width.
  float text(Point at, Align, TextStyle, Color, std::string_view);
  float width_of(TextStyle, std::string_view) const;
  // Broken at spaces, and at commas of source text, into lines no wider than that; newlines break
  // too.
  std::vector<std::string> wrap(TextStyle, std::string_view, float width) const;
  // As much of it as fits, with "…" where something is left out.
  std::string shorten(TextStyle, std::string_view, float width) const;

 private:
  float px(float grid) const;     // to whole pixels
  float thick(float grid) const;  // at least one pixel
  // Calls f(glyph, x in pixels from the start) for each; returns the width in pixels.
  template <class F>
  float lay_out(const SizedFont&, std::string_view, F) const;

  ImDrawList& list_;
  const FontSet& fonts_;
  float scale_;
};

}  // namespace viz

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
#include "viz/draw/surface.h"

namespace viz {

enum class Align : std::uint8_t { left, center, right };
enum class Direction : std::uint8_t { up, right, down, left };

class Canvas {
 public:
  // Both outlive the canvas. `size` is the part of the grid that there is room for.
  Canvas(Surface& surface, const FontSet& fonts, float scale, Point size = {1600, 1000})
      : surface_(surface), fonts_(fonts), scale_(scale), size_(size) {}

  float scale() const { return scale_; }
  Point size() const { return size_; }

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

  // Cells of one size, without gaps, over the whole rectangle. One name in a frame for each grid.
  void cells(std::string_view name, Rect, const CellGrid&);

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
  Point pixels(Point grid) const { return {grid.x * scale_, grid.y * scale_}; }
  Rect pixels(Rect grid) const;  // to whole ones

  Surface& surface_;
  const FontSet& fonts_;
  float scale_;
  Point size_;
};

}  // namespace viz

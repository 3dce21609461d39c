// Shapes as an SVG drawing: for slides, where it can be scaled, taken apart and written into. Text
// stays text, and as wide as on the screen where the reader lacks our fonts.

#pragma once

#include <string>

#include "viz/draw/surface.h"

namespace viz {

class SvgSurface : public Surface {
 public:
  // What lies outside of the view is left out.
  SvgSurface(Rect view, Color background, std::string_view title);

  void fill(Rect, Color, float radius) override;
  void outline(Rect, Color, float thickness, float radius) override;
  void stroke(std::span<const Point>, Ends, Color, float thickness) override;
  void polygon(std::span<const Point>, Color) override;
  void disc(Point, float radius, Color) override;
  void ring(Point, float radius, Color, float thickness) override;
  void cells(std::string_view name, Rect, const CellGrid&) override;
  void text(const Line&, std::string_view) override;

  // The file, as UTF-8.
  std::string file() const { return text_ + "</svg>\n"; }

 private:
  bool is_seen(Rect) const;

  Rect view_;
  std::string text_;
};

}  // namespace viz

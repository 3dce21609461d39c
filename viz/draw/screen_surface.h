// Shapes as triangles in ImGui's draw list.

#pragma once

#include "viz/draw/surface.h"

struct ImDrawList;

namespace viz {

class ScreenSurface : public Surface {
 public:
  // The list outlives this.
  explicit ScreenSurface(ImDrawList& list) : list_(list) {}

  void fill(Rect, Color, float radius) override;
  void outline(Rect, Color, float thickness, float radius) override;
  void stroke(std::span<const Point>, Ends, Color, float thickness) override;
  void polygon(std::span<const Point>, Color) override;
  void disc(Point, float radius, Color) override;
  void ring(Point, float radius, Color, float thickness) override;
  void text(const Line&, std::string_view) override;

 private:
  ImDrawList& list_;
};

}  // namespace viz

// Shapes as triangles in ImGui's draw list.

#pragma once

#include "viz/draw/surface.h"

struct ImDrawList;

namespace viz {

class ScreenSurface : public Surface {
 public:
  // Both outlive this.
  ScreenSurface(ImDrawList& list, Textures& textures) : list_(list), textures_(textures) {}

  void fill(Rect, Color, float radius) override;
  void outline(Rect, Color, float thickness, float radius) override;
  void stroke(std::span<const Point>, Ends, Color, float thickness) override;
  void polygon(std::span<const Point>, Color) override;
  void disc(Point, float radius, Color) override;
  void ring(Point, float radius, Color, float thickness) override;
  void cells(std::string_view name, Rect, const CellGrid&) override;
  void text(const Line&, std::string_view) override;

 private:
  ImDrawList& list_;
  Textures& textures_;
};

}  // namespace viz

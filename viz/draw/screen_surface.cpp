// Polygons go clockwise: the list smooths only those.

#include "viz/draw/screen_surface.h"

#include <algorithm>
#include <cmath>

#include "viz/draw/text_layout.h"

namespace viz {
namespace {

ImU32 paint(Color c) { return IM_COL32(c.r, c.g, c.b, 255); }

ImVec2 at(Point p) { return {p.x, p.y}; }

}  // namespace

void ScreenSurface::fill(Rect r, Color color, float radius) {
  list_.AddRectFilled({r.x, r.y}, {r.right(), r.bottom()}, paint(color), radius);
}

void ScreenSurface::outline(Rect r, Color color, float thickness, float radius) {
  const float half = thickness / 2;
  list_.PathRect({r.x + half, r.y + half}, {r.right() - half, r.bottom() - half},
                 std::max(0.0f, radius - half));
  list_.PathStroke(paint(color), ImDrawFlags_Closed, thickness);
}

void ScreenSurface::stroke(std::span<const Point> points, Ends ends, Color color, float thickness) {
  for (const Point& p : points) list_.PathLineTo(at(p));
  const ImDrawFlags flags = ends == Ends::joined ? ImDrawFlags_Closed : ImDrawFlags_None;
  list_.PathStroke(paint(color), flags, thickness);
}

void ScreenSurface::polygon(std::span<const Point> points, Color color) {
  for (const Point& p : points) list_.PathLineTo(at(p));
  list_.PathFillConvex(paint(color));
}

void ScreenSurface::disc(Point c, float radius, Color color) {
  list_.AddCircleFilled(at(c), radius, paint(color));
}

void ScreenSurface::ring(Point c, float radius, Color color, float thickness) {
  list_.AddCircle(at(c), radius - thickness / 2, paint(color), 0, thickness);
}

void ScreenSurface::cells(std::string_view name, Rect r, const CellGrid& grid) {
  list_.AddImage(textures_.of(name, grid), {r.x, r.y}, {r.right(), r.bottom()});
}

void ScreenSurface::text(const Line& line, std::string_view text) {
  const float left = line.at.x, top = std::round(line.at.y) - line.font.glyphs->Ascent;
  const ImU32 ink = paint(line.color);
  lay_out(line.font, text, [&](const ImFontGlyph& g, float x) {
    if (!g.Visible) return;
    list_.PrimReserve(6, 4);
    list_.PrimRectUV({left + x + g.X0, top + g.Y0}, {left + x + g.X1, top + g.Y1}, {g.U0, g.V0},
                     {g.U1, g.V1}, ink);
  });
}

}  // namespace viz

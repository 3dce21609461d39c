// Grid units into pixels, marks into shapes, text into lines.

#include "viz/draw/canvas.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "viz/draw/text_layout.h"

namespace viz {

float Canvas::px(float grid) const { return std::round(grid * scale_); }

float Canvas::thick(float grid) const { return std::max(1.0f, std::round(grid * scale_)); }

Rect Canvas::pixels(Rect r) const {
  const float x = px(r.x), y = px(r.y);
  return {x, y, px(r.right()) - x, px(r.bottom()) - y};
}

void Canvas::fill(Rect r, Color color, float radius) {
  surface_.fill(pixels(r), color, radius * scale_);
}

void Canvas::outline(Rect r, Color color, float thickness, float radius) {
  surface_.outline(pixels(r), color, thick(thickness), radius * scale_);
}

void Canvas::horizontal(float x, float y, float width, Color color, float thickness) {
  surface_.fill({px(x), px(y), px(x + width) - px(x), thick(thickness)}, color, 0);
}

void Canvas::vertical(float x, float y, float height, Color color, float thickness) {
  surface_.fill({px(x), px(y), thick(thickness), px(y + height) - px(y)}, color, 0);
}

void Canvas::dashes(float x, float y, float width, Color color) {
  constexpr float kDash = 4, kStep = 10;
  for (float at = 0; at < width; at += kStep) {
    horizontal(x + at, y, std::min(kDash, width - at), color);
  }
}

void Canvas::line(Point from, Point to, Color color, float thickness) {
  path(std::array{from, to}, color, thickness);
}

void Canvas::path(std::span<const Point> points, Color color, float thickness) {
  std::vector<Point> at;
  for (const Point& p : points) at.push_back(pixels(p));
  surface_.stroke(at, Ends::open, color, thick(thickness));
}

void Canvas::cells(std::string_view name, Rect r, const CellGrid& grid) {
  if (grid.columns == 0 || grid.rows == 0) return;
  surface_.cells(name, pixels(r), grid);
}

void Canvas::disc(Point c, float radius, Color color) {
  surface_.disc(pixels(c), radius * scale_, color);
}

void Canvas::ring(Point c, float radius, Color color, float thickness) {
  surface_.ring(pixels(c), radius * scale_, color, thick(thickness));
}

void Canvas::diamond(Point c, float r, Color color, float thickness) {
  const std::array corners{pixels(Point{c.x, c.y - r}), pixels(Point{c.x + r, c.y}),
                           pixels(Point{c.x, c.y + r}), pixels(Point{c.x - r, c.y})};
  surface_.stroke(corners, Ends::joined, color, thick(thickness));
}

void Canvas::cross(Point c, float r, Color color, float thickness) {
  line({c.x - r, c.y - r}, {c.x + r, c.y + r}, color, thickness);
  line({c.x - r, c.y + r}, {c.x + r, c.y - r}, color, thickness);
}

void Canvas::triangle(Point c, float r, Direction to, Color color) {
  // Of the one that points right; the others are turned.
  std::array<Point, 3> corners{Point{-r * 0.6f, -r}, Point{r * 0.8f, 0}, Point{-r * 0.6f, r}};
  for (Point& p : corners) {
    switch (to) {
      case Direction::right: break;
      case Direction::left: p = {-p.x, -p.y}; break;
      case Direction::down: p = {-p.y, p.x}; break;
      case Direction::up: p = {p.y, -p.x}; break;
    }
    p = pixels(Point{p.x + c.x, p.y + c.y});
  }
  surface_.polygon(corners, color);
}

float Canvas::width_of(TextStyle style, std::string_view text) const {
  return lay_out(fonts_.font(style), text, [](const ImFontGlyph&, float) {}) / scale_;
}

float Canvas::text(Point at, Align align, TextStyle style, Color color, std::string_view text) {
  const float width = width_of(style, text);
  const float shift = align == Align::right ? width : align == Align::center ? width / 2 : 0;
  const Point left = pixels(Point{at.x - shift, at.y});
  surface_.text({left, style, fonts_.font(style), color, width * scale_}, text);
  return width;
}

std::vector<std::string> Canvas::wrap(TextStyle style, std::string_view text, float width) const {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const std::size_t newline = std::min(text.find('\n'), text.size());
    std::string_view rest = text.substr(0, newline);
    text.remove_prefix(std::min(newline + 1, text.size()));
    while (!rest.empty()) {
      std::size_t end = rest.size();
      while (end > 0 && width_of(style, rest.substr(0, end)) > width) {
        const std::size_t space = rest.rfind(' ', end - 1);
        if (space == std::string_view::npos || space == 0) break;
        end = space;
      }
      lines.emplace_back(rest.substr(0, end));
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
  }
  return lines;
}

std::string Canvas::shorten(TextStyle style, std::string_view text, float width) const {
  if (width_of(style, text) <= width) return std::string(text);
  while (!text.empty() && width_of(style, std::string(text) + "…") > width) {
    do text.remove_suffix(1);
    while (!text.empty() && (static_cast<unsigned char>(text.back()) & 0xC0) == 0x80);
  }
  return std::string(text) + "…";
}

}  // namespace viz

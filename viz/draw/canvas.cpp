// Shapes by ImGui's draw list. Polygons go clockwise: the list smooths only those.

#include "viz/draw/canvas.h"

#include <imgui.h>
#include <imgui_internal.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace viz {
namespace {

ImU32 paint(Color c) { return IM_COL32(c.r, c.g, c.b, 255); }

constexpr char32_t kReplacement = U'\uFFFD';

// The next character of UTF-8; moves `at` past it.
char32_t next_character(std::string_view text, std::size_t& at) {
  unsigned c = 0;
  const int bytes = ImTextCharFromUtf8(&c, text.data() + at, text.data() + text.size());
  at += static_cast<std::size_t>(std::max(bytes, 1));
  return c == 0 ? kReplacement : static_cast<char32_t>(c);
}

}  // namespace

float Canvas::px(float grid) const { return std::round(grid * scale_); }

float Canvas::thick(float grid) const { return std::max(1.0f, std::round(grid * scale_)); }

void Canvas::fill(Rect r, Color color, float radius) {
  list_.AddRectFilled({px(r.x), px(r.y)}, {px(r.right()), px(r.bottom())}, paint(color),
                      radius * scale_);
}

void Canvas::outline(Rect r, Color color, float thickness, float radius) {
  const float t = thick(thickness);
  const float half = t / 2;
  list_.PathRect({px(r.x) + half, px(r.y) + half}, {px(r.right()) - half, px(r.bottom()) - half},
                 std::max(0.0f, radius * scale_ - half));
  list_.PathStroke(paint(color), ImDrawFlags_Closed, t);
}

void Canvas::horizontal(float x, float y, float width, Color color, float thickness) {
  list_.AddRectFilled({px(x), px(y)}, {px(x + width), px(y) + thick(thickness)}, paint(color));
}

void Canvas::vertical(float x, float y, float height, Color color, float thickness) {
  list_.AddRectFilled({px(x), px(y)}, {px(x) + thick(thickness), px(y + height)}, paint(color));
}

void Canvas::dashes(float x, float y, float width, Color color) {
  constexpr float kDash = 4, kStep = 10;
  for (float at = 0; at < width; at += kStep) {
    horizontal(x + at, y, std::min(kDash, width - at), color);
  }
}

void Canvas::line(Point from, Point to, Color color, float thickness) {
  list_.AddLine({from.x * scale_, from.y * scale_}, {to.x * scale_, to.y * scale_}, paint(color),
                thick(thickness));
}

void Canvas::path(std::span<const Point> points, Color color, float thickness) {
  for (const Point& p : points) list_.PathLineTo({p.x * scale_, p.y * scale_});
  list_.PathStroke(paint(color), 0, thick(thickness));
}

void Canvas::disc(Point c, float radius, Color color) {
  list_.AddCircleFilled({c.x * scale_, c.y * scale_}, radius * scale_, paint(color));
}

void Canvas::ring(Point c, float radius, Color color, float thickness) {
  const float t = thick(thickness);
  list_.AddCircle({c.x * scale_, c.y * scale_}, radius * scale_ - t / 2, paint(color), 0, t);
}

void Canvas::diamond(Point c, float radius, Color color, float thickness) {
  const float x = c.x * scale_, y = c.y * scale_, r = radius * scale_;
  list_.PathLineTo({x, y - r});
  list_.PathLineTo({x + r, y});
  list_.PathLineTo({x, y + r});
  list_.PathLineTo({x - r, y});
  list_.PathStroke(paint(color), ImDrawFlags_Closed, thick(thickness));
}

void Canvas::cross(Point c, float radius, Color color, float thickness) {
  const float x = c.x * scale_, y = c.y * scale_, r = radius * scale_, t = thick(thickness);
  list_.AddLine({x - r, y - r}, {x + r, y + r}, paint(color), t);
  list_.AddLine({x - r, y + r}, {x + r, y - r}, paint(color), t);
}

void Canvas::triangle(Point c, float radius, Direction to, Color color) {
  const float x = c.x * scale_, y = c.y * scale_, r = radius * scale_;
  // Of the one that points right; the others are turned.
  std::array<ImVec2, 3> corners{ImVec2{-r * 0.6f, -r}, ImVec2{r * 0.8f, 0}, ImVec2{-r * 0.6f, r}};
  for (ImVec2& p : corners) {
    switch (to) {
      case Direction::right: break;
      case Direction::left: p = {-p.x, -p.y}; break;
      case Direction::down: p = {-p.y, p.x}; break;
      case Direction::up: p = {p.y, -p.x}; break;
    }
    p = {p.x + x, p.y + y};
  }
  list_.AddTriangleFilled(corners[0], corners[1], corners[2], paint(color));
}

template <class F>
float Canvas::lay_out(const SizedFont& font, std::string_view text, F f) const {
  float x = 0;
  char32_t before = 0;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = next_character(text, at);
    const ImFontGlyph* glyph = font.glyphs->FindGlyph(static_cast<ImWchar>(c));
    if (glyph == nullptr) continue;
    if (before != 0) x += font.face->kerning(before, c) * font.em;
    f(*glyph, x);
    x += glyph->AdvanceX;
    before = c;
  }
  return x;
}

float Canvas::width_of(TextStyle style, std::string_view text) const {
  return lay_out(fonts_.font(style), text, [](const ImFontGlyph&, float) {}) / scale_;
}

float Canvas::text(Point at, Align align, TextStyle style, Color color, std::string_view text) {
  const SizedFont& font = fonts_.font(style);
  const float width = align == Align::left ? 0 : width_of(style, text) * scale_;
  const float shift = align == Align::right ? width : align == Align::center ? width / 2 : 0;
  const float left = at.x * scale_ - shift;
  const float top = std::round(at.y * scale_) - font.glyphs->Ascent;
  const ImU32 ink = paint(color);
  const float drawn = lay_out(font, text, [&](const ImFontGlyph& g, float x) {
    if (!g.Visible) return;
    list_.PrimReserve(6, 4);
    list_.PrimRectUV({left + x + g.X0, top + g.Y0}, {left + x + g.X1, top + g.Y1}, {g.U0, g.V0},
                     {g.U1, g.V1}, ink);
  });
  return drawn / scale_;
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

// An element a shape, with presentation attributes only: slide programs know little of CSS.

#include "viz/draw/svg_surface.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "viz/draw/text_layout.h"

namespace viz {
namespace {

std::string paint(Color c) { return fmt::format("#{:02x}{:02x}{:02x}", c.r, c.g, c.b); }

// Hundredths of a px, without zeros that say nothing.
std::string number(float value) {
  const auto hundredths = std::lround(static_cast<double>(value) * 100);
  return fmt::format("{}", static_cast<double>(hundredths) / 100);
}

// What XML allows: control characters are blanks, what is no UTF-8 is the sign for that.
std::string escaped(std::string_view text) {
  std::string safe;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    const char32_t c = next_character(text, at);
    switch (c) {
      case U'&': safe += "&amp;"; break;
      case U'<': safe += "&lt;"; break;
      case U'>': safe += "&gt;"; break;
      case U'"': safe += "&quot;"; break;
      case U'\uFFFD': safe += "\uFFFD"; break;
      default: safe += c < 0x20 ? " " : text.substr(begin, at - begin);
    }
  }
  return safe;
}

std::string rounded(float radius) {
  return radius > 0 ? fmt::format(" rx=\"{}\"", number(radius)) : "";
}

std::string points_text(std::span<const Point> points) {
  std::string text;
  for (const Point& p : points) {
    text += fmt::format("{}{},{}", text.empty() ? "" : " ", number(p.x), number(p.y));
  }
  return text;
}

Rect bounds(std::span<const Point> points) {
  Rect box{points.front().x, points.front().y, 0, 0};
  for (const Point& p : points) {
    const float right = std::max(box.right(), p.x), bottom = std::max(box.bottom(), p.y);
    box.x = std::min(box.x, p.x);
    box.y = std::min(box.y, p.y);
    box.w = right - box.x;
    box.h = bottom - box.y;
  }
  return box;
}

Rect around(Point c, float radius) { return {c.x - radius, c.y - radius, 2 * radius, 2 * radius}; }

const char* families(Face face) {
  const bool is_mono = face == Face::mono || face == Face::mono_bold;
  return is_mono ? "JetBrains Mono, DejaVu Sans Mono, monospace"
                 : "Inter, Helvetica, Arial, sans-serif";
}

int weight(Face face) {
  switch (face) {
    case Face::words:
    case Face::mono: return 400;
    case Face::words_bold: return 600;
    case Face::mono_bold: return 700;
  }
  return 400;
}

}  // namespace

SvgSurface::SvgSurface(Rect view, Color background, std::string_view title) : view_(view) {
  text_ = fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{2}\" height=\"{3}\""
      " viewBox=\"{0} {1} {2} {3}\">\n<title>{4}</title>\n",
      number(view.x), number(view.y), number(view.w), number(view.h), escaped(title));
  fill(view, background, 0);
}

bool SvgSurface::is_seen(Rect at) const {
  return at.x < view_.right() && at.right() > view_.x && at.y < view_.bottom() &&
         at.bottom() > view_.y;
}

void SvgSurface::fill(Rect r, Color color, float radius) {
  if (!is_seen(r) || r.w <= 0 || r.h <= 0) return;
  text_ += fmt::format("<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"{} fill=\"{}\"/>\n",
                       number(r.x), number(r.y), number(r.w), number(r.h),
                       rounded(std::min(radius, std::min(r.w, r.h) / 2)), paint(color));
}

void SvgSurface::outline(Rect r, Color color, float thickness, float radius) {
  if (!is_seen(r)) return;
  const Rect middle = r.inset(thickness / 2);
  text_ += fmt::format(
      "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"{} fill=\"none\" stroke=\"{}\""
      " stroke-width=\"{}\"/>\n",
      number(middle.x), number(middle.y), number(std::max(0.0f, middle.w)),
      number(std::max(0.0f, middle.h)), rounded(std::max(0.0f, radius - thickness / 2)),
      paint(color), number(thickness));
}

void SvgSurface::stroke(std::span<const Point> points, Ends ends, Color color, float thickness) {
  if (points.empty() || !is_seen(bounds(points).inset(-thickness))) return;
  text_ += fmt::format("<{} points=\"{}\" fill=\"none\" stroke=\"{}\" stroke-width=\"{}\"/>\n",
                       ends == Ends::joined ? "polygon" : "polyline", points_text(points),
                       paint(color), number(thickness));
}

void SvgSurface::polygon(std::span<const Point> points, Color color) {
  if (points.empty() || !is_seen(bounds(points))) return;
  text_ += fmt::format("<polygon points=\"{}\" fill=\"{}\"/>\n", points_text(points), paint(color));
}

void SvgSurface::disc(Point c, float radius, Color color) {
  if (!is_seen(around(c, radius))) return;
  text_ += fmt::format("<circle cx=\"{}\" cy=\"{}\" r=\"{}\" fill=\"{}\"/>\n", number(c.x),
                       number(c.y), number(radius), paint(color));
}

void SvgSurface::ring(Point c, float radius, Color color, float thickness) {
  if (!is_seen(around(c, radius))) return;
  text_ += fmt::format(
      "<circle cx=\"{}\" cy=\"{}\" r=\"{}\" fill=\"none\" stroke=\"{}\" stroke-width=\"{}\"/>\n",
      number(c.x), number(c.y), number(radius - thickness / 2), paint(color), number(thickness));
}

// A rectangle for each run of equal cells in a row, as high as there are equal rows.
void SvgSurface::cells(std::string_view, Rect r, const CellGrid& grid) {
  const float width = r.w / static_cast<float>(grid.columns);
  const float height = r.h / static_cast<float>(grid.rows);
  const auto row = [&](std::size_t n) {
    return grid.cells.subspan(n * grid.columns, grid.columns);
  };
  for (std::size_t top = 0; top < grid.rows;) {
    std::size_t below = top + 1;
    while (below < grid.rows && std::ranges::equal(row(top), row(below))) ++below;
    for (std::size_t c = 0; c < grid.columns;) {
      const std::uint8_t kind = row(top)[c];
      const std::size_t first = c;
      while (c < grid.columns && row(top)[c] == kind) ++c;
      if (kind >= kClearCells) continue;
      fill({r.x + width * static_cast<float>(first), r.y + height * static_cast<float>(top),
            width * static_cast<float>(c - first), height * static_cast<float>(below - top)},
           grid.colors[kind], 0);
    }
    top = below;
  }
}

void SvgSurface::text(const Line& line, std::string_view text) {
  const Rect box{line.at.x, line.at.y - line.font.em, line.width, line.font.em * 1.3f};
  if (text.empty() || !is_seen(box)) return;
  text_ += fmt::format(
      "<text x=\"{}\" y=\"{}\" font-family=\"{}\" font-size=\"{}\" font-weight=\"{}\" fill=\"{}\""
      " textLength=\"{}\" lengthAdjust=\"spacingAndGlyphs\" xml:space=\"preserve\">{}</text>\n",
      number(line.at.x), number(line.at.y), families(line.style.face), number(line.font.em),
      weight(line.style.face), paint(line.color), number(line.width), escaped(text));
}

}  // namespace viz

// One more frame, on another surface.

#include "viz/app/still.h"

#include <fmt/format.h>
#include <imgui.h>

#include <algorithm>
#include <cmath>

#include "viz/draw/svg_surface.h"
#include "viz/platform/stage.h"

namespace viz {

std::variant<Rect, Problem> panel_place(const App& app, const std::string& name) {
  if (name.empty()) return Rect{0, 0, kGridWidth, kGridHeight};
  std::string names;
  for (const NamedPanel& panel : app.panels()) {
    if (panel.name == name) return panel.at;
    names += fmt::format(" {}", panel.name);
  }
  return Problem{fmt::format("there is no panel '{}'; this screen has{}", name, names)};
}

std::variant<std::string, Problem> svg_of(App& app, const std::string& panel) {
  auto opened = FontSet::open();
  if (auto* problem = std::get_if<Problem>(&opened)) return *problem;
  auto& fonts = std::get<FontSet>(opened);
  ImFontAtlas atlas;
  fonts.build(atlas, 1);
  const std::string title = fmt::format(
      "{}: {}", app.session().lessons()[app.session().lesson()].title, app.session().here().title);
  const auto draw = [&](Rect view) {
    Input nobody;
    nobody.mouse = {-1, -1};
    SvgSurface svg(view, app.background(), title);
    Canvas canvas(svg, fonts, 1);
    app.frame(canvas, nobody);
    return svg.file();
  };
  std::string whole = draw({0, 0, kGridWidth, kGridHeight});
  if (panel.empty()) return whole;
  auto place = panel_place(app, panel);
  if (auto* problem = std::get_if<Problem>(&place)) return *problem;
  return draw(std::get<Rect>(place));
}

Picture part_of(const Picture& whole, Rect at) {
  const int left = std::clamp(static_cast<int>(std::round(at.x)), 0, whole.width);
  const int top = std::clamp(static_cast<int>(std::round(at.y)), 0, whole.height);
  const int right = std::clamp(static_cast<int>(std::round(at.right())), left, whole.width);
  const int bottom = std::clamp(static_cast<int>(std::round(at.bottom())), top, whole.height);
  Picture part{right - left, bottom - top, {}};
  for (int y = top; y < bottom && right > left; ++y) {
    const std::uint8_t* row = whole.at(left, y);
    part.pixels.insert(part.pixels.end(), row, row + static_cast<std::ptrdiff_t>(part.width) * 3);
  }
  return part;
}

}  // namespace viz

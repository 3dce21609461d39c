// Stills of what the app shows: the whole of it or one panel, as pixels or as an SVG drawing.

#pragma once

#include <string>
#include <variant>

#include "viz/app/app.h"
#include "viz/platform/picture.h"

namespace viz {

// Where a panel of the frame drawn last lies on the grid; of an empty name all of it. A problem:
// which panels there are.
std::variant<Rect, Problem> panel_place(const App&, const std::string& name);

// Draws a frame at scale 1, whatever the window's size: the same state gives the same bytes. Needs
// neither window nor OpenGL.
std::variant<std::string, Problem> svg_of(App&, const std::string& panel);

// The picture's part in those pixels, as far as it has them.
Picture part_of(const Picture&, Rect pixels);

}  // namespace viz

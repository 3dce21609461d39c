// Lists that open over the screen: lessons with their programs, settings of the machine, help.

#pragma once

#include <string>
#include <vector>

#include "viz/panels/pen.h"

namespace viz {

struct MenuItem {
  std::string name;  // of the control
  std::string label;
  std::string note;  // to its right, or below it
  bool is_here = false;
};

struct MenuAnswer {
  std::optional<std::size_t> chosen;
  bool is_closed = false;  // clicked beside it, or Escape
};

MenuAnswer draw_menu(Pen&, Point at, float width, std::string_view title,
                     const std::vector<MenuItem>&);

// Whether what lies over the screen is done with: Escape, or a click beside it.
bool is_left(Pen&, Rect menu);

}  // namespace viz

// The app in a window, until the user closes it.

#pragma once

#include <optional>
#include <string>

#include "viz/app/app.h"
#include "viz/platform/stage.h"

namespace viz {

struct WindowOptions {
  int width = 1280, height = 800;
  std::string state_file;   // empty: none
  std::string preferences;  // where they are kept; empty: nowhere
};

// A problem: why there is no window.
std::optional<Problem> run_window(App&, const WindowOptions&);

}  // namespace viz

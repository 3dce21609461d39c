// Where the app keeps its preferences: $XDG_CONFIG_HOME/pagewalk/app.json, else
// ~/.config/pagewalk/app.json.

#pragma once

#include <optional>
#include <string>

#include "viz/app/app.h"

namespace viz {

// Empty when the user has no home.
std::string preferences_path();
// What cannot be read or understood is as if it were not there.
Preferences read_preferences(const std::string& path);
// A problem: why it could not be kept.
std::optional<Problem> keep_preferences(const Preferences&, const std::string& path);

}  // namespace viz

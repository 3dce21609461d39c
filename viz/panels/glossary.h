// What the app's words mean, for whoever points at them. The one place: a word that is shown
// without being explained here is one that everybody knows.

#pragma once

#include <string_view>

namespace viz {

// Empty for a word that is not here.
std::string_view meaning_of(std::string_view word);

}  // namespace viz

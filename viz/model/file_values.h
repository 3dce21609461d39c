// Some elements of a file as each of its three truths holds them.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "viz/model/main_view.h"
#include "viz/model/player.h"

namespace viz {

inline constexpr std::size_t kValuesShown = 4;

// Which file the picture is about: the one touched last, else the first that has a name. Its name.
std::optional<std::string> file_in_view(const Player&);
FileTruthsView file_truths_view(const Player&);

}  // namespace viz

// The settings of a run as the command line gives them.

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "scenarios/session/play.h"
#include "scenarios/session/settings.h"

namespace cli {

struct GivenSettings {
  std::string machine = "textbook";  // or a TOML file
  std::vector<std::string> sets;     // KEY=VALUE each, later ones win
};

// Applies them, the file first, and checks the whole.
std::optional<session::Failure> apply(const GivenSettings&, session::Settings&);

}  // namespace cli

// Which wrong rules of the simulator could not be noticed on this computer, known before anything
// is compared: from what it shows, and from what its file system does.

#pragma once

#include <map>
#include <string>

#include "scenarios/session/run.h"
#include "sim/core/config.h"

namespace session {

// A rule (`--plant` takes its name): what cannot be seen, and why. Of exact mode.
std::map<sim::Rule, std::string> rules_out_of_sight(const Run& real);

}  // namespace session

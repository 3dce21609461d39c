// Faults of the simulated disk, as --inject writes them.

#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/core/config.h"

namespace session {

// "read-error=FILE:PAGES", "write-error=FILE:PAGES" (PAGES: 3 or 0-7), "disk-full=PAGES" (so many
// more fit). What is wrong and how it is written; nothing when all is well.
std::optional<std::string> inject(sim::MachineConfig&, std::string_view what);

// The faults of a machine in the same words.
std::vector<std::string> injected(const sim::MachineConfig&);

}  // namespace session

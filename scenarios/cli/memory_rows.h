// What each process has mapped, by kind, as rows of a step.

#pragma once

#include <vector>

#include "scenarios/cli/step_rows.h"

namespace cli {

// A row for each process of which it changed in that line; where there are several, by the number
// that os.getpid() says.
std::vector<Row> memory_rows(const std::vector<const session::Run*>& runs, const ToldLine&);

}  // namespace cli

// `pagewalk run --mode cgroup`: the faults of a program under a real limit of memory, beside those
// of the simulated computer. Never called equal: nothing is mirrored.

#pragma once

#include "scenarios/cli/text_report.h"
#include "scenarios/session/play.h"

namespace cli {

enum class As : std::uint8_t { text, json };

// Returns the exit status.
int run_under_limit(const session::Play&, As, const Page&);

}  // namespace cli

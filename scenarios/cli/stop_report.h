// What is told of a run that was stopped at a place: the files that survive a kill, and the disk
// images that a power cut may leave.

#pragma once

#include <string>
#include <vector>

#include "scenarios/cli/paint.h"
#include "scenarios/cli/text_report.h"
#include "scenarios/session/run.h"

namespace cli {

// "16 bytes 00000000 ...", or why it cannot be shown.
std::string shown(const session::FileTruth&);

// "when the program ends", or when it is stopped.
std::string when_it_ends(const session::Run&);

std::string report_of_power_cut(const session::PowerCut&, const Page&);

}  // namespace cli

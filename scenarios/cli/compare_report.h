// What a comparison found, as tables for a terminal.

#pragma once

#include <string>

#include "scenarios/cli/text_report.h"
#include "scenarios/compare/findings.h"
#include "scenarios/compare/verdict.h"

namespace cli {

std::string report(const comparison::Comparison&, const comparison::Findings&, const Page&);

}  // namespace cli

// A run, or the runs of both computers side by side, as text for a terminal.

#pragma once

#include <string>
#include <vector>

#include "scenarios/cli/paint.h"
#include "scenarios/cli/told_lines.h"
#include "scenarios/session/reconcile.h"
#include "scenarios/session/run_json.h"

namespace cli {

struct Page {
  Paint paint;
  std::size_t width = 80;
  Turns turns = Turns::summed;
};

// Line by line: what each did on each computer; then the three truths about every file, the
// agreement (null when one computer ran) and what could not be shown.
std::string report(const session::Source&, const std::vector<const session::Run*>& runs,
                   const session::Agreement*, const Page&);

// Text cut at spaces so that no line is wider; a word wider than a line is cut, too.
std::vector<std::string> wrapped(std::string_view text, std::size_t width);

}  // namespace cli

// A line's figures as labelled texts, the same labels for both computers: what the report sets
// side by side.

#pragma once

#include <string>
#include <vector>

#include "scenarios/cli/paint.h"
#include "scenarios/cli/told_lines.h"
#include "scenarios/session/run.h"

namespace cli {

// Whether a row's values say something about agreement. Mirrored ones do not: this computer took
// them from the simulated one (session/figures.h).
enum class Compared : std::uint8_t { yes, no, not_observable, mirrored };

struct Row {
  std::string label;
  std::vector<std::string> values;  // one per computer
  std::vector<std::string> keys;    // what is compared where the values say more; else empty
  Ink ink = Ink::plain;             // what kind of figure it is
  Compared compared = Compared::yes;
  bool is_equal() const { return keys.empty() ? values[0] == values[1] : keys[0] == keys[1]; }
};

// Rows of a line; what happened comes first (only what did happen), then what is where now. Of
// several turns: each figure once, with the turns it comes up in.
std::vector<Row> rows_of(const std::vector<const session::Run*>& runs, const ToldLine&);

// The sums over the program.
std::vector<Row> rows_of_totals(const std::vector<const session::Run*>& runs);

}  // namespace cli

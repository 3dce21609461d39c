// What the report tells together: a step, or all turns of a line, of each computer's run.

#pragma once

#include <cstdint>
#include <vector>

#include "scenarios/session/run.h"

namespace cli {

// One computer's part.
struct ToldPart {
  session::Step sum;                           // of its steps; `after` is the last one's
  const session::State* before = nullptr;      // the first one; null: it is the run's first
  const session::LineTurns* spread = nullptr;  // over the turns, where they are summed
};

struct ToldLine {
  std::uint32_t line = 0;       // 0: the exit
  std::uint64_t turns = 1;      // 0: the rest of a line that a call interrupted
  std::vector<ToldPart> parts;  // one per run

  bool is_summed() const { return turns > 1; }
};

enum class Turns : std::uint8_t { summed, each };

// In the order in which lines are first executed. Summed: one per line that is executed more than
// twice, so that a loop is as long as its lines. Each: one per step. The runs must outlive them.
std::vector<ToldLine> told_lines(const std::vector<const session::Run*>&, Turns);

}  // namespace cli

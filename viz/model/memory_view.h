// What a process has mapped, by kind, over the lines that have run: why memory grows, and what
// gives it back.

#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "viz/model/main_view.h"
#include "viz/model/player.h"
#include "viz/model/real_take.h"

namespace viz {

// One line as it was executed.
struct MemoryLine {
  std::uint32_t number = 0;
  std::string source;
  Tick end = 0;           // where it is over
  bool is_ahead = false;  // it is not over yet at the moment shown
};

// One kind, in pages after each line that is over. Nothing where it is not known.
struct MemoryBand {
  std::string name, meaning;
  std::vector<std::optional<std::uint64_t>> simulated, real;
  std::uint64_t most = 1;  // what its height stands for
  std::string simulated_now, real_now;
  Match match = Match::none;
};

struct MemoryView {
  std::string title, note;
  std::vector<MemoryLine> lines;
  std::vector<MemoryBand> bands;
  std::string last;  // the line that its figures are after: "after line 3"
};

// Of the process that runs at the moment shown. `take` may be null.
MemoryView memory_view(const Player&, const RealTake*);

}  // namespace viz

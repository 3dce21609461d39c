// What a line did over its turns: a loop in a few figures, however often it goes round.

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "scenarios/session/counters.h"

namespace session {

// A figure of a line over its turns. Turns are counted from 1, as in LINE#TURN.
struct Spread {
  std::uint64_t turns = 0;            // in which it was not 0
  std::uint64_t first = 0, last = 0;  // of those
  std::uint64_t least = 0, most = 0;  // in one of those
  friend bool operator==(const Spread&, const Spread&) = default;

  void add(std::uint64_t turn, std::uint64_t amount);
};

// How many pages were somewhere at the end of a turn, over those that were looked at.
struct Range {
  std::uint64_t least = 0, most = 0;
  bool is_known = false;
  bool varies() const { return is_known && least != most; }
  void add(std::uint64_t amount);
  friend bool operator==(const Range&, const Range&) = default;
};

enum class TurnFigure : std::uint8_t {
  major,  // without those that brought a page back from swap
  minor,
  swap_in_faults,
  read_calls,
  write_calls,
  other_calls,
  pages_in,
  written_back,
  evicted,
  swapped,
};
inline constexpr std::size_t kTurnFigures = 10;
const char* name_of(TurnFigure);  // as JSON says it

class LineTurns {
 public:
  // The line is executed anew. What is counted from here on is of this turn, what it does after a
  // call too (of a line that calls itself: of its newest turn).
  void begin();
  void count(const sim::Event&);
  void observed(std::uint64_t resident, std::uint64_t dirty);
  // The last turn is over. Later ones may follow.
  void finish();

  std::uint64_t turns() const { return turns_; }
  const Spread& spread(TurnFigure f) const { return spreads_[static_cast<std::size_t>(f)]; }
  const Range& resident() const { return resident_; }
  const Range& dirty() const { return dirty_; }

 private:
  std::uint64_t turns_ = 0;
  Counters now_;
  bool has_counted_ = false;
  std::array<Spread, kTurnFigures> spreads_{};
  Range resident_, dirty_;
};

}  // namespace session

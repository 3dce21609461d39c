// A turn's counters, folded into the line's spreads when the turn is over.

#include "scenarios/session/turns.h"

#include <algorithm>
#include <numeric>

namespace session {
namespace {

std::uint64_t calls(const Counters& c, sim::SystemCall call) {
  return c.system_calls[static_cast<std::size_t>(call)];
}

template <class Numbers>
std::uint64_t sum(const Numbers& numbers) {
  return std::accumulate(numbers.begin(), numbers.end(), std::uint64_t{0});
}

std::uint64_t figure_of(const Counters& c, TurnFigure figure) {
  using sim::SystemCall;
  switch (figure) {
    case TurnFigure::major: return c.major_from_files();
    case TurnFigure::minor: return c.minor;
    case TurnFigure::swap_in_faults: return c.swap_in_faults;
    case TurnFigure::read_calls: return calls(c, SystemCall::read);
    case TurnFigure::write_calls: return calls(c, SystemCall::write);
    case TurnFigure::other_calls:
      return sum(c.system_calls) - calls(c, SystemCall::read) - calls(c, SystemCall::write);
    case TurnFigure::pages_in: return c.pages_in;
    case TurnFigure::written_back: return sum(c.write_backs);
    case TurnFigure::evicted: return c.evicted;
    case TurnFigure::swapped: return c.swapped_in + c.swapped_out;
  }
  return 0;
}

}  // namespace

const char* name_of(TurnFigure figure) {
  static constexpr const char* kNames[] = {
      "major",       "minor",    "swap_in_faults", "read_calls", "write_calls",
      "other_calls", "pages_in", "written_back",   "evicted",    "swapped"};
  return kNames[static_cast<std::size_t>(figure)];
}

void Spread::add(std::uint64_t turn, std::uint64_t amount) {
  if (amount == 0) return;
  if (turns == 0) first = turn;
  least = turns == 0 ? amount : std::min(least, amount);
  most = std::max(most, amount);
  last = turn;
  ++turns;
}

void Range::add(std::uint64_t amount) {
  least = is_known ? std::min(least, amount) : amount;
  most = std::max(most, amount);
  is_known = true;
}

void LineTurns::begin() {
  finish();
  ++turns_;
}

void LineTurns::count(const sim::Event& e) {
  now_.count(e);
  has_counted_ = true;
}

void LineTurns::observed(std::uint64_t resident, std::uint64_t dirty) {
  resident_.add(resident);
  dirty_.add(dirty);
}

void LineTurns::finish() {
  if (!has_counted_) return;
  for (std::size_t i = 0; i < kTurnFigures; ++i) {
    spreads_[i].add(turns_, figure_of(now_, static_cast<TurnFigure>(i)));
  }
  now_ = {};
  has_counted_ = false;
}

}  // namespace session

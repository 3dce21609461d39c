// One sentence's part for each shape that a spread can have.

#include "scenarios/cli/turn_words.h"

#include <fmt/format.h>

namespace cli {

std::string in_words(const session::Spread& s, std::uint64_t turns) {
  if (s.turns == 0) return "";
  const bool is_even = s.least == s.most;
  const std::string amount =
      is_even ? fmt::format("{}", s.most) : fmt::format("{} to {}", s.least, s.most);
  if (s.turns == turns) return amount + " a turn";
  if (s.turns == 1) return fmt::format("all in turn #{}", s.first);
  return fmt::format("{} in {}{} turns, #{} to #{}", amount, is_even ? "each of " : "", s.turns,
                     s.first, s.last);
}

std::string in_words(const session::Range& r) {
  return r.varies() ? fmt::format("{} to {} over the turns", r.least, r.most) : "";
}

}  // namespace cli

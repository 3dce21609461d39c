// What a strategy leaves: what it printed, and its files as every reader gets them. Strategies are
// compared only if they leave the same.

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sim/machine.h"

namespace comparison {

struct Answer {
  std::string printed;
  sim::Machine machine;  // after the program's exit
};

// Where two answers part.
struct Difference {
  std::string what;                 // "x.bin", or "what it printed"
  std::optional<std::uint64_t> at;  // the first byte that differs; none: the file is missing
  std::string why;                  // a sentence: "byte 8 of x.bin is 00, not f0"
};

// The first difference of `is` from `should_be`; nothing when they are the same. Only files of
// these names count, all of them if there are none.
std::optional<Difference> difference_of(const Answer& is, const Answer& should_be,
                                        const std::vector<std::string>& names);

}  // namespace comparison

// A question about a comparison: which strategy will be fastest where the first slider is not yet.

#pragma once

#include <cstddef>
#include <optional>

#include "scenarios/compare/sweep.h"

namespace viz {

struct CompareQuestion {
  double value = 0;                   // of the first slider: where it is asked about
  std::optional<std::size_t> guess;   // a strategy
  std::optional<std::size_t> answer;  // the fastest there, once all were run there
};

// Where on its way a value lies, 0 to 1.
double part_at(const comparison::Parameter&, double value);

// A round value well beyond the break-even, seen from where the slider is: there another strategy
// may be the fastest. None where the range has no such value.
std::optional<double> value_to_ask(const comparison::Parameter&, const comparison::BreakEven&,
                                   double from);

}  // namespace viz

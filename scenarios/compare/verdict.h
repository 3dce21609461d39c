// Whether simulated time can say which strategy is the fastest. It has faults, copies, system calls
// and the disk, and nothing of the interpreter's own time: where that decides, nobody is named.

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "scenarios/compare/comparison.h"
#include "scenarios/compare/measure.h"

namespace comparison {

struct Verdict {
  std::optional<std::size_t> fastest;  // Result::fastest, where nothing speaks against it
  std::string why_not;                 // a sentence; empty where it stands or nobody is right
};

// What an executed line of Python costs at the least (CPython 3.11 at 3 GHz: 20 ns for `pass`, 60
// to 300 for a line that takes an element of an array). Twice that many lines need not be slower;
// hundreds of thousands are.
inline constexpr std::uint64_t kLeastLineNs = 50;

// With measured times, those decide against the simulated one: another strategy is faster here by
// more than a tenth, and its slowest run is faster than the other's fastest; or as clearly for it.
// Where they do neither, the lines count: what the winner executes more of them than another must
// not take longer than it is ahead.
Verdict verdict_of(const Result&, const std::vector<std::optional<Measured>>& = {});

// "A", "B", ... "Z", "AA": how strategies are called.
std::string letter_of(std::size_t strategy);

}  // namespace comparison

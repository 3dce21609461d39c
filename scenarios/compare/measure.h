// The time that strategies take on the computer this runs on: real runs, as the kernel runs
// everyone's programs, with nothing watched.

#pragma once

#include <variant>

#include "scenarios/compare/comparison.h"

namespace comparison {

struct Measured {
  std::vector<std::uint64_t> runs_ns;   // in order
  std::vector<std::uint64_t> own_ns;    // of each: the processor's time outside of the kernel
  std::uint64_t median_ns() const;      // Requires: there are runs
  std::uint64_t median_own_ns() const;  // Requires: there are runs
  session::Ending ending;               // of the last run
  bool leaves_the_same = true;          // files, byte for byte, as on the simulated computer
};

struct Measurement {
  std::size_t strategy = 0;
  const Point& point;
  unsigned times = 3;
  Interrupted interrupted = never_interrupted;
};

// Each run starts cold: no page of its files in memory. The time is that from the program's first
// line to its exit, Pagewalk's interpreter included.
std::variant<Measured, session::Failure> measure(Comparison&, const Measurement&);

}  // namespace comparison

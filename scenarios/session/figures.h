// The figures that a step's counters are: one row each, which agreement, text and JSON ask. A row
// says where this computer's value comes from, for only what its kernel counted can refute the
// simulated computer.

#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "scenarios/session/run.h"

namespace session {

// Where the real computer's value of a figure comes from.
enum class Origin : std::uint8_t {
  counted,   // its kernel, or the bytes themselves, say it
  mirrored,  // it follows from what the other computer did or from the rules that are to be tested:
             // equal values prove nothing
};

struct CounterFigure {
  const char* name;  // as agreement and JSON call it: "faults.minor"
  std::uint64_t (*of)(const Counters&);
  Origin exact, kernel_default;          // by mode of the real computer
  bool (Run::*shows)() const = nullptr;  // whether a run can observe it; null: each can
  Origin origin(real::Mode mode) const {
    return mode == real::Mode::exact ? exact : kernel_default;
  }
};

// All but the system calls, of which there is a figure each.
std::span<const CounterFigure> counter_figures();

// The row of that name. Requires: there is one.
const CounterFigure& counter_figure(std::string_view name);

// Of figures that are no counters: what faults are called beyond minor and major, and a death for
// want of memory, which the real computer is told when to die.
inline constexpr const char* kFaultLabels = "fault_labels";
inline constexpr const char* kMomentOfDeath = "out_of_memory";

// What the comparison can and cannot refute, in one sentence for a reader of its result.
std::string_view reach_of_agreement(real::Mode);

}  // namespace session

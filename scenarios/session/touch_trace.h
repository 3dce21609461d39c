// What every touch of a run did: the few that something happened at one by one, the others by what
// they touched.

#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sim/core/event.h"

namespace session {

enum class ComputerKind : std::uint8_t;

// A touch that faulted or ended in a signal. One that faulted twice has two.
struct TouchNote {
  std::uint64_t touch = 0;
  sim::PageName page;
  std::uint32_t step = 0;  // index into the run's steps
  bool is_signal = false;
  bool major = false;
  std::uint16_t detail = 0;  // of a fault: sim::fault_detail bits; of a signal: its number
  // Where it happened is compared too, but not the step: that is a figure of its own.
  friend bool operator==(const TouchNote& a, const TouchNote& b) {
    return a.touch == b.touch && a.page == b.page && a.is_signal == b.is_signal &&
           a.major == b.major && a.detail == b.detail;
  }
};

struct TouchTrace {
  std::vector<TouchNote> notes;
  // By step: a sum over the touches of a number made from page, operand and access. Runs of
  // accesses may be cut differently on the two computers; this sum does not change with the cut.
  std::vector<std::uint64_t> sums;

  void take(const sim::Event&, std::size_t step);
};

// "minor", "signal 7"; as kind_of() in run.h.
std::string outcome_of(ComputerKind, const TouchNote&);

}  // namespace session

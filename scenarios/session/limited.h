// A program under a real limit of memory, where this computer's kernel chooses what goes, beside
// the simulated computer with as many frames under each policy. Nothing is mirrored: neither has
// seen the other's run.

#pragma once

#include <cstdint>
#include <variant>
#include <vector>

#include "scenarios/session/play.h"

namespace session {

// The kernel evicts 32 pages at a time and charges 64 in advance for each CPU: with fewer frames
// that weighs more than its choice of victims.
inline constexpr sim::Pages kLeastFramesOfLimit{512};

struct Limited {
  Run kernel;                  // steps without states
  std::vector<Run> simulated;  // the policy that was asked for first
  int cgroup_version = 0;
  sim::Pages limit;             // in all
  sim::Pages own;               // of the process itself, when the program began
  std::int64_t own_growth = 0;  // by the program's end; they came out of the program's frames
  bool has_swap = false;        // of this computer
};

// Requires: the settings' page size is this computer's.
std::variant<Limited, Failure> play_limited(const Play&);

}  // namespace session

// What happened, in words: the sequence that the current access went through, step by step.

#pragma once

#include <string>
#include <vector>

#include "viz/model/player.h"

namespace viz {

enum class MicroStepKind : std::uint8_t {
  walk,
  fault,
  victim,
  write_back,
  swap_out,
  read,
  map,
  retry,
  call,
};

struct MicroStep {
  MicroStepKind kind = MicroStepKind::walk;
  std::string title;     // "Victim"
  std::string summary;   // "a5, oldest use"
  std::string sentence;  // "Page a5 was unused for 8 accesses, longest of all: it has to go."
};

// Who runs the current line, "the child"; empty while the program has one process.
std::string process_at(const Player&);

// Of the touch that the player stands behind; empty for a line that touches nothing.
std::vector<MicroStep> micro_steps(const Player&);
// All of it in at most three lines.
std::string told(const Player&);

}  // namespace viz

// The touch at which the simulated computer's memory ran out and a process of its program died of
// it: here it dies there, too, so that the two runs stay together.

#pragma once

#include <cstdint>

#include "sim/core/event.h"

namespace real {

struct Death {
  std::uint64_t touch = sim::kNeverTouched;
  std::uint64_t calls = 0;  // system calls that had returned by then
  // What the touch had brought about by then: a file's page came, and there was no frame for what
  // it came for (its private copy, the next page of a write that starts beyond the end).
  enum class After : std::uint8_t { nothing, page_in } after = After::nothing;
};

}  // namespace real

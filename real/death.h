// The touch at which the simulated computer's memory ran out and its program died of it: here it
// dies there, too, so that the two runs stay together.

#pragma once

#include <cstdint>

#include "sim/core/event.h"

namespace real {

struct Death {
  std::uint64_t touch = sim::kNeverTouched;
  // What the touch had brought about by then: a file's page came, and there was no frame for its
  // private copy.
  enum class After : std::uint8_t { nothing, page_in } after = After::nothing;
};

}  // namespace real

// A page that a real kernel was seen to write back without being asked: the simulated one does the
// same before the touch with that number.

#pragma once

#include <cstdint>

#include "sim/core/event.h"

namespace sim {

struct KernelWrite {
  std::uint64_t touch = 0;
  PageName page;
  friend bool operator==(const KernelWrite&, const KernelWrite&) = default;
};

}  // namespace sim

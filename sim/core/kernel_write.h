// A page that a real kernel was seen to write back without being asked: the simulated one does the
// same when as many touches were made.

#pragma once

#include <cstdint>

#include "sim/core/event.h"

namespace sim {

// Of what was done unasked it is known only when it was noticed. Operand of such write_back events.
enum class Noticed : std::uint8_t {
  at_touch,  // just before the touch of that number
  in_call,   // by a flush of the page, which had nothing to write any more
  at_look,   // by observing, after as many touches
};

struct KernelWrite {
  std::uint64_t touch = 0;
  PageName page;
  Noticed noticed = Noticed::at_touch;
  std::uint64_t calls =
      0;  // system calls that had returned: several can be made at one touch count
  friend bool operator==(const KernelWrite&, const KernelWrite&) = default;
};

}  // namespace sim

// What natively performed work costs of the budget of steps: a text of a hundred megabytes that is
// copied is one instruction, yet neither the budget nor Ctrl-C may have to wait for many of them.

#pragma once

#include <cstdint>

#include "scenarios/python/context.h"

namespace python {

// Values that are moved, compared or looked at: sixteen take as long as an instruction (some 30
// ns). Less than that is free.
inline void spend_on_values(Context& context, std::uint64_t values) {
  if (values >= 16) context.spend(values / 16);
}
inline void spend_on_bytes(Context& context, std::uint64_t bytes) {
  if (bytes >= 256) context.spend(bytes / 256);
}
// The whole of a list, tuple, dict, set, str or bytes is gone through; anything else is free.
void spend_on_whole(Context&, const Object&);
void spend_on_whole(Context&, const Value&);

// A width or a number of digits that a program asks for. Raises MemoryError where it is far beyond
// a lesson.
void spend_on_width(Context&, std::int64_t width);
void spend_on_digits(Context&, std::int64_t digits);

}  // namespace python

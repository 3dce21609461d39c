// Division by zero, overflow and invalid values: collected in the floating-point environment while
// loops run, then told as NumPy's default settings tell them, as RuntimeWarnings.

#pragma once

#include <string_view>

#include "scenarios/python/context.h"

namespace numpy {

class FloatErrors {
 public:
  FloatErrors();  // clears the flags
  // "divide by zero encountered in divide", and so on for what happened since.
  void warn(python::Context&, std::string_view where) const;
};

}  // namespace numpy

// From flags to warnings.

#include "scenarios/numpy/float_errors.h"

#include <cfenv>
#include <string>

namespace numpy {

FloatErrors::FloatErrors() { std::feclearexcept(FE_DIVBYZERO | FE_OVERFLOW | FE_INVALID); }

void FloatErrors::warn(python::Context& context, std::string_view where) const {
  const int flags = std::fetestexcept(FE_DIVBYZERO | FE_OVERFLOW | FE_INVALID);
  if (flags == 0) return;
  const std::string tail = " encountered in " + std::string(where);
  if ((flags & FE_DIVBYZERO) != 0) context.warn("RuntimeWarning", "divide by zero" + tail);
  if ((flags & FE_OVERFLOW) != 0) context.warn("RuntimeWarning", "overflow" + tail);
  if ((flags & FE_INVALID) != 0) context.warn("RuntimeWarning", "invalid value" + tail);
}

}  // namespace numpy

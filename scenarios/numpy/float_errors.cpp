// From flags to warnings.

#include "scenarios/numpy/float_errors.h"

#include <cfenv>
#include <string>

#include "scenarios/numpy/numpy_state.h"
#include "scenarios/python/native.h"

namespace numpy {

FloatErrors::FloatErrors() { std::feclearexcept(FE_DIVBYZERO | FE_OVERFLOW | FE_INVALID); }

namespace {

void tell(python::Context& context, OnFloatError how, const std::string& text) {
  switch (how) {
    case OnFloatError::ignore: return;
    case OnFloatError::warn: context.warn("RuntimeWarning", text); return;
    case OnFloatError::raise: python::raise("FloatingPointError", text);
  }
}

}  // namespace

void FloatErrors::warn(python::Context& context, std::string_view where) const {
  const int flags = std::fetestexcept(FE_DIVBYZERO | FE_OVERFLOW | FE_INVALID);
  if (flags == 0) return;
  const FloatErrorSettings& settings = state_of(context).float_errors;
  const std::string tail = " encountered in " + std::string(where);
  if ((flags & FE_DIVBYZERO) != 0) tell(context, settings.divide, "divide by zero" + tail);
  if ((flags & FE_OVERFLOW) != 0) tell(context, settings.over, "overflow" + tail);
  if ((flags & FE_INVALID) != 0) tell(context, settings.invalid, "invalid value" + tail);
}

}  // namespace numpy

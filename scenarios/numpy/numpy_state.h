// What np.set_printoptions and np.errstate change: state of one evaluator, kept by the type object
// of ndarray, which each evaluator has one of.

#pragma once

#include <cstdint>

#include "scenarios/numpy/print_array.h"
#include "scenarios/python/type_object.h"

namespace numpy {

enum class OnFloatError : std::uint8_t { warn, ignore, raise };
struct FloatErrorSettings {
  OnFloatError divide = OnFloatError::warn;
  OnFloatError over = OnFloatError::warn;
  OnFloatError under = OnFloatError::ignore;
  OnFloatError invalid = OnFloatError::warn;
};

struct NumpyState {
  PrintOptions print_options;
  FloatErrorSettings float_errors;
};

class NdArrayType final : public python::TypeObject {
 public:
  explicit NdArrayType(python::NativePointer constructor)
      : TypeObject("ndarray", "numpy.ndarray", constructor), constructor_(constructor) {}
  NumpyState& state() { return state_; }
  python::Object* clone(python::Cloner&) override;

 private:
  python::NativePointer constructor_;
  NumpyState state_;
};

// Requires: numpy has been imported into this evaluator, as it has where arrays exist.
NumpyState& state_of(python::Context&);

}  // namespace numpy

// Finding the state of an evaluator.

#include "scenarios/numpy/numpy_state.h"

#include "scenarios/python/native.h"

namespace numpy {

python::Object* NdArrayType::clone(python::Cloner& cloner) {
  auto* copy = new NdArrayType(constructor_);
  cloner.remember(*this, copy);
  copy_members_to(*copy, cloner);
  copy->state_ = state_;
  return copy;
}

NumpyState& state_of(python::Context& context) {
  const python::Value type = context.types().find("numpy.ndarray");
  auto* array_type = type.get_if<NdArrayType>();
  if (array_type == nullptr) {  // a fresh context, as tests have
    context.types().add(python::make<NdArrayType>(nullptr));
    return state_of(context);
  }
  return array_type->state();
}

}  // namespace numpy

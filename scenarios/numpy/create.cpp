// Arrays from lists and other arrays, and assignment of any value to an array.

#include "scenarios/numpy/create.h"

#include "scenarios/numpy/coerce.h"
#include "scenarios/numpy/elementwise.h"
#include "scenarios/numpy/float_errors.h"
#include "scenarios/numpy/scalar.h"
#include "scenarios/python/native.h"

namespace numpy {

using python::Context;
using python::Value;

namespace {

void store_leaves(Context& context, NdArray& array, const std::vector<Value>& leaves) {
  std::size_t next = 0;
  std::byte item[8];
  for (ElementAddresses at(array); !at.done(); at.advance()) {
    element_from(context, leaves[next++], array.dtype().type()).write(item, array.dtype());
    store(context, at.address(), std::span<const std::byte>(item, array.dtype().itemsize()));
    if (next % 4096 == 0) context.spend(4096);
  }
}

Value from_list(Context& context, const Value& value, const ArrayRequest& request) {
  const Discovered found = discover(context, value);
  if (!request.dtype) {
    for (const Value& leaf : found.leaves) {
      if (!number_of(leaf)) {
        throw python::Unsupported{"an array of " + python::quoted_type(leaf) + " objects",
                                  "numbers or bools"};
      }
    }
  }
  const Order order = request.layout == ArrayRequest::Layout::f ? Order::f : Order::c;
  const Value made =
      new_array(context, request.dtype.value_or(DType(found.type)), found.shape, order);
  store_leaves(context, *array_if(made), found.leaves);
  return made;
}

bool has_layout(const NdArray& a, ArrayRequest::Layout layout) {
  switch (layout) {
    case ArrayRequest::Layout::c: return a.is_c_contiguous();
    case ArrayRequest::Layout::f: return a.is_f_contiguous();
    case ArrayRequest::Layout::keep:
    case ArrayRequest::Layout::any: return true;
  }
  return true;
}

Value allocate(Context& context, const NdArray& like, DType dtype, ArrayRequest::Layout layout) {
  switch (layout) {
    case ArrayRequest::Layout::keep: return new_array_like(context, dtype, like);
    case ArrayRequest::Layout::c: return new_array(context, dtype, like.shape());
    case ArrayRequest::Layout::f: return new_array(context, dtype, like.shape(), Order::f);
    case ArrayRequest::Layout::any: break;
  }
  const bool f = like.is_f_contiguous() && !like.is_c_contiguous();
  return new_array(context, dtype, like.shape(), f ? Order::f : Order::c);
}

}  // namespace

Value make_array(Context& context, const Value& value, const ArrayRequest& request) {
  NdArray* array = array_if(value);
  if (array == nullptr) {
    if (python::as_str(value) || python::as_bytes(value)) {
      throw python::Unsupported{"an array of texts", "numbers or bools"};
    }
    return from_list(context, value, request);
  }
  const DType dtype = request.dtype.value_or(array->dtype());
  const bool drops = request.subclass == ArrayRequest::Subclass::drop &&
                     array->qualified_type_name() != "numpy.ndarray";
  if (request.copy == ArrayRequest::Copy::if_needed && dtype == array->dtype() &&
      has_layout(*array, request.layout)) {
    if (!drops) return value;
    ArrayParts parts = array->view_parts();
    parts.base = value;
    return python::make<NdArray>(std::move(parts));
  }
  return converted_copy(context, *array, dtype, request.layout,
                        drops ? Kinship::result : Kinship::copy);
}

Value array_from(Context& context, const Value& value, std::optional<DType> dtype) {
  return make_array(context, value, {.dtype = dtype, .subclass = ArrayRequest::Subclass::keep});
}

Value converted_copy(Context& context, NdArray& array, DType dtype, ArrayRequest::Layout layout,
                     Kinship kinship) {
  const Value made = allocate(context, array, dtype, layout);
  const FloatErrors errors;
  copy_elements(context, *array_if(made), array);
  errors.warn(context, "cast");
  if (kinship == Kinship::result) return made;
  return array.make_kin(context, array_if(made)->parts(), kinship);
}

void assign(Context& context, NdArray& dst, const Value& value) {
  if (const auto number = number_of(value);
      number || value.is_none() || python::as_str(value) || !is_sequence(value)) {
    fill_elements(context, dst, element_from(context, value, dst.dtype().type()));
    return;
  }
  Value source = value;
  if (array_if(value) == nullptr) {
    const Discovered found = discover(context, value);
    if (found.shape == dst.shape()) {  // PyArray_AssignFromCache: straight into place
      store_leaves(context, dst, found.leaves);
      return;
    }
    const Value made = new_array(context, dst.dtype(), found.shape);
    store_leaves(context, *array_if(made), found.leaves);
    source = made;
  }
  NdArray& src = *array_if(source);
  Dims shape = src.shape();
  while (shape.size() > dst.ndim() && shape[0] == 1) shape.erase(0);
  if (!broadcast_strides(shape, shape, dst.shape())) {
    python::raise("ValueError", "could not broadcast input array from shape " +
                                    text_of(src.shape()) + " into shape " + text_of(dst.shape()));
  }
  const FloatErrors errors;
  if (shape == src.shape()) {
    copy_elements(context, dst, src);
  } else {
    ArrayParts parts = src.view_parts();
    while (parts.shape.size() > shape.size()) {
      parts.shape.erase(0);
      parts.strides.erase(0);
    }
    const Value view = python::make<NdArray>(std::move(parts));
    copy_elements(context, dst, *array_if(view));
  }
  errors.warn(context, "cast");
}

}  // namespace numpy

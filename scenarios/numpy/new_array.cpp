// Making arrays that own their memory, and reading shape= arguments.

#include <string>

#include "scenarios/numpy/iterate.h"
#include "scenarios/numpy/ndarray.h"
#include "scenarios/python/native.h"

namespace numpy {

using python::Context;
using python::Value;

namespace {

std::string tuple_text(const Dims& shape) {  // as a Python tuple prints: "(2, 3)"
  std::string text = "(";
  for (std::size_t k = 0; k < shape.size(); ++k) {
    text += (k == 0 ? "" : ", ") + std::to_string(shape[k]);
  }
  return text + (shape.size() == 1 ? ",)" : ")");
}

Value array_with_strides(Context& context, DType dtype, const Dims& shape, Dims strides) {
  const std::int64_t bytes = element_count(shape) * dtype.itemsize();
  ArrayParts parts;
  parts.dtype = dtype;
  parts.shape = shape;
  // Strides of an array without elements are all 0 (NumPy 1.24: np.zeros((2, 0, 3)).strides).
  parts.strides = bytes == 0 ? Dims::of_size(shape.size(), 0) : strides;
  parts.buffer = map_anonymous(context, sim::Bytes(static_cast<std::uint64_t>(bytes)),
                               "shape " + tuple_text(shape) + " and data type " + dtype.str());
  if (bytes != 0) parts.data = static_cast<Buffer*>(parts.buffer.as_object())->base();
  return python::make<NdArray>(std::move(parts));
}

}  // namespace

Value new_array(Context& context, DType dtype, const Dims& shape, Order order) {
  check_shape(shape, dtype.itemsize());
  return array_with_strides(context, dtype, shape, dense_strides(shape, dtype.itemsize(), order));
}

Value new_array_in_order(Context& context, DType dtype, const Dims& shape, const Dims& axes) {
  check_shape(shape, dtype.itemsize());
  Dims strides = Dims::of_size(shape.size(), 0);
  std::int64_t step = dtype.itemsize();
  for (std::size_t k = axes.size(); k-- > 0;) {
    const auto axis = static_cast<std::size_t>(axes[k]);
    strides[axis] = step;
    step *= std::max<std::int64_t>(shape[axis], 1);
  }
  return array_with_strides(context, dtype, shape, strides);
}

Value new_array_like(Context& context, DType dtype, const NdArray& like) {
  const std::array<WalkOperand, 1> operands{read_of(like)};
  return new_array_in_order(context, dtype, like.shape(), nditer_axis_order(operands, like.ndim()));
}

Dims shape_from(Context& context, const Value& value) {
  if (value.is_integer() || value.is_boolean()) return Dims{value.as_integer()};
  if (const auto single = python::index_of(context, value)) return Dims{*single};
  std::vector<Value> items;
  if (python::as_str(value)) {  // a sequence, but not of integers
    python::raise("TypeError", "'str' object cannot be interpreted as an integer");
  }
  if (const auto sequence = python::as_sequence(value)) {
    items.assign(sequence->begin(), sequence->end());
  } else if (const NdArray* a = array_if(value); a != nullptr && a->ndim() == 1) {
    items = python::collect(context, value);
  } else {
    python::raise("TypeError", "expected a sequence of integers or a single integer, got '" +
                                   python::repr(context, value) + "'");
  }
  check_axes(items.size());
  Dims shape;
  for (const Value& item : items) shape.push_back(python::to_index(context, item));
  return shape;
}

}  // namespace numpy

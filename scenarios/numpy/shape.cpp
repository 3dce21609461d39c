// Reshaping without copying where strides allow it, as NumPy decides it.

#include "scenarios/numpy/shape.h"

#include "scenarios/numpy/elementwise.h"
#include "scenarios/numpy/methods.h"

namespace numpy {

using python::Context;
using python::Value;

namespace {

std::string new_shape_text(const Dims& shape) {  // "(4,2)", with newaxis for the unknown one
  std::string text = "(";
  for (std::size_t k = 0; k < shape.size(); ++k) {
    if (k != 0) text += ",";
    text += shape[k] < 0 ? "newaxis" : std::to_string(shape[k]);
  }
  return text + (shape.size() == 1 ? ",)" : ")");
}

Dims completed(const NdArray& array, Dims shape) {
  const std::int64_t size = array.size();
  const Dims asked = shape;
  std::optional<std::size_t> unknown;
  std::int64_t known = 1;
  bool is_known = true;
  for (std::size_t k = 0; k < shape.size(); ++k) {
    if (shape[k] >= 0) {
      is_known = is_known && !__builtin_mul_overflow(known, shape[k], &known);
      continue;
    }
    if (unknown) python::raise("ValueError", "can only specify one unknown dimension");
    unknown = k;
  }
  const bool fits = is_known && (unknown ? known != 0 && size % known == 0 : known == size);
  if (!fits) {
    python::raise("ValueError", "cannot reshape array of size " + std::to_string(size) +
                                    " into shape " + new_shape_text(asked));
  }
  if (unknown) shape[*unknown] = size / known;
  return shape;
}

// _attempt_nocopy_reshape: walks groups of old axes and of new axes with equal products; each old
// group must be one run in memory.
std::optional<Dims> strides_without_copy(const NdArray& array, const Dims& shape, Order order) {
  Dims old_shape, old_strides;
  for (std::size_t k = 0; k < array.ndim(); ++k) {
    if (array.shape()[k] == 1) continue;
    old_shape.push_back(array.shape()[k]);
    old_strides.push_back(array.strides()[k]);
  }
  Dims strides = Dims::of_size(shape.size(), array.itemsize());
  std::size_t oi = 0, oj = 1, ni = 0, nj = 1;
  while (ni < shape.size() && oi < old_shape.size()) {
    std::int64_t np = shape[ni];
    std::int64_t op = old_shape[oi];
    while (np != op) {
      if (np < op)
        np *= shape[nj++];
      else
        op *= old_shape[oj++];
    }
    for (std::size_t k = oi; k + 1 < oj; ++k) {
      const bool runs_on = order == Order::f
                               ? old_strides[k + 1] == old_shape[k] * old_strides[k]
                               : old_strides[k] == old_shape[k + 1] * old_strides[k + 1];
      if (!runs_on) return std::nullopt;
    }
    if (order == Order::f) {
      strides[ni] = old_strides[oi];
      for (std::size_t k = ni + 1; k < nj; ++k) strides[k] = strides[k - 1] * shape[k - 1];
    } else {
      strides[nj - 1] = old_strides[oj - 1];
      for (std::size_t k = nj - 1; k > ni; --k) strides[k - 1] = strides[k] * shape[k];
    }
    ni = nj++;
    oi = oj++;
  }
  std::int64_t last = ni >= 1 ? strides[ni - 1] : array.itemsize();
  if (order == Order::f && ni >= 1) last *= shape[ni - 1];
  for (std::size_t k = ni; k < shape.size(); ++k) strides[k] = last;
  return strides;
}

std::optional<ArrayParts> view_as(NdArray& array, const Dims& shape, Order order) {
  std::optional<Dims> strides;
  if (array.size() == 0)
    strides = dense_strides(shape, array.itemsize(), order);
  else
    strides = strides_without_copy(array, shape, order);
  if (!strides) return std::nullopt;
  ArrayParts parts = array.view_parts();
  parts.shape = shape;
  parts.strides = *strides;
  return parts;
}

}  // namespace

Value with_axes(Context& context, NdArray& array, const Dims& axes) {
  ArrayParts parts = array.view_parts();
  for (std::size_t k = 0; k < axes.size(); ++k) {
    parts.shape[k] = array.shape()[static_cast<std::size_t>(axes[k])];
    parts.strides[k] = array.strides()[static_cast<std::size_t>(axes[k])];
  }
  return array.make_kin(context, std::move(parts), Kinship::view);
}

Value transposed(Context& context, NdArray& array) {
  Dims axes;
  for (std::size_t k = array.ndim(); k-- > 0;) axes.push_back(static_cast<std::int64_t>(k));
  return with_axes(context, array, axes);
}

Value reshaped(Context& context, NdArray& array, Dims shape, Order order) {
  shape = completed(array, shape);
  if (auto parts = view_as(array, shape, order)) {
    return array.make_kin(context, std::move(*parts), Kinship::view);
  }
  const Value copy = new_array(context, array.dtype(), array.shape(), order);
  NdArray& made = *array_if(copy);
  copy_elements(context, made, array);
  ArrayParts parts = made.view_parts();  // its base is the copy, as in NumPy
  parts.shape = shape;
  parts.strides = dense_strides(shape, array.itemsize(), order);
  return array.make_kin(context, std::move(parts), Kinship::copy);
}

void set_shape(Context& context, NdArray& array, const Value& value) {
  const Dims shape = completed(array, shape_from(context, value));
  auto parts = view_as(array, shape, Order::c);
  if (!parts) {
    python::raise("AttributeError",
                  "Incompatible shape for in-place modification. Use `.reshape()` to make a copy "
                  "with the desired shape.");
  }
  ArrayParts changed = array.parts();
  changed.shape = parts->shape;
  changed.strides = parts->strides;
  array.set_parts(std::move(changed));
}

Value raveled(Context& context, NdArray& array, Order order) {
  const bool dense = order == Order::c ? array.is_c_contiguous() : array.is_f_contiguous();
  if (dense) return reshaped(context, array, Dims{-1}, order);
  if (array.ndim() == 1) return reshaped(context, array, Dims{-1}, Order::c);
  const Value copy = new_array(context, array.dtype(), array.shape(), order);
  copy_elements(context, *array_if(copy), array);
  ArrayParts parts = array_if(copy)->parts();
  parts.shape = Dims{array.size()};
  parts.strides = Dims{array.itemsize()};
  return array.make_kin(context, std::move(parts), Kinship::copy);
}

}  // namespace numpy

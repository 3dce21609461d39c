// What an array is made of, its memory, and the plain questions about it.

#include "scenarios/numpy/ndarray.h"

#include <array>

#include "scenarios/numpy/number.h"
#include "scenarios/numpy/scalar.h"
#include "scenarios/python/native.h"

namespace numpy {

using python::Context;
using python::Value;

namespace {

// Contiguous as NumPy counts it: axes of length 1 may have any stride, and arrays without elements
// are contiguous both ways.
bool is_dense(const Dims& shape, const Dims& strides, std::int64_t itemsize, Order order) {
  std::int64_t step = itemsize;
  for (const std::int64_t d : shape) {
    if (d == 0) return true;
  }
  for (std::size_t k = 0; k < shape.size(); ++k) {
    const std::size_t axis = order == Order::c ? shape.size() - 1 - k : k;
    if (shape[axis] == 1) continue;
    if (strides[axis] != step) return false;
    step *= shape[axis];
  }
  return true;
}

}  // namespace

bool NdArray::is_c_contiguous() const { return is_dense(shape(), strides(), itemsize(), Order::c); }
bool NdArray::is_f_contiguous() const { return is_dense(shape(), strides(), itemsize(), Order::f); }

bool NdArray::is_aligned() const {
  std::uint64_t bits = data().index;
  for (std::size_t k = 0; k < ndim(); ++k) {
    if (shape()[k] > 1) bits |= static_cast<std::uint64_t>(strides()[k]);
  }
  return bits % static_cast<std::uint64_t>(itemsize()) == 0 || size() == 0;
}

Value NdArray::make_kin(Context&, ArrayParts parts, Kinship) {
  return python::make<NdArray>(std::move(parts));
}

Value NdArray::base_for_views() {
  // PyArray_SetBaseObject: views of views point to the owner, as long as the types are the same.
  if (!owns_data()) {
    const auto* below =
        dynamic_cast<const NdArray*>(parts_.base.is_object() ? parts_.base.as_object() : nullptr);
    if (below != nullptr && below->qualified_type_name() == qualified_type_name()) {
      return parts_.base;
    }
  }
  return Value::object(this);
}

ArrayParts NdArray::view_parts() {
  ArrayParts parts = parts_;
  parts.base = base_for_views();
  return parts;
}

ArrayParts NdArray::unheld_parts() const {
  ArrayParts parts = parts_;
  parts.buffer = parts.base = Value();
  return parts;
}

void NdArray::copy_held(NdArray& clone, python::Cloner& cloner) const {
  cloner.later(parts_.buffer, clone.parts_.buffer);
  cloner.later(parts_.base, clone.parts_.base);
}

python::Object* NdArray::clone(python::Cloner& cloner) {
  auto* copy = new NdArray(unheld_parts());
  copy_held(*copy, cloner);
  return copy;
}

Value NdArray::type(Context& context) {
  return context.types().find_or_make(qualified_type_name(), type_name());
}

std::optional<std::int64_t> NdArray::length(Context&) {
  if (ndim() == 0) python::raise("TypeError", "len() of unsized object");
  return shape()[0];
}

NdArray* array_if(const Value& value) { return value.get_if<NdArray>(); }

namespace {

Number only_element(Context& context, NdArray& a) {
  std::byte item[8];
  load(context, a.data(), std::span(item, a.dtype().itemsize()));
  return Number::read(item, a.dtype());
}

void require_one_element(const NdArray& a) {
  if (a.size() != 1) {
    python::raise("TypeError", "only size-1 arrays can be converted to Python scalars");
  }
}

}  // namespace

bool NdArray::truth(Context& context) {
  if (size() == 1) return only_element(context, *this).is_nonzero();
  if (size() == 0) {
    context.warn("DeprecationWarning",
                 "The truth value of an empty array is ambiguous. Returning False, but in future "
                 "this will result in an error. Use `array.size > 0` to check that an array is not "
                 "empty.");
    return false;
  }
  python::raise("ValueError",
                "The truth value of an array with more than one element is ambiguous. Use a.any() "
                "or a.all()");
}

std::optional<std::int64_t> NdArray::as_index(Context& context) {
  if (ndim() != 0 || !dtype().is_integer()) {
    python::raise("TypeError", "only integer scalar arrays can be converted to a scalar index");
  }
  return only_element(context, *this).to_int64();
}

std::optional<Value> NdArray::as_int(Context& context) {
  require_one_element(*this);
  return Scalar(only_element(context, *this)).as_int(context);
}

std::optional<double> NdArray::as_float(Context& context) {
  require_one_element(*this);
  return only_element(context, *this).to_double();
}

void check(sim::Outcome outcome) {
  if (!outcome.is_done()) throw python::Died{outcome.signal, outcome.address};
}

void load(Context& context, sim::VirtAddr from, std::span<std::byte> into) {
  check(context.computer().load(from, into));
}

void store(Context& context, sim::VirtAddr to, std::span<const std::byte> from) {
  check(context.computer().store(to, from));
}

ElementAddresses::ElementAddresses(const NdArray& a)
    : shape_(a.shape()),
      strides_(a.strides()),
      index_(Dims::of_size(a.ndim(), 0)),
      address_(a.data().index),
      remaining_(a.size()) {}

void ElementAddresses::advance() {
  if (--remaining_ == 0) return;
  for (std::size_t axis = shape_.size(); axis-- > 0;) {
    address_ += static_cast<std::uint64_t>(strides_[axis]);
    if (++index_[axis] < shape_[axis]) return;
    address_ -= static_cast<std::uint64_t>(strides_[axis] * shape_[axis]);
    index_[axis] = 0;
  }
}

}  // namespace numpy

// Views, single elements, and the array's own item and set_item.

#include "scenarios/numpy/coerce.h"
#include "scenarios/numpy/create.h"
#include "scenarios/numpy/index.h"
#include "scenarios/numpy/scalar.h"
#include "scenarios/python/native.h"

namespace numpy {

using python::Context;
using python::Value;

namespace {

[[noreturn]] void raise_out_of_bounds(std::int64_t i, std::size_t axis, std::int64_t length) {
  python::raise("IndexError", "index " + std::to_string(i) + " is out of bounds for axis " +
                                  std::to_string(axis) + " with size " + std::to_string(length));
}

Value load_scalar(Context& context, sim::VirtAddr at, DType dtype) {
  std::byte item[8];
  load(context, at, std::span(item, dtype.itemsize()));
  return make_scalar(Number::read(item, dtype));
}

// The address of x[i] of a one-dimensional array.
sim::VirtAddr address_of(const NdArray& a, std::int64_t i) {
  const std::int64_t length = a.shape()[0];
  if (i < -length || i >= length) raise_out_of_bounds(i, 0, length);
  const std::int64_t at = i < 0 ? i + length : i;
  return sim::VirtAddr(a.data().index + static_cast<std::uint64_t>(at * a.strides()[0]));
}

void require_writeable(const NdArray& a) {
  if (!a.is_writeable()) python::raise("ValueError", "assignment destination is read-only");
}

void store_element(Context& context, sim::VirtAddr at, const Value& value, DType dtype) {
  std::byte item[8];
  element_from(context, value, dtype.type()).write(item, dtype);
  store(context, at, std::span<const std::byte>(item, dtype.itemsize()));
}

// x[i, j] with an int for each axis, the other common way to name an element.
std::optional<sim::VirtAddr> element_of_tuple(const NdArray& a, const Value& key) {
  const auto* tuple = key.get_if<python::TupleObject>();
  if (tuple == nullptr || tuple->items().size() != a.ndim()) return std::nullopt;
  std::uint64_t address = a.data().index;
  for (std::size_t k = 0; k < a.ndim(); ++k) {
    const Value& part = tuple->items()[k];
    if (!part.is_integer()) return std::nullopt;
    const std::int64_t length = a.shape()[k];
    const std::int64_t i = part.as_integer();
    if (i < -length || i >= length) raise_out_of_bounds(i, k, length);
    address += static_cast<std::uint64_t>((i < 0 ? i + length : i) * a.strides()[k]);
  }
  return sim::VirtAddr(address);
}

}  // namespace

ArrayParts basic_view(Context& context, NdArray& array, const Index& index) {
  ArrayParts parts = array.view_parts();
  parts.shape = {};
  parts.strides = {};
  std::size_t used = 0;
  for (const IndexPart& part : index.parts) {
    used += part.kind == IndexPart::Kind::integer || part.kind == IndexPart::Kind::slice ? 1 : 0;
  }
  std::size_t axis = 0;
  const auto keep = [&](std::int64_t length, std::int64_t stride) {
    if (parts.shape.size() == kMostAxes) {
      python::raise("IndexError", "number of dimensions must be within [0, 32]");
    }
    parts.shape.push_back(length);
    parts.strides.push_back(stride);
  };
  for (const IndexPart& part : index.parts) {
    switch (part.kind) {
      case IndexPart::Kind::integer: {
        const std::int64_t length = array.shape()[axis];
        if (part.integer < -length || part.integer >= length) {
          raise_out_of_bounds(part.integer, axis, length);
        }
        const std::int64_t i = part.integer < 0 ? part.integer + length : part.integer;
        parts.data.index += static_cast<std::uint64_t>(i * array.strides()[axis++]);
        break;
      }
      case IndexPart::Kind::slice: {
        const auto s = part.slice->indices(context, array.shape()[axis]);
        if (s.count > 0) {
          parts.data.index += static_cast<std::uint64_t>(s.start * array.strides()[axis]);
        }
        keep(s.count, slice_stride(s, array.strides()[axis++]));
        break;
      }
      case IndexPart::Kind::new_axis: keep(1, 0); break;
      case IndexPart::Kind::ellipsis:
        for (std::size_t n = array.ndim() - used; n > 0; --n, ++axis) {
          keep(array.shape()[axis], array.strides()[axis]);
        }
        break;
      case IndexPart::Kind::positions: break;  // of fancy indexes only
    }
  }
  return parts;
}

bool names_one_element(const NdArray& array, const Index& index) {
  std::size_t integers = 0;
  for (const IndexPart& part : index.parts) {
    if (part.kind == IndexPart::Kind::integer)
      ++integers;
    else if (part.kind != IndexPart::Kind::ellipsis)
      return false;
  }
  return integers == array.ndim();
}

Value NdArray::item(Context& context, const Value& key) {
  if (key.is_integer() && ndim() == 1) {
    return load_scalar(context, address_of(*this, key.as_integer()), dtype());
  }
  if (const auto element = element_of_tuple(*this, key)) {
    return load_scalar(context, *element, dtype());
  }
  if (python::as_str(key)) parse_index(context, *this, Value::real(0));  // raises
  const Index index = parse_index(context, *this, key);
  if (index.is_fancy) return get_fancy(context, *this, index);
  ArrayParts parts = basic_view(context, *this, index);
  // x[i, j, ...] is an array without axes, x[i, j] the element itself.
  const auto* tuple = key.get_if<python::TupleObject>();
  bool has_ellipsis = key.get_if<python::EllipsisObject>() != nullptr;
  if (tuple != nullptr) {
    for (const Value& part : tuple->items()) {
      has_ellipsis = has_ellipsis || part.get_if<python::EllipsisObject>() != nullptr;
    }
  }
  if (names_one_element(*this, index) && !has_ellipsis) {
    return load_scalar(context, parts.data, dtype());
  }
  return make_kin(context, std::move(parts), Kinship::view);
}

void NdArray::set_item(Context& context, const Value& key, const Value& value) {
  require_writeable(*this);
  if (key.is_integer() && ndim() == 1) {
    store_element(context, address_of(*this, key.as_integer()), value, dtype());
    return;
  }
  if (const auto element = element_of_tuple(*this, key)) {
    store_element(context, *element, value, dtype());
    return;
  }
  if (python::as_str(key)) parse_index(context, *this, Value::real(0));  // raises
  const Index index = parse_index(context, *this, key);
  if (index.is_fancy) {
    set_fancy(context, *this, index, value);
    return;
  }
  NdArray view(basic_view(context, *this, index));
  view.references = 1;  // lives on the stack: nobody may free it
  assign(context, view, value);
}

}  // namespace numpy

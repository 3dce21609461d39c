// Making arrays from values: what np.array, np.asarray and assignment share.

#pragma once

#include <optional>

#include "scenarios/numpy/ndarray.h"

namespace numpy {

struct ArrayRequest {
  std::optional<DType> dtype = std::nullopt;
  enum class Copy : std::uint8_t { always, if_needed } copy = Copy::if_needed;
  enum class Layout : std::uint8_t { keep, c, f, any } layout = Layout::keep;
  enum class Subclass : std::uint8_t { keep, drop } subclass = Subclass::drop;
};
// np.array(value, ...): a list's elements are stored one after the other.
python::Value make_array(python::Context&, const python::Value&, const ArrayRequest&);

// a.astype(dtype): always a copy, laid out as `order` says. Warns of values that do not convert.
python::Value converted_copy(python::Context&, NdArray&, DType, ArrayRequest::Layout, Kinship);

// dst[...] = value: broadcast, converted, in NumPy's order of touches. Raises "could not broadcast
// input array from shape (3,) into shape (4,)".
void assign(python::Context&, NdArray& dst, const python::Value&);

}  // namespace numpy

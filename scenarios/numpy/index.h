// x[key]: what a key means for an array.

#pragma once

#include <vector>

#include "scenarios/numpy/ndarray.h"
#include "scenarios/python/slice_object.h"

namespace numpy {

struct IndexPart {
  enum class Kind : std::uint8_t { integer, slice, ellipsis, new_axis, positions } kind;
  std::int64_t integer = 0;
  const python::SliceObject* slice = nullptr;
  // positions: a list or array of ints, or one axis of what a mask picks.
  Dims shape = {};
  std::vector<std::int64_t> positions = {};
};

struct Index {
  std::vector<IndexPart> parts;
  bool is_fancy = false;      // has positions
  bool is_full_mask = false;  // one boolean array of the array's own shape, which errors name apart
};

// Reads the key (masks and index arrays are loaded once, in C order). Raises IndexError.
Index parse_index(python::Context&, const NdArray&, const python::Value& key);

// Ints, slices, ellipsis and new axes: where the view lies. Raises IndexError out of bounds.
ArrayParts basic_view(python::Context&, NdArray&, const Index&);
// The stride along a sliced axis: an empty slice counts as one of step 1, as in NumPy.
inline std::int64_t slice_stride(const python::SliceObject::Indices& s, std::int64_t stride) {
  return s.count == 0 ? stride : s.step * stride;
}
// Whether the key names one element: an int for each axis.
bool names_one_element(const NdArray&, const Index&);

// An index with positions, worked out for one array: the result's axes are `sub` with the axes of
// `picked` put in at `place`.
struct FancyPlan {
  Dims picked;                        // the broadcast shape of the positions
  std::vector<std::int64_t> offsets;  // bytes from the array's data, for each of them in C order
  Dims sub;                           // what slices leave
  Dims sub_strides;
  std::size_t place = 0;
  Dims result_shape() const;
  // Axes of (picked, sub) in the order of the result.
  Dims transposition() const;
};
FancyPlan plan_fancy(python::Context&, const NdArray&, const Index&);

python::Value get_fancy(python::Context&, NdArray&, const Index&);
void set_fancy(python::Context&, NdArray&, const Index&, const python::Value&);

}  // namespace numpy

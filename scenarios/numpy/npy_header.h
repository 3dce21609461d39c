// The header of a .npy file, version 1.0: what np.save writes and np.load expects.

#pragma once

#include <string>
#include <string_view>

#include "scenarios/numpy/dims.h"
#include "scenarios/numpy/dtype.h"

namespace numpy {

inline constexpr std::string_view kNpyMagic = "\x93NUMPY";

struct NpyHeader {
  DType dtype = kFloat64;
  Order order = Order::c;
  Dims shape;

  // Magic, version, length, and the description padded to a multiple of 64 bytes.
  std::string bytes() const;
};

// The description between the length and the newline. Raises NumPy's ValueError for what is no
// header, throws Unsupported for elements outside the subset.
NpyHeader parse_npy_header(std::string_view description);

}  // namespace numpy

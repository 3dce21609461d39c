// Conversion of runs of elements between any two dtypes, byte orders included.

#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <type_traits>

#include "scenarios/numpy/dtype.h"
#include "scenarios/numpy/number.h"

namespace numpy {

struct ConstRun {
  const std::byte* first;
  std::int64_t stride;
};
struct Run {
  std::byte* first;
  std::int64_t stride;
};

// Converts n elements in order, as astype does: floats that an integer type cannot hold become what
// an x86-64 computer makes of them and raise FE_INVALID in the floating-point environment.
using Conversion = void (*)(ConstRun from, Run to, std::uint64_t n);
Conversion conversion(ElementType from, ElementType to);

// The same with byte orders. `from` and `to` are not the same memory.
void convert(DType from_type, ConstRun from, DType to_type, Run to, std::uint64_t n);

// Reverses the bytes of each element in place.
void swap_bytes(std::byte* first, std::uint32_t itemsize, std::uint64_t n);

// A float as an integer, the way cvttsd2si and NumPy's C casts do it on x86-64.
template <class To>
To float_to_integer(double x);

template <class To, class From>
inline To element_cast(From x) {
  if constexpr (std::is_same_v<To, Bool>) {
    if constexpr (std::is_same_v<From, Bool>) return Bool(bool(x));
    return Bool(x != From{});
  } else if constexpr (std::is_floating_point_v<From> && std::is_integral_v<To>) {
    return float_to_integer<To>(static_cast<double>(x));
  } else if constexpr (std::is_same_v<From, Bool>) {
    return static_cast<To>(bool(x));
  } else {
    return static_cast<To>(x);
  }
}

}  // namespace numpy

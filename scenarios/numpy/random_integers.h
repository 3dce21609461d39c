// Generator.integers, and how any method of a Generator fills an array.

#pragma once

#include <cstdint>
#include <functional>

#include "scenarios/numpy/bit_generator.h"
#include "scenarios/numpy/ndarray.h"

namespace numpy {

// A new array of that shape (a size= argument), its elements made one after the other.
python::Value drawn_array(python::Context&, DType, const python::Value& size,
                          const std::function<void(std::byte* out)>& draw);

// Integers of [low, last], one or an array of them. Requires: low <= last, both in the dtype.
__extension__ using BigInt = __int128;
struct IntegersWanted {
  BigInt low = 0;
  BigInt last = 0;
  python::Value size = {};  // None or unbound: one scalar
  DType dtype = kInt64;
};
python::Value random_integers(python::Context&, Pcg64&, const IntegersWanted&);

// rng.integers(low, high, size, dtype, endpoint).
python::Value integers_method(python::Context&, Pcg64&, const python::Arguments&);

}  // namespace numpy

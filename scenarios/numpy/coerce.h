// From values of the language to elements: what assignment, np.array and dtype constructors do.

#pragma once

#include <optional>
#include <vector>

#include "scenarios/numpy/dims.h"
#include "scenarios/numpy/ndarray.h"
#include "scenarios/numpy/number.h"

namespace numpy {

// One value as an element of that dtype. Raises what NumPy raises for what does not convert, and
// warns of Python ints that do not fit (NumPy 1.24 wraps them around).
Number element_from(python::Context&, const python::Value&, ElementType);

// A list, or lists of lists, taken apart: its shape and its leaves in C order.
struct Discovered {
  Dims shape;
  std::vector<python::Value> leaves;        // Python or NumPy scalars, None, texts
  ElementType type = ElementType::float64;  // of the leaves together; of none of them float64
};
// Raises for ragged lists. Arrays inside are loaded. Requires: not an array itself.
Discovered discover(python::Context&, const python::Value&);

// Whether np.array() would look into the value: list, tuple, range, array.
bool is_sequence(const python::Value&);

}  // namespace numpy

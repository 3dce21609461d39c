// Reductions over axes: sum, prod, min, max, any, all.

#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "scenarios/numpy/ndarray.h"

namespace numpy {

enum class KeepAxes : std::uint8_t { no, yes };

struct ReduceRequest {
  std::string_view ufunc;  // "add", "multiply", "minimum", "maximum", "logical_or", ...
  std::vector<bool> axes;  // per axis of the array: reduced?
  std::optional<DType> dtype = std::nullopt;  // to compute in; else as the ufunc chooses
  KeepAxes keep = KeepAxes::no;
};
// A NumPy scalar when all axes go (and are not kept), else a new array. The elements are read in
// nditer's order, each once. Raises for empty arrays where the ufunc has no identity.
python::Value reduce(python::Context&, NdArray&, const ReduceRequest&);

std::vector<bool> all_axes(const NdArray&);
// An axis= argument: None (all), an int or a tuple of ints.
std::vector<bool> axes_from(python::Context&, const python::Value&, const NdArray&);
// How many elements go into each result.
std::int64_t reduced_count(const NdArray&, const std::vector<bool>& axes);

}  // namespace numpy

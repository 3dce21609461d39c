// np.round: to decimals, half to even, by NumPy's scaling.

#pragma once

#include "scenarios/numpy/methods.h"
#include "scenarios/numpy/number.h"

namespace numpy {

python::Value round_method(python::Context&, NdArray&, const python::Arguments&);
// For NumPy scalars.
python::Value rounded_scalar(python::Context&, const Number&, std::int64_t decimals);

}  // namespace numpy

// Views and copies of other shapes.

#pragma once

#include "scenarios/numpy/ndarray.h"

namespace numpy {

python::Value transposed(python::Context&, NdArray&);  // x.T
python::Value with_axes(python::Context&, NdArray&, const Dims& axes);
// x.reshape(shape): a view where strides allow, else a copy. -1 is worked out.
python::Value reshaped(python::Context&, NdArray&, Dims shape, Order);
void set_shape(python::Context&, NdArray&, const python::Value& shape);  // x.shape = ...
// x.ravel(): a view where possible.
python::Value raveled(python::Context&, NdArray&, Order);

}  // namespace numpy

// Matrix products of one and two dimensions.

#pragma once

#include "scenarios/numpy/ndarray.h"

namespace numpy {

python::Value matmul(python::Context&, const python::Value&, const python::Value&);  // a @ b
python::Value dot(python::Context&, const python::Value&, const python::Value&);     // np.dot

}  // namespace numpy

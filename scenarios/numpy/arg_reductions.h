// argmin, argmax, cumsum and cumprod: what goes along one axis and remembers.

#pragma once

#include "scenarios/numpy/methods.h"

namespace numpy {

python::Value argmin_method(python::Context&, NdArray&, const python::Arguments&);
python::Value argmax_method(python::Context&, NdArray&, const python::Arguments&);
python::Value cumsum_method(python::Context&, NdArray&, const python::Arguments&);
python::Value cumprod_method(python::Context&, NdArray&, const python::Arguments&);

}  // namespace numpy

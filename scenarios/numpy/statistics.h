// mean, var, std, average and median.

#pragma once

#include "scenarios/numpy/methods.h"

namespace numpy {

python::Value mean_method(python::Context&, NdArray&, const python::Arguments&);
python::Value var_method(python::Context&, NdArray&, const python::Arguments&);
python::Value std_method(python::Context&, NdArray&, const python::Arguments&);
python::Value average(python::Context&, const python::Arguments&);
python::Value median(python::Context&, const python::Arguments&);

}  // namespace numpy

// The types of the module: ndarray, dtype, the scalar types and their abstract bases.

#pragma once

#include "scenarios/python/native.h"

namespace numpy {

// Makes them, enters them into the context's table and adds them to the module under all their
// names. Gives back the type of ndarray.
python::Value add_types(python::Context&, python::ModuleObject&);
std::vector<std::string_view> type_names();

}  // namespace numpy

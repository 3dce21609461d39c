// The methods of arrays as a table, which the functions of the same names go through as well
// (np.sum(x) is x.sum() once x is an array).

#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "scenarios/numpy/ndarray.h"
#include "scenarios/python/native.h"

namespace numpy {

using MethodPointer = python::Value (*)(python::Context&, NdArray&, const python::Arguments&);
struct ArrayMethod {
  std::string_view name;
  MethodPointer function;
};
// By family, then all of them.
std::span<const ArrayMethod> shape_methods();
std::span<const ArrayMethod> reduction_methods();
std::span<const ArrayMethod> conversion_methods();
std::span<const ArrayMethod> element_methods();
std::span<const ArrayMethod> sorting_methods();
std::span<const ArrayMethod> numeric_methods();
const ArrayMethod* find_array_method(std::string_view name);
std::vector<std::string_view> array_method_names();

// A function of the module.
struct ModuleFunction {
  std::string_view name;
  python::NativePointer function;
};
std::span<const ModuleFunction> creation_functions();
std::span<const ModuleFunction> shape_functions();
std::span<const ModuleFunction> joining_functions();
std::span<const ModuleFunction> reduction_functions();
std::span<const ModuleFunction> element_functions();
std::span<const ModuleFunction> sorting_functions();
std::span<const ModuleFunction> numeric_functions();
std::span<const ModuleFunction> dtype_functions();
std::span<const ModuleFunction> settings_functions();

// np.NAME(a, ...) as a.NAME(...): the first argument, by position or by its name, is the array.
python::Value call_as_function(python::Context&, std::string_view name, MethodPointer,
                               const python::Arguments&);
template <MethodPointer Method>
python::Value as_function(python::Context& context, const python::Arguments& arguments) {
  return call_as_function(context, "", Method, arguments);
}

// Arguments.
python::Value argument_or(const python::Value& given, const python::Value& otherwise);
bool is_given(const python::Value&);  // neither left out nor None
// An axis counted from the end when negative. Raises numpy.AxisError.
std::size_t axis_from(python::Context&, const python::Value&, std::size_t axes);
Order order_from(python::Context&, const python::Value&, const NdArray* like = nullptr);
// Raises Unsupported for an argument that the subset lacks, when it is given.
void refuse(std::string_view function, std::string_view argument, const python::Value&);

// An argument that must be an array, kept alive by the value.
struct ArrayArgument {
  python::Value value;
  NdArray* operator->() const { return array_if(value); }
  NdArray& operator*() const { return *array_if(value); }
};
ArrayArgument array_argument(python::Context&, const python::Value&);

}  // namespace numpy

// sum, prod, min, max, any, all, count_nonzero.

#include <array>

#include "scenarios/numpy/arg_reductions.h"
#include "scenarios/numpy/methods.h"
#include "scenarios/numpy/reduce.h"
#include "scenarios/numpy/statistics.h"
#include "scenarios/numpy/ufunc.h"

namespace numpy {
namespace {

using python::Arguments;
using python::Context;
using python::Parameter;
using python::Value;
using enum python::Parameter::Need;

KeepAxes keep_from(Context& context, const Value& v) {
  return v.is_bound() && python::truth(context, v) ? KeepAxes::yes : KeepAxes::no;
}

constexpr Parameter kWithDtype[] = {{"axis", optional},    {"dtype", optional},
                                    {"out", optional},     {"keepdims", optional},
                                    {"initial", optional}, {"where", optional}};
constexpr Parameter kWithoutDtype[] = {{"axis", optional},
                                       {"out", optional},
                                       {"keepdims", optional},
                                       {"initial", optional},
                                       {"where", optional}};

Value with_dtype(Context& context, NdArray& self, const Arguments& arguments,
                 std::string_view method, std::string_view ufunc) {
  const auto given = python::bind({method, kWithDtype}, arguments);
  refuse(method, "out", given[2]);
  refuse(method, "initial", given[4]);
  refuse(method, "where", given[5]);
  ReduceRequest request{.ufunc = ufunc, .axes = axes_from(context, given[0], self)};
  if (is_given(given[1])) request.dtype = dtype_from(context, given[1]);
  request.keep = keep_from(context, given[3]);
  return reduce(context, self, request);
}
Value without_dtype(Context& context, NdArray& self, const Arguments& arguments,
                    std::string_view method, std::string_view ufunc) {
  const auto given = python::bind({method, kWithoutDtype}, arguments);
  refuse(method, "out", given[1]);
  refuse(method, "initial", given[3]);
  refuse(method, "where", given[4]);
  return reduce(context, self,
                {.ufunc = ufunc,
                 .axes = axes_from(context, given[0], self),
                 .keep = keep_from(context, given[2])});
}

Value sum(Context& context, NdArray& self, const Arguments& a) {
  return with_dtype(context, self, a, "sum", "add");
}
Value prod(Context& context, NdArray& self, const Arguments& a) {
  return with_dtype(context, self, a, "prod", "multiply");
}
Value min(Context& context, NdArray& self, const Arguments& a) {
  return without_dtype(context, self, a, "min", "minimum");
}
Value max(Context& context, NdArray& self, const Arguments& a) {
  return without_dtype(context, self, a, "max", "maximum");
}
Value any(Context& context, NdArray& self, const Arguments& a) {
  return without_dtype(context, self, a, "any", "logical_or");
}
Value all(Context& context, NdArray& self, const Arguments& a) {
  return without_dtype(context, self, a, "all", "logical_and");
}
Value ptp(Context& context, NdArray& self, const Arguments& arguments) {
  const Value high = max(context, self, arguments);
  return call_ufunc(context, "subtract", {high, min(context, self, arguments)});
}

// Counts as Python ints for the whole array, as an int64 array along axes.
Value count_nonzero(Context& context, const Arguments& arguments) {
  static constexpr Parameter kParameters[] = {{"a"}, {"axis", optional}, {"keepdims", optional}};
  const auto given = python::bind({.function = "count_nonzero",
                                   .parameters = kParameters,
                                   .words = python::Signature::Words::python_function},
                                  arguments);
  const ArrayArgument a = array_argument(context, given[0]);
  const Value truths = a->dtype().is_bool()
                           ? a.value
                           : call_ufunc(context, "not_equal", {a.value, Value::integer(0)});
  const ArrayArgument counted = array_argument(context, truths);
  const Value count = reduce(context, *counted,
                             {.ufunc = "add",
                              .axes = axes_from(context, given[1], *counted),
                              .dtype = kInt64,
                              .keep = keep_from(context, given[2])});
  if (is_given(given[1]) || array_if(count) != nullptr) return count;
  return Value::integer(*python::index_of(context, count));
}

constexpr auto kMethods = std::to_array<ArrayMethod>({{"sum", sum},
                                                      {"prod", prod},
                                                      {"min", min},
                                                      {"max", max},
                                                      {"any", any},
                                                      {"all", all},
                                                      {"ptp", ptp},
                                                      {"mean", mean_method},
                                                      {"var", var_method},
                                                      {"std", std_method},
                                                      {"argmin", argmin_method},
                                                      {"argmax", argmax_method},
                                                      {"cumsum", cumsum_method},
                                                      {"cumprod", cumprod_method}});

constexpr auto kFunctions = std::to_array<ModuleFunction>({{"sum", as_function<sum>},
                                                           {"prod", as_function<prod>},
                                                           {"product", as_function<prod>},
                                                           {"min", as_function<min>},
                                                           {"amin", as_function<min>},
                                                           {"max", as_function<max>},
                                                           {"amax", as_function<max>},
                                                           {"any", as_function<any>},
                                                           {"all", as_function<all>},
                                                           {"ptp", as_function<ptp>},
                                                           {"mean", as_function<mean_method>},
                                                           {"var", as_function<var_method>},
                                                           {"std", as_function<std_method>},
                                                           {"argmin", as_function<argmin_method>},
                                                           {"argmax", as_function<argmax_method>},
                                                           {"cumsum", as_function<cumsum_method>},
                                                           {"cumprod", as_function<cumprod_method>},
                                                           {"average", average},
                                                           {"median", median},
                                                           {"count_nonzero", count_nonzero}});

}  // namespace

std::span<const ArrayMethod> reduction_methods() { return kMethods; }
std::span<const ModuleFunction> reduction_functions() { return kFunctions; }

}  // namespace numpy

// The formulas of numpy/core/_methods.py, step by step, so that each rounding is NumPy's.

#include "scenarios/numpy/statistics.h"

#include <algorithm>
#include <cmath>

#include "scenarios/numpy/reduce.h"
#include "scenarios/numpy/scalar.h"
#include "scenarios/numpy/ufunc.h"

namespace numpy {
namespace {

using python::Arguments;
using python::BinaryOp;
using python::Context;
using python::Parameter;
using python::Value;
using enum python::Parameter::Need;

DType mean_type(Context& context, const NdArray& a, const Value& dtype) {
  if (is_given(dtype)) return dtype_from(context, dtype);
  return a.dtype().is_float() ? a.dtype().native() : kFloat64;
}

// total / n as _methods.py divides: an array in place, a scalar by scalar arithmetic and back to
// its type.
Value divided(Context& context, const Value& total, std::int64_t n) {
  const Value count = make_scalar(Number(n));
  if (NdArray* array = array_if(total)) {
    const std::array<UfuncOperand, 2> inputs{*ufunc_operand(context, total),
                                             *ufunc_operand(context, count)};
    return call_ufunc(
        context,
        {.ufunc = find_ufunc("divide"), .inputs = inputs, .out = array, .out_value = total});
  }
  const ElementType type = number_of(total)->type();
  const Value quotient = python::binary_operation(context, BinaryOp::true_divide, total, count);
  return make_scalar(number_of(quotient)->converted_to(type));
}

struct Request {
  std::vector<bool> axes;
  DType dtype = kFloat64;
  std::int64_t ddof = 0;
  KeepAxes keep = KeepAxes::no;
};

Value mean(Context& context, NdArray& a, const Request& request) {
  const std::int64_t n = reduced_count(a, request.axes);
  if (n == 0) context.warn("RuntimeWarning", "Mean of empty slice.");
  const Value total =
      reduce(context, a,
             {.ufunc = "add", .axes = request.axes, .dtype = request.dtype, .keep = request.keep});
  return divided(context, total, n);
}

Value variance(Context& context, NdArray& a, const Request& request) {
  const std::int64_t n = reduced_count(a, request.axes);
  if (request.ddof >= n) context.warn("RuntimeWarning", "Degrees of freedom <= 0 for slice");
  const Value total =
      reduce(context, a,
             {.ufunc = "add", .axes = request.axes, .dtype = request.dtype, .keep = KeepAxes::yes});
  const Value average = divided(context, total, n);
  const Value distance = call_ufunc(context, "subtract", {Value::object(&a), average});
  const ArrayArgument x = array_argument(context, distance);
  const std::array<UfuncOperand, 2> inputs{*ufunc_operand(context, x.value),
                                           *ufunc_operand(context, x.value)};
  call_ufunc(context,
             {.ufunc = find_ufunc("multiply"), .inputs = inputs, .out = &*x, .out_value = x.value});
  const Value squares =
      reduce(context, *x,
             {.ufunc = "add", .axes = request.axes, .dtype = request.dtype, .keep = request.keep});
  return divided(context, squares, std::max<std::int64_t>(n - request.ddof, 0));
}

constexpr Parameter kMean[] = {{"axis", optional},
                               {"dtype", optional},
                               {"out", optional},
                               {"keepdims", optional},
                               {"where", optional}};
constexpr Parameter kVar[] = {{"axis", optional}, {"dtype", optional},    {"out", optional},
                              {"ddof", optional}, {"keepdims", optional}, {"where", optional}};

KeepAxes keep_from(Context& context, const Value& v) {
  return v.is_bound() && python::truth(context, v) ? KeepAxes::yes : KeepAxes::no;
}

Value var_or_std(Context& context, NdArray& self, const Arguments& arguments,
                 std::string_view name) {
  const auto given = python::bind({name, kVar}, arguments);
  refuse(name, "out", given[2]);
  refuse(name, "where", given[5]);
  return variance(context, self,
                  {.axes = axes_from(context, given[0], self),
                   .dtype = mean_type(context, self, given[1]),
                   .ddof = is_given(given[3]) ? python::to_index(context, given[3]) : 0,
                   .keep = keep_from(context, given[4])});
}

}  // namespace

Value mean_method(Context& context, NdArray& self, const Arguments& arguments) {
  const auto given = python::bind({"mean", kMean}, arguments);
  refuse("mean", "out", given[2]);
  refuse("mean", "where", given[4]);
  return mean(context, self,
              {.axes = axes_from(context, given[0], self),
               .dtype = mean_type(context, self, given[1]),
               .keep = keep_from(context, given[3])});
}

Value var_method(Context& context, NdArray& self, const Arguments& arguments) {
  return var_or_std(context, self, arguments, "var");
}

Value std_method(Context& context, NdArray& self, const Arguments& arguments) {
  const Value squares = var_or_std(context, self, arguments, "std");
  if (NdArray* array = array_if(squares)) {
    const std::array<UfuncOperand, 1> inputs{*ufunc_operand(context, squares)};
    return call_ufunc(
        context,
        {.ufunc = find_ufunc("sqrt"), .inputs = inputs, .out = array, .out_value = squares});
  }
  return call_ufunc(context, "sqrt", {squares});
}

Value average(Context& context, const Arguments& arguments) {
  static constexpr Parameter kParameters[] = {{"a"},
                                              {"axis", optional},
                                              {"weights", optional},
                                              {"returned", optional},
                                              {"keepdims", optional}};
  const auto given = python::bind({.function = "average",
                                   .parameters = kParameters,
                                   .words = python::Signature::Words::python_function},
                                  arguments);
  refuse("average", "weights", given[2]);
  refuse("average", "returned", given[3]);
  const ArrayArgument a = array_argument(context, given[0]);
  return mean(context, *a,
              {.axes = axes_from(context, given[1], *a),
               .dtype = mean_type(context, *a, Value()),
               .keep = keep_from(context, given[4])});
}

// The elements are read once, in order, and sorted on the host (NumPy partitions a copy).
Value median(Context& context, const Arguments& arguments) {
  static constexpr Parameter kParameters[] = {{"a"},
                                              {"axis", optional},
                                              {"out", optional},
                                              {"overwrite_input", optional},
                                              {"keepdims", optional}};
  const auto given = python::bind({.function = "median",
                                   .parameters = kParameters,
                                   .words = python::Signature::Words::python_function},
                                  arguments);
  refuse("median", "out", given[2]);
  refuse("median", "keepdims", given[4]);
  const ArrayArgument a = array_argument(context, given[0]);
  if (is_given(given[1]) && a->ndim() > 1) {
    throw python::Unsupported{"median() along an axis", "np.median of each row in a loop"};
  }
  std::vector<double> values;
  std::byte item[8];
  for (ElementAddresses at(*a); !at.done(); at.advance()) {
    context.spend(1);
    load(context, at.address(), std::span(item, a->dtype().itemsize()));
    values.push_back(Number::read(item, a->dtype()).to_double());
    if (std::isnan(values.back())) return make_scalar(Number(values.back()));
  }
  if (values.empty()) {
    context.warn("RuntimeWarning", "Mean of empty slice.");
    return make_scalar(Number(std::nan("")));
  }
  std::ranges::sort(values);
  const std::size_t half = values.size() / 2;
  const double middle =
      values.size() % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
  const bool is_single = a->dtype().type() == ElementType::float32;
  return make_scalar(is_single ? Number(static_cast<float>(middle)) : Number(middle));
}

}  // namespace numpy

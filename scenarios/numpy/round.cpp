// PyArray_Round: multiply by a power of ten, rint, divide; for negative decimals the other way.

#include "scenarios/numpy/round.h"

#include <cmath>

#include "scenarios/numpy/create.h"
#include "scenarios/numpy/scalar.h"
#include "scenarios/numpy/ufunc.h"

namespace numpy {
namespace {

using python::Context;
using python::Parameter;
using python::Value;
using enum python::Parameter::Need;

Value applied(Context& context, std::string_view name, const Value& a, const Value& b,
              const Value& out) {
  std::vector<UfuncOperand> inputs{*ufunc_operand(context, a)};
  if (b.is_bound()) inputs.push_back(*ufunc_operand(context, b));
  NdArray* into = array_if(out);
  return call_ufunc(context, {.ufunc = find_ufunc(name),
                              .inputs = inputs,
                              .out = into,
                              .out_value = into != nullptr ? out : Value()});
}

Value rounded(Context& context, const Value& value, DType dtype, std::int64_t decimals) {
  if (!dtype.is_float()) {
    if (decimals >= 0) {
      if (NdArray* a = array_if(value)) {
        return converted_copy(context, *a, a->dtype(), ArrayRequest::Layout::keep, Kinship::copy);
      }
      return value;
    }
    throw python::Unsupported{"rounding integers to tens", "x // 10 * 10"};
  }
  if (decimals == 0) return applied(context, "rint", value, {}, {});
  const Value factor = Value::real(std::pow(10.0, static_cast<double>(std::abs(decimals))));
  const bool up = decimals > 0;
  Value result = applied(context, up ? "multiply" : "divide", value, factor, {});
  result = applied(context, "rint", result, {}, result);
  return applied(context, up ? "divide" : "multiply", result, factor, result);
}

}  // namespace

Value round_method(Context& context, NdArray& self, const python::Arguments& arguments) {
  static constexpr Parameter kParameters[] = {{"decimals", optional}, {"out", optional}};
  const auto given = python::bind({"round", kParameters}, arguments);
  refuse("round", "out", given[1]);
  const std::int64_t decimals = is_given(given[0]) ? python::to_index(context, given[0]) : 0;
  return rounded(context, Value::object(&self), self.dtype(), decimals);
}

Value rounded_scalar(Context& context, const Number& number, std::int64_t decimals) {
  const Value result = rounded(context, make_scalar(number), DType(number.type()), decimals);
  return make_scalar(number_of(result)->converted_to(number.type()));
}

}  // namespace numpy

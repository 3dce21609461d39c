// arange, linspace, dtype questions, comparisons of whole arrays, products.

#include <array>
#include <cmath>

#include "scenarios/numpy/cast.h"
#include "scenarios/numpy/create.h"
#include "scenarios/numpy/elementwise.h"
#include "scenarios/numpy/matmul.h"
#include "scenarios/numpy/methods.h"
#include "scenarios/numpy/promotion.h"
#include "scenarios/numpy/reduce.h"
#include "scenarios/numpy/round.h"
#include "scenarios/numpy/scalar.h"
#include "scenarios/numpy/ufunc.h"

namespace numpy {
namespace {

using python::Arguments;
using python::Context;
using python::Parameter;
using python::Signature;
using python::Value;
using enum python::Parameter::Need;

// Writes start + i * delta, in the type that NumPy's fill functions compute in.
class RangeLoop final : public WalkLoop {
 public:
  RangeLoop(DType dtype, const Number& start, const Number& next) : dtype_(dtype) {
    start_ = start.to_double();
    delta_ = next.to_double() - start_;
    int_start_ = start.to_int64();
    int_delta_ = static_cast<std::int64_t>(static_cast<std::uint64_t>(next.to_int64()) -
                                           static_cast<std::uint64_t>(int_start_));
    if (dtype.type() == ElementType::float32) {
      delta_ = static_cast<float>(next.to_double()) - static_cast<float>(start_);
    }
  }
  void run(std::byte* const* pointers, std::uint64_t n) override {
    visit_type(dtype_.type(), [&](auto tag) {
      using T = typename decltype(tag)::type;
      for (std::uint64_t k = 0; k < n; ++k, ++i_) {
        std::byte item[8];
        store_as(item, value<T>());
        Number::read(item, dtype_.native())
            .write(pointers[0] + static_cast<std::int64_t>(k) * strides()[0], dtype_);
      }
    });
  }

 private:
  template <class T>
  T value() const {
    if constexpr (std::is_same_v<T, float>) {
      return static_cast<float>(start_) + static_cast<float>(i_) * static_cast<float>(delta_);
    } else if constexpr (std::is_same_v<T, double>) {
      return start_ + static_cast<double>(i_) * delta_;
    } else {
      return element_cast<T>(static_cast<std::int64_t>(
          static_cast<std::uint64_t>(int_start_) + i_ * static_cast<std::uint64_t>(int_delta_)));
    }
  }

  DType dtype_;
  double start_ = 0;
  double delta_ = 0;
  std::int64_t int_start_ = 0;
  std::int64_t int_delta_ = 0;
  std::uint64_t i_ = 0;
};

Number range_number(Context& context, const Value& v) {
  if (const auto n = number_of(v)) return *n;
  if (NdArray* a = array_if(v); a != nullptr && a->size() == 1) {
    return *number_of(python::call_method(context, v, "item", {}));
  }
  python::raise("TypeError",
                "unsupported operand type(s) for -: " + python::quoted_type(v) + " and 'int'");
}

// ceil((stop - start) / step), with the message of a step of 0.
std::int64_t range_length(const Number& start, const Number& stop, const Number& step) {
  if (!start.is_float() && !stop.is_float() && !step.is_float()) {
    const std::int64_t s = step.to_int64();
    if (s == 0) python::raise("ZeroDivisionError", "division by zero");
    const std::int64_t distance = stop.to_int64() - start.to_int64();
    const std::int64_t n = distance / s + (distance % s != 0 && (distance < 0) == (s < 0) ? 1 : 0);
    return std::max<std::int64_t>(n, 0);
  }
  const double quotient = (stop.to_double() - start.to_double()) / step.to_double();
  if (step.to_double() == 0) python::raise("ZeroDivisionError", "float division by zero");
  if (std::isnan(quotient)) {
    python::raise("ValueError", "arange: cannot compute length");
  }
  const double length = std::ceil(quotient);
  if (length >= 9.2e18) python::raise("ValueError", "Maximum allowed size exceeded");
  return length > 0 ? static_cast<std::int64_t>(length) : 0;
}

Value arange(Context& context, const Arguments& arguments) {
  static constexpr Parameter kParameters[] = {{"start", optional},
                                              {"stop", optional},
                                              {"step", optional},
                                              {"dtype", optional},
                                              {"like", optional}};
  const auto given = python::bind({"arange", kParameters}, arguments);
  refuse("arange", "like", given[4]);
  if (!given[0].is_bound() && !given[1].is_bound()) {
    python::raise("TypeError", "arange() requires stop to be specified.");
  }
  Number start(std::int64_t{0}), step(std::int64_t{1}), stop;
  if (is_given(given[1])) {
    stop = range_number(context, given[1]);
    if (is_given(given[0])) start = range_number(context, given[0]);
  } else {
    stop = range_number(context, given[0]);
  }
  if (is_given(given[2])) step = range_number(context, given[2]);
  ElementType type = promote(ElementType::int64, promote(start.type(), stop.type()));
  type = promote(type, step.type());
  const DType dtype = is_given(given[3]) ? dtype_from(context, given[3]) : DType(type);
  const std::int64_t length = range_length(start, stop, step);
  if (dtype.is_bool() && length > 2) {
    python::raise("TypeError",
                  "arange() is only supported for booleans when the result has at most length 2.");
  }
  const Value made = new_array(context, dtype, Dims{length});
  // The first two elements are made by Python's arithmetic and converted; the rest follow them.
  const Value next =
      python::binary_operation(context, python::BinaryOp::add, to_python(start), to_python(step));
  const auto converted = [&](const Number& n) {
    return n.is_float() && dtype.is_integer() ? Number(n.to_int64()).converted_to(dtype.type())
                                              : n.converted_to(dtype.type());
  };
  RangeLoop loop(dtype, converted(start), converted(*number_of(next)));
  const std::array<WalkOperand, 1> operands{write_of(*array_if(made))};
  walk(context, operands, array_if(made)->shape(), WalkOrder::c, loop);
  return made;
}

// start + i * step, the last one exactly stop (numpy/core/function_base.py).
Value linspace(Context& context, const Arguments& arguments) {
  static constexpr Parameter kParameters[] = {{"start"},
                                              {"stop"},
                                              {"num", optional},
                                              {"endpoint", optional},
                                              {"retstep", optional},
                                              {"dtype", optional},
                                              {"axis", optional}};
  const auto given = python::bind({.function = "linspace",
                                   .parameters = kParameters,
                                   .words = Signature::Words::python_function},
                                  arguments);
  refuse("linspace", "axis", given[6]);
  const double start = python::to_float(context, given[0]);
  const double stop = python::to_float(context, given[1]);
  const std::int64_t n = is_given(given[2]) ? python::to_index(context, given[2]) : 50;
  if (n < 0) {
    python::raise("ValueError",
                  "Number of samples, " + std::to_string(n) + ", must be non-negative.");
  }
  const bool endpoint = !given[3].is_bound() || python::truth(context, given[3]);
  const std::int64_t div = endpoint ? n - 1 : n;
  const DType dtype = is_given(given[5]) ? dtype_from(context, given[5]) : kFloat64;
  const Value made = new_array(context, dtype, Dims{n});
  const double delta = stop - start;
  const double step = div > 0 ? delta / static_cast<double>(div) : std::nan("");
  std::byte item[8];
  ElementAddresses at(*array_if(made));
  for (std::int64_t i = 0; !at.done(); at.advance(), ++i) {
    const auto x = static_cast<double>(i);
    double value = div > 0 ? (step == 0 ? x / static_cast<double>(div) * delta : x * step) + start
                           : x * delta + start;
    if (endpoint && n > 1 && i == n - 1) value = stop;
    if (dtype.is_integer()) value = std::floor(value);
    Number(value).write(item, dtype);
    store(context, at.address(), std::span<const std::byte>(item, dtype.itemsize()));
  }
  if (given[4].is_bound() && python::truth(context, given[4])) {
    return python::make_tuple({made, make_scalar(Number(step))});
  }
  return made;
}

Value dot_function(Context& context, const Arguments& arguments) {
  python::expect_positional("dot", arguments, 2, 2);
  return dot(context, arguments.positional[0], arguments.positional[1]);
}
Value dot_method(Context& context, NdArray& self, const Arguments& arguments) {
  python::expect_positional("dot", arguments, 1, 1);
  return dot(context, Value::object(&self), arguments.positional[0]);
}
Value matmul_function(Context& context, const Arguments& arguments) {
  python::expect_positional("matmul", arguments, 2, 2);
  return matmul(context, arguments.positional[0], arguments.positional[1]);
}

Value all_of(Context& context, const Value& truths) {
  if (NdArray* a = array_if(truths)) {
    return reduce(context, *a, {.ufunc = "logical_and", .axes = all_axes(*a)});
  }
  return truths;
}

Value array_equal(Context& context, const Arguments& arguments) {
  static constexpr Parameter kParameters[] = {{"a1"}, {"a2"}, {"equal_nan", optional}};
  const auto given = python::bind({.function = "array_equal",
                                   .parameters = kParameters,
                                   .words = Signature::Words::python_function},
                                  arguments);
  refuse("array_equal", "equal_nan", given[2]);
  const ArrayArgument a = array_argument(context, given[0]);
  const ArrayArgument b = array_argument(context, given[1]);
  if (!(a->shape() == b->shape())) return Value::boolean(false);
  const Value same = all_of(context, call_ufunc(context, "equal", {a.value, b.value}));
  return Value::boolean(python::truth(context, same));
}

constexpr Parameter kClose[] = {
    {"a"}, {"b"}, {"rtol", optional}, {"atol", optional}, {"equal_nan", optional}};

// |a - b| <= atol + rtol * |b|, with equal infinities close.
Value isclose(Context& context, const Arguments& arguments) {
  const auto given = python::bind(
      {.function = "isclose", .parameters = kClose, .words = Signature::Words::python_function},
      arguments);
  refuse("isclose", "equal_nan", given[4]);
  const Value rtol = argument_or(given[2], Value::real(1e-5));
  const Value atol = argument_or(given[3], Value::real(1e-8));
  const auto value_of = [&](const Value& v) { return number_of(v) ? v : array_from(context, v); };
  const Value a = value_of(given[0]);
  const Value b = value_of(given[1]);
  const Value distance = call_ufunc(context, "absolute", {call_ufunc(context, "subtract", {a, b})});
  const Value limit = call_ufunc(
      context, "add",
      {atol, call_ufunc(context, "multiply", {rtol, call_ufunc(context, "absolute", {b})})});
  const Value near = call_ufunc(
      context, "logical_and",
      {call_ufunc(context, "less_equal", {distance, limit}), call_ufunc(context, "isfinite", {b})});
  return call_ufunc(context, "logical_or", {near, call_ufunc(context, "equal", {a, b})});
}
Value allclose(Context& context, const Arguments& arguments) {
  const Value close = all_of(context, isclose(context, arguments));
  return Value::boolean(python::truth(context, close));
}

Value shares_memory(Context&, const Arguments& arguments) {
  python::expect_positional("shares_memory", arguments, 2, 2);
  const NdArray* a = array_if(arguments.positional[0]);
  const NdArray* b = array_if(arguments.positional[1]);
  if (a == nullptr || b == nullptr) return Value::boolean(false);
  return Value::boolean(share_elements(*a, *b));
}
Value may_share(Context&, const Arguments& arguments) {
  python::expect_positional("may_share_memory", arguments, 2, 2);
  const NdArray* a = array_if(arguments.positional[0]);
  const NdArray* b = array_if(arguments.positional[1]);
  return Value::boolean(a != nullptr && b != nullptr && may_share_memory(*a, *b));
}

constexpr auto kFunctions = std::to_array<ModuleFunction>({{"arange", arange},
                                                           {"round", as_function<round_method>},
                                                           {"around", as_function<round_method>},
                                                           {"round_", as_function<round_method>},
                                                           {"linspace", linspace},
                                                           {"dot", dot_function},
                                                           {"matmul", matmul_function},
                                                           {"array_equal", array_equal},
                                                           {"isclose", isclose},
                                                           {"allclose", allclose},
                                                           {"shares_memory", shares_memory},
                                                           {"may_share_memory", may_share}});

constexpr auto kMethods = std::to_array<ArrayMethod>({{"dot", dot_method}});

}  // namespace

std::span<const ArrayMethod> numeric_methods() { return kMethods; }
std::span<const ModuleFunction> numeric_functions() { return kFunctions; }

}  // namespace numpy

// The ufuncs by name, and by operator.

#include <array>

#include "scenarios/numpy/ufunc.h"

namespace numpy {
namespace {

constexpr auto kUfuncs = std::to_array<Ufunc>({
    {"add", 2, add_loop},
    {"subtract", 2, subtract_loop},
    {"multiply", 2, multiply_loop},
    {"divide", 2, divide_loop},
    {"floor_divide", 2, floor_divide_loop},
    {"remainder", 2, remainder_loop},
    {"fmod", 2, fmod_loop},
    {"power", 2, power_loop},
    {"negative", 1, negative_loop},
    {"positive", 1, positive_loop},
    {"absolute", 1, absolute_loop},
    {"fabs", 1, fabs_loop},
    {"square", 1, square_loop},
    {"reciprocal", 1, reciprocal_loop},
    {"sign", 1, sign_loop},
    {"minimum", 2, minimum_loop},
    {"maximum", 2, maximum_loop},
    {"fmin", 2, fmin_loop},
    {"fmax", 2, fmax_loop},
    {"equal", 2, equal_loop},
    {"not_equal", 2, not_equal_loop},
    {"less", 2, less_loop},
    {"less_equal", 2, less_equal_loop},
    {"greater", 2, greater_loop},
    {"greater_equal", 2, greater_equal_loop},
    {"logical_and", 2, logical_and_loop},
    {"logical_or", 2, logical_or_loop},
    {"logical_xor", 2, logical_xor_loop},
    {"logical_not", 1, logical_not_loop},
    {"bitwise_and", 2, bitwise_and_loop},
    {"bitwise_or", 2, bitwise_or_loop},
    {"bitwise_xor", 2, bitwise_xor_loop},
    {"invert", 1, invert_loop},
    {"left_shift", 2, left_shift_loop},
    {"right_shift", 2, right_shift_loop},
    {"isnan", 1, isnan_loop},
    {"isinf", 1, isinf_loop},
    {"isfinite", 1, isfinite_loop},
    {"signbit", 1, signbit_loop},
    {"sqrt", 1, sqrt_loop},
    {"cbrt", 1, cbrt_loop},
    {"exp", 1, exp_loop},
    {"exp2", 1, exp2_loop},
    {"expm1", 1, expm1_loop},
    {"log", 1, log_loop},
    {"log2", 1, log2_loop},
    {"log10", 1, log10_loop},
    {"log1p", 1, log1p_loop},
    {"sin", 1, sin_loop},
    {"cos", 1, cos_loop},
    {"tan", 1, tan_loop},
    {"arcsin", 1, arcsin_loop},
    {"arccos", 1, arccos_loop},
    {"arctan", 1, arctan_loop},
    {"sinh", 1, sinh_loop},
    {"cosh", 1, cosh_loop},
    {"tanh", 1, tanh_loop},
    {"arctan2", 2, arctan2_loop},
    {"hypot", 2, hypot_loop},
    {"deg2rad", 1, deg2rad_loop},
    {"rad2deg", 1, rad2deg_loop},
    {"floor", 1, floor_loop},
    {"ceil", 1, ceil_loop},
    {"trunc", 1, trunc_loop},
    {"rint", 1, rint_loop},
});

// Other names of the same functions.
struct Alias {
  std::string_view alias;
  std::string_view name;
};
constexpr auto kAliases = std::to_array<Alias>({{"true_divide", "divide"},
                                                {"mod", "remainder"},
                                                {"abs", "absolute"},
                                                {"conjugate", "positive"},
                                                {"bitwise_not", "invert"}});

const Ufunc& required(std::string_view name) {
  const Ufunc* ufunc = find_ufunc(name);
  SIM_CHECK(ufunc != nullptr);
  return *ufunc;
}

}  // namespace

std::span<const Ufunc> ufuncs() { return kUfuncs; }

const Ufunc* find_ufunc(std::string_view name) {
  for (const Alias& a : kAliases) {
    if (a.alias == name) name = a.name;
  }
  for (const Ufunc& u : kUfuncs) {
    if (u.name == name) return &u;
  }
  return nullptr;
}

const Ufunc& ufunc_of(python::BinaryOp op) {
  using enum python::BinaryOp;
  switch (op) {
    case add: return required("add");
    case subtract: return required("subtract");
    case multiply: return required("multiply");
    case true_divide: return required("divide");
    case floor_divide: return required("floor_divide");
    case modulo: return required("remainder");
    case power: return required("power");
    case bit_and: return required("bitwise_and");
    case bit_or: return required("bitwise_or");
    case bit_xor: return required("bitwise_xor");
    case shift_left: return required("left_shift");
    case shift_right: return required("right_shift");
    case matmul: break;
  }
  sim::check_failed("matmul is no elementwise ufunc", __FILE__, __LINE__);
}

const Ufunc& ufunc_of(python::UnaryOp op) {
  switch (op) {
    case python::UnaryOp::negative: return required("negative");
    case python::UnaryOp::positive: return required("positive");
    case python::UnaryOp::invert: break;
  }
  return required("invert");
}

const Ufunc& ufunc_of(python::CompareOp op) {
  using enum python::CompareOp;
  switch (op) {
    case equal: return required("equal");
    case not_equal: return required("not_equal");
    case less: return required("less");
    case less_equal: return required("less_equal");
    case greater: return required("greater");
    case greater_equal: break;
  }
  return required("greater_equal");
}

}  // namespace numpy

// Universal functions as a table: name, number of inputs, and for each type to compute in, a loop.

#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "scenarios/numpy/elementwise.h"
#include "scenarios/numpy/ndarray.h"
#include "scenarios/numpy/promotion.h"

namespace numpy {

// What a ufunc does with inputs of a common type: the type it computes in (all inputs), the
// result's type, and the loop; no loop where it has none for that type.
struct LoopChoice {
  ElementType in = ElementType::float64;
  ElementType out = ElementType::float64;
  InnerLoop loop = nullptr;
};
using ChooseLoop = LoopChoice (*)(ElementType);

struct Ufunc {
  std::string_view name;
  int inputs = 2;
  ChooseLoop choose = nullptr;
};

std::span<const Ufunc> ufuncs();
// Null when there is none of that name.
const Ufunc* find_ufunc(std::string_view name);
// The one that an operator of the language calls: "add", "true_divide" -> "divide".
const Ufunc& ufunc_of(python::BinaryOp);
const Ufunc& ufunc_of(python::UnaryOp);
const Ufunc& ufunc_of(python::CompareOp);

// An operand of a ufunc as a program gives it: an array (kept alive by `value`), or a number on the
// host, which is no memory operand.
struct UfuncOperand {
  python::Value value;
  NdArray* array = nullptr;
  Number number;
  bool is_python_scalar = false;  // int, float, bool of the language, not a NumPy scalar
};
// Lists become arrays. Nothing when the value is nothing that can be an array (None, a str).
std::optional<UfuncOperand> ufunc_operand(python::Context&, const python::Value&);

// Where the results go and what is said on failure.
struct UfuncCall {
  const Ufunc* ufunc = nullptr;
  std::span<const UfuncOperand> inputs;
  NdArray* out = nullptr;  // an array to write into; null: a new one is made
  python::Value out_value = {};
};
// The result: `out`, a new array, or a NumPy scalar when all inputs have no axes. Warns of division
// by zero, overflow and invalid values as NumPy's default settings do.
python::Value call_ufunc(python::Context&, const UfuncCall&);
// Raises what NumPy raises for an operand that is a str.
[[noreturn]] void raise_text_operand(const Ufunc&, DType other, std::string_view text,
                                     python::Side side_of_other);
// The same for values; raises TypeError for what cannot be an operand.
python::Value call_ufunc(python::Context&, std::string_view name,
                         std::initializer_list<python::Value> inputs);

// Loops by family; each gives no loop for types it lacks.
LoopChoice add_loop(ElementType);
LoopChoice subtract_loop(ElementType);
LoopChoice multiply_loop(ElementType);
LoopChoice divide_loop(ElementType);
LoopChoice floor_divide_loop(ElementType);
LoopChoice remainder_loop(ElementType);
LoopChoice fmod_loop(ElementType);
LoopChoice power_loop(ElementType);
LoopChoice negative_loop(ElementType);
LoopChoice positive_loop(ElementType);
LoopChoice absolute_loop(ElementType);
LoopChoice fabs_loop(ElementType);
LoopChoice square_loop(ElementType);
LoopChoice reciprocal_loop(ElementType);
LoopChoice sign_loop(ElementType);
LoopChoice minimum_loop(ElementType);
LoopChoice maximum_loop(ElementType);
LoopChoice fmin_loop(ElementType);
LoopChoice fmax_loop(ElementType);
LoopChoice equal_loop(ElementType);
LoopChoice not_equal_loop(ElementType);
LoopChoice less_loop(ElementType);
LoopChoice less_equal_loop(ElementType);
LoopChoice greater_loop(ElementType);
LoopChoice greater_equal_loop(ElementType);
LoopChoice logical_and_loop(ElementType);
LoopChoice logical_or_loop(ElementType);
LoopChoice logical_xor_loop(ElementType);
LoopChoice logical_not_loop(ElementType);
LoopChoice bitwise_and_loop(ElementType);
LoopChoice bitwise_or_loop(ElementType);
LoopChoice bitwise_xor_loop(ElementType);
LoopChoice invert_loop(ElementType);
LoopChoice left_shift_loop(ElementType);
LoopChoice right_shift_loop(ElementType);
LoopChoice isnan_loop(ElementType);
LoopChoice isinf_loop(ElementType);
LoopChoice isfinite_loop(ElementType);
LoopChoice signbit_loop(ElementType);
LoopChoice sqrt_loop(ElementType);
LoopChoice cbrt_loop(ElementType);
LoopChoice exp_loop(ElementType);
LoopChoice exp2_loop(ElementType);
LoopChoice expm1_loop(ElementType);
LoopChoice log_loop(ElementType);
LoopChoice log2_loop(ElementType);
LoopChoice log10_loop(ElementType);
LoopChoice log1p_loop(ElementType);
LoopChoice sin_loop(ElementType);
LoopChoice cos_loop(ElementType);
LoopChoice tan_loop(ElementType);
LoopChoice arcsin_loop(ElementType);
LoopChoice arccos_loop(ElementType);
LoopChoice arctan_loop(ElementType);
LoopChoice sinh_loop(ElementType);
LoopChoice cosh_loop(ElementType);
LoopChoice tanh_loop(ElementType);
LoopChoice arctan2_loop(ElementType);
LoopChoice hypot_loop(ElementType);
LoopChoice deg2rad_loop(ElementType);
LoopChoice rad2deg_loop(ElementType);
LoopChoice floor_loop(ElementType);
LoopChoice ceil_loop(ElementType);
LoopChoice trunc_loop(ElementType);
LoopChoice rint_loop(ElementType);

}  // namespace numpy

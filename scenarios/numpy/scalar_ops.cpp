// Arithmetic of NumPy scalars: as NumPy 1.24's scalarmath, results wrap around with a warning.

#include <array>
#include <cmath>
#include <limits>

#include "scenarios/numpy/float_errors.h"
#include "scenarios/numpy/promotion.h"
#include "scenarios/numpy/scalar.h"
#include "scenarios/numpy/ufunc.h"
#include "scenarios/python/native.h"

namespace numpy {
namespace {

using python::BinaryOp;
using python::Context;
using python::Value;

// Integers of one type; nothing for the operations that the general path does.
template <class T>
std::optional<Value> integer_arithmetic(Context& context, BinaryOp op, T a, T b) {
  T result{};
  bool overflow = false;
  const char* name = "";
  switch (op) {
    case BinaryOp::add:
      overflow = __builtin_add_overflow(a, b, &result);
      name = "scalar add";
      break;
    case BinaryOp::subtract:
      overflow = __builtin_sub_overflow(a, b, &result);
      name = "scalar subtract";
      break;
    case BinaryOp::multiply:
      overflow = __builtin_mul_overflow(a, b, &result);
      name = "scalar multiply";
      break;
    default: return std::nullopt;
  }
  if (overflow) {
    context.warn("RuntimeWarning", std::string("overflow encountered in ") + name);
  }
  return make_scalar(Number(result));
}

template <class T>
std::optional<Value> float_arithmetic(BinaryOp op, T a, T b) {
  T result{};
  switch (op) {
    case BinaryOp::add: result = a + b; break;
    case BinaryOp::subtract: result = a - b; break;
    case BinaryOp::multiply: result = a * b; break;
    case BinaryOp::true_divide: result = a / b; break;
    default: return std::nullopt;
  }
  if (!std::isfinite(result)) return std::nullopt;  // the general path finds out what to warn of
  return make_scalar(Number(result));
}

std::optional<Value> fast_arithmetic(Context& context, BinaryOp op, const Number& a,
                                     const Number& b) {
  return visit_type(a.type(), [&](auto tag) -> std::optional<Value> {
    using T = typename decltype(tag)::type;
    if constexpr (std::is_same_v<T, Bool>)
      return std::nullopt;
    else if constexpr (std::is_integral_v<T>) {
      return integer_arithmetic(context, op, a.as<T>(), b.as<T>());
    } else {
      return float_arithmetic(op, a.as<T>(), b.as<T>());
    }
  });
}

Value run_on_host(Context& context, const Ufunc& ufunc, std::span<const Number> operands) {
  const LoopChoice choice = ufunc.choose(operands[0].type());
  if (choice.loop == nullptr) {  // words the error
    std::vector<UfuncOperand> inputs(operands.size());
    for (std::size_t k = 0; k < operands.size(); ++k) inputs[k].number = operands[k];
    return call_ufunc(context, {.ufunc = &ufunc, .inputs = inputs});
  }
  std::array<Number, 2> in;
  std::array<std::byte*, 3> pointers{};
  for (std::size_t k = 0; k < operands.size(); ++k) {
    in[k] = operands[k].converted_to(choice.in);
    pointers[k] = const_cast<std::byte*>(in[k].bytes());  // only read
  }
  alignas(8) std::byte out[8] = {};
  pointers[operands.size()] = out;
  const std::array<std::int64_t, 3> strides{};
  const FloatErrors errors;
  if (!choice.loop(pointers.data(), strides.data(), 1)) {
    python::raise("ValueError", "Integers to negative integer powers are not allowed.");
  }
  if (choice.out != ElementType::boolean) {
    errors.warn(context, "scalar " + std::string(ufunc.name));
  }
  return make_scalar(Number::read(out, DType(choice.out)));
}

}  // namespace

std::optional<Value> Scalar::binary(Context& context, BinaryOp op, const Value& other,
                                    python::Side side) {
  const std::optional<Number> number = number_of(other);
  if (!number) {
    if (const auto text = python::as_str(other)) {
      if (op == BinaryOp::multiply && dtype().is_integer()) return std::nullopt;  // repeats it
      raise_text_operand(ufunc_of(op), dtype(), *text, side);
    }
    // Next to a list, * repeats it (or fails) as Python's * does; the rest is done with an array.
    if (!python::as_sequence(other) || op == BinaryOp::multiply) return std::nullopt;
    const Value array = array_from(context, other);
    return array.as_object()->binary(
        context, op, Value::object(this),
        side == python::Side::left ? python::Side::right : python::Side::left);
  }
  if (op == BinaryOp::matmul) {
    python::raise("ValueError",
                  "matmul: Input operand 0 does not have enough dimensions (has 0, gufunc core "
                  "with signature (n?,k),(k,m?)->(n?,m?) requires 1)");
  }
  const ElementType type = promote(number_.type(), number->type());
  const Number mine = number_.type() == type ? number_ : number_.converted_to(type);
  const Number theirs = number->type() == type ? *number : number->converted_to(type);
  const Number& left = side == python::Side::left ? mine : theirs;
  const Number& right = side == python::Side::left ? theirs : mine;
  if (auto result = fast_arithmetic(context, op, left, right)) return result;
  const std::array<Number, 2> operands{left, right};
  return run_on_host(context, ufunc_of(op), operands);
}

std::optional<Value> Scalar::unary(Context& context, python::UnaryOp op) {
  const std::array<Number, 1> operands{number_};
  const bool wraps =
      op == python::UnaryOp::negative && number_.is_nonzero() &&
      (dtype().is_unsigned() ||
       (dtype().is_signed() && Number(-number_.to_double()).to_double() ==
                                   std::ldexp(1.0, static_cast<int>(8 * dtype().itemsize()) - 1)));
  if (wraps) context.warn("RuntimeWarning", "overflow encountered in scalar negative");
  return run_on_host(context, ufunc_of(op), operands);
}

std::optional<Value> Scalar::compare(Context& context, python::CompareOp op, const Value& other) {
  const std::optional<Number> number = number_of(other);
  if (!number) return std::nullopt;
  const ElementType type = promote(number_.type(), number->type());
  const std::array<Number, 2> operands{number_.converted_to(type), number->converted_to(type)};
  return run_on_host(context, ufunc_of(op), operands);
}

}  // namespace numpy

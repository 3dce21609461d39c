// Arithmetic and comparison of int and float.

#include "scenarios/python/numbers.h"

#include <cmath>
#include <limits>

#include "scenarios/python/error.h"

namespace python {

namespace {

[[noreturn]] void divide_by_zero(const char* text) { raise("ZeroDivisionError", text); }

std::int64_t shift_left(std::int64_t a, std::int64_t n) {
  if (n < 0) raise("ValueError", "negative shift count");
  if (a == 0) return 0;
  if (n >= 63) refuse_big_integer();
  return checked_multiply(a, std::int64_t{1} << n);
}

std::int64_t shift_right(std::int64_t a, std::int64_t n) {
  if (n < 0) raise("ValueError", "negative shift count");
  return a >> (n > 63 ? 63 : n);
}

std::int64_t integer_power(std::int64_t base, std::int64_t exponent) {
  if (base == 0 || base == 1) return exponent == 0 ? 1 : base;
  if (base == -1) return exponent % 2 == 0 ? 1 : -1;
  std::int64_t result = 1;
  for (; exponent > 0; exponent >>= 1) {
    if ((exponent & 1) != 0) result = checked_multiply(result, base);
    if (exponent > 1) base = checked_multiply(base, base);
  }
  return result;
}

Value real_power(double base, double exponent) {
  if (base == 0.0 && exponent < 0.0) {
    divide_by_zero("0.0 cannot be raised to a negative power");
  }
  if (base < 0.0 && std::isfinite(base) && std::isfinite(exponent) &&
      exponent != std::floor(exponent)) {
    throw Unsupported{"a negative number to a fractional power (a complex result)", {}};
  }
  const double result = std::pow(base, exponent);
  if (std::isinf(result) && std::isfinite(base) && std::isfinite(exponent)) {
    raise("OverflowError", "(34, 'Numerical result out of range')");
  }
  return Value::real(result);
}

// int / int is the correctly rounded quotient; beyond 2**53 the operands themselves would round.
double true_divide(std::int64_t a, std::int64_t b) {
  if (b == 0) divide_by_zero("division by zero");
  constexpr std::int64_t kExact = std::int64_t{1} << 53;
  if (a > -kExact && a < kExact && b > -kExact && b < kExact) {
    return static_cast<double>(a) / static_cast<double>(b);
  }
  // 128 bits of quotient with a sticky bit, then one rounding.
  const bool negative = (a < 0) != (b < 0);
  const auto magnitude = [](std::int64_t n) {
    return n < 0 ? ~static_cast<std::uint64_t>(n) + 1 : static_cast<std::uint64_t>(n);
  };
  __extension__ using Wide = unsigned __int128;
  const Wide numerator = static_cast<Wide>(magnitude(a)) << 64;
  const Wide divisor = magnitude(b);
  Wide quotient = numerator / divisor;
  int exponent = -64;
  bool sticky = numerator % divisor != 0;
  while (quotient >> 62 != 0) {
    sticky = sticky || (quotient & 1) != 0;
    quotient >>= 1;
    ++exponent;
  }
  const std::uint64_t bits = (static_cast<std::uint64_t>(quotient) << 1) | (sticky ? 1 : 0);
  const double result = std::ldexp(static_cast<double>(bits), exponent - 1);
  return negative ? -result : result;
}

std::optional<Value> whole_binary(BinaryOp op, std::int64_t a, std::int64_t b) {
  switch (op) {
    case BinaryOp::add: return Value::integer(checked_add(a, b));
    case BinaryOp::subtract: return Value::integer(checked_subtract(a, b));
    case BinaryOp::multiply: return Value::integer(checked_multiply(a, b));
    case BinaryOp::true_divide: return Value::real(true_divide(a, b));
    case BinaryOp::floor_divide:
      if (b == 0) divide_by_zero("integer division or modulo by zero");
      return Value::integer(floor_divide(a, b));
    case BinaryOp::modulo:
      if (b == 0) divide_by_zero("integer modulo by zero");
      return Value::integer(floor_modulo(a, b));
    case BinaryOp::power:
      if (b < 0) return real_power(static_cast<double>(a), static_cast<double>(b));
      return Value::integer(integer_power(a, b));
    case BinaryOp::matmul: return std::nullopt;
    case BinaryOp::bit_and: return Value::integer(a & b);
    case BinaryOp::bit_or: return Value::integer(a | b);
    case BinaryOp::bit_xor: return Value::integer(a ^ b);
    case BinaryOp::shift_left: return Value::integer(shift_left(a, b));
    case BinaryOp::shift_right: return Value::integer(shift_right(a, b));
  }
  return std::nullopt;
}

std::optional<Value> real_binary(BinaryOp op, double a, double b) {
  switch (op) {
    case BinaryOp::add: return Value::real(a + b);
    case BinaryOp::subtract: return Value::real(a - b);
    case BinaryOp::multiply: return Value::real(a * b);
    case BinaryOp::true_divide:
      if (b == 0.0) divide_by_zero("float division by zero");
      return Value::real(a / b);
    case BinaryOp::floor_divide:
      if (b == 0.0) divide_by_zero("float floor division by zero");
      return Value::real(float_floor_divide(a, b));
    case BinaryOp::modulo:
      if (b == 0.0) divide_by_zero("float modulo");
      return Value::real(float_modulo(a, b));
    case BinaryOp::power: return real_power(a, b);
    case BinaryOp::matmul:
    case BinaryOp::bit_and:
    case BinaryOp::bit_or:
    case BinaryOp::bit_xor:
    case BinaryOp::shift_left:
    case BinaryOp::shift_right: return std::nullopt;
  }
  return std::nullopt;
}

template <class T>
bool holds(CompareOp op, T a, T b) {
  switch (op) {
    case CompareOp::equal: return a == b;
    case CompareOp::not_equal: return a != b;
    case CompareOp::less: return a < b;
    case CompareOp::less_equal: return a <= b;
    case CompareOp::greater: return a > b;
    case CompareOp::greater_equal: return a >= b;
  }
  return false;
}

// -1, 0, 1 as the int is below, at or above the double, without rounding the int. Requires: not
// NaN.
int order(std::int64_t n, double d) {
  constexpr double kTwo63 = 9223372036854775808.0;
  if (d >= kTwo63) return -1;
  if (d < -kTwo63) return 1;
  const double whole = std::floor(d);
  const auto m = static_cast<std::int64_t>(whole);
  if (n != m) return n < m ? -1 : 1;
  return d > whole ? -1 : 0;
}

}  // namespace

void refuse_big_integer() {
  throw Unsupported{"integers beyond 64 bits",
                    "a float, or arithmetic that stays below 2**63 (% 2**32 keeps a value small)"};
}

std::int64_t checked_add(std::int64_t a, std::int64_t b) {
  std::int64_t result = 0;
  if (__builtin_add_overflow(a, b, &result)) refuse_big_integer();
  return result;
}

std::int64_t checked_subtract(std::int64_t a, std::int64_t b) {
  std::int64_t result = 0;
  if (__builtin_sub_overflow(a, b, &result)) refuse_big_integer();
  return result;
}

std::int64_t checked_multiply(std::int64_t a, std::int64_t b) {
  std::int64_t result = 0;
  if (__builtin_mul_overflow(a, b, &result)) refuse_big_integer();
  return result;
}

std::int64_t floor_divide(std::int64_t a, std::int64_t b) {
  if (b == -1) return checked_subtract(0, a);
  const std::int64_t quotient = a / b;
  return a % b != 0 && (a < 0) != (b < 0) ? quotient - 1 : quotient;
}

std::int64_t floor_modulo(std::int64_t a, std::int64_t b) {
  if (b == -1) return 0;
  const std::int64_t rest = a % b;
  return rest != 0 && (rest < 0) != (b < 0) ? rest + b : rest;
}

// The two below follow CPython's float_divmod: the quotient is recomputed from the exact rest, so
// that it is a whole number that fits the rest.
double float_modulo(double a, double b) {
  double rest = std::fmod(a, b);
  if (rest != 0.0) {
    if ((b < 0) != (rest < 0)) rest += b;
  } else {
    rest = std::copysign(0.0, b);
  }
  return rest;
}

double float_floor_divide(double a, double b) {
  double rest = std::fmod(a, b);
  double quotient = (a - rest) / b;
  if (rest != 0.0 && (b < 0) != (rest < 0)) quotient -= 1.0;
  if (quotient == 0.0) return std::copysign(0.0, a / b);
  const double floored = std::floor(quotient);
  return quotient - floored > 0.5 ? floored + 1.0 : floored;
}

std::int64_t int_from_double(double d) {
  if (std::isnan(d)) raise("ValueError", "cannot convert float NaN to integer");
  if (std::isinf(d)) raise("OverflowError", "cannot convert float infinity to integer");
  const double whole = std::trunc(d);
  if (whole >= 9223372036854775808.0 || whole < -9223372036854775808.0) refuse_big_integer();
  return static_cast<std::int64_t>(whole);
}

std::optional<Value> number_binary(BinaryOp op, const Value& left, const Value& right) {
  if (is_whole(left) && is_whole(right)) {
    const bool logical =
        op == BinaryOp::bit_and || op == BinaryOp::bit_or || op == BinaryOp::bit_xor;
    std::optional<Value> result = whole_binary(op, left.as_integer(), right.as_integer());
    if (logical && left.is_boolean() && right.is_boolean()) {
      return Value::boolean(result->as_integer() != 0);
    }
    return result;
  }
  if (!is_number(left) || !is_number(right)) return std::nullopt;
  return real_binary(op, number_as_double(left), number_as_double(right));
}

std::optional<bool> number_compare(CompareOp op, const Value& left, const Value& right) {
  if (!is_number(left) || !is_number(right)) return std::nullopt;
  if (!left.is_real() && !right.is_real()) {
    return holds(op, left.as_integer(), right.as_integer());
  }
  if (left.is_real() && right.is_real()) return holds(op, left.as_real(), right.as_real());
  const double real = left.is_real() ? left.as_real() : right.as_real();
  if (std::isnan(real)) return op == CompareOp::not_equal;
  if (left.is_real()) return holds(op, 0, order(right.as_integer(), real));
  return holds(op, order(left.as_integer(), real), 0);
}

std::optional<Value> number_unary(UnaryOp op, const Value& v) {
  if (!is_number(v)) return std::nullopt;
  switch (op) {
    case UnaryOp::negative:
      return v.is_real() ? Value::real(-v.as_real())
                         : Value::integer(checked_subtract(0, v.as_integer()));
    case UnaryOp::positive: return v.is_real() ? v : Value::integer(v.as_integer());
    case UnaryOp::invert:
      if (v.is_real()) return std::nullopt;
      return Value::integer(~v.as_integer());
  }
  return std::nullopt;
}

// CPython: modulus 2**61 - 1, and -1 is reserved for errors.
std::uint64_t hash_integer(std::int64_t n) {
  constexpr std::uint64_t kModulus = (std::uint64_t{1} << 61) - 1;
  const bool negative = n < 0;
  const std::uint64_t magnitude =
      negative ? ~static_cast<std::uint64_t>(n) + 1 : static_cast<std::uint64_t>(n);
  const auto rest = static_cast<std::int64_t>(magnitude % kModulus);
  const std::int64_t hash = negative ? -rest : rest;
  return static_cast<std::uint64_t>(hash == -1 ? -2 : hash);
}

std::uint64_t hash_real(double d) {
  constexpr int kBits = 61;
  constexpr std::uint64_t kModulus = (std::uint64_t{1} << kBits) - 1;
  if (std::isinf(d)) return static_cast<std::uint64_t>(d > 0 ? 314159 : -314159);
  if (std::isnan(d)) return 0;
  int exponent = 0;
  double mantissa = std::frexp(std::fabs(d), &exponent);
  std::uint64_t x = 0;
  while (mantissa != 0.0) {
    x = ((x << 28) & kModulus) | x >> (kBits - 28);
    mantissa *= 268435456.0;  // 2**28
    exponent -= 28;
    const auto y = static_cast<std::uint64_t>(mantissa);
    mantissa -= static_cast<double>(y);
    x += y;
    if (x >= kModulus) x -= kModulus;
  }
  exponent = exponent >= 0 ? exponent % kBits : kBits - 1 - ((-1 - exponent) % kBits);
  x = ((x << exponent) & kModulus) | x >> (kBits - exponent);
  const std::int64_t hash = d < 0 ? -static_cast<std::int64_t>(x) : static_cast<std::int64_t>(x);
  return static_cast<std::uint64_t>(hash == -1 ? -2 : hash);
}

}  // namespace python

// Arithmetic of int and float as CPython defines it. Ints are 64 bits: a result that does not fit
// is Unsupported.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "scenarios/python/object.h"
#include "scenarios/python/value.h"

namespace python {

[[noreturn]] void refuse_big_integer();

// None, where the types are not both bool, int or float, or the operation is not theirs.
std::optional<Value> number_binary(BinaryOp, const Value& left, const Value& right);
std::optional<bool> number_compare(CompareOp, const Value& left, const Value& right);
std::optional<Value> number_unary(UnaryOp, const Value&);

std::int64_t checked_add(std::int64_t, std::int64_t);
std::int64_t checked_subtract(std::int64_t, std::int64_t);
std::int64_t checked_multiply(std::int64_t, std::int64_t);
std::int64_t floor_divide(std::int64_t, std::int64_t);  // Requires: the divisor is not 0
std::int64_t floor_modulo(std::int64_t, std::int64_t);  // Requires: the divisor is not 0
double float_floor_divide(double, double);              // Requires: the divisor is not 0
double float_modulo(double, double);                    // Requires: the divisor is not 0

std::int64_t int_from_double(double);                                  // int(x): cut towards zero
Value round_number(const Value&, std::optional<std::int64_t> digits);  // Requires: a number

std::string float_repr(double);            // the shortest text that reads back the same
std::uint64_t hash_integer(std::int64_t);  // CPython's: modulo 2**61 - 1
std::uint64_t hash_real(double);

inline bool is_number(const Value& v) { return v.is_integer() || v.is_real() || v.is_boolean(); }
inline bool is_whole(const Value& v) { return v.is_integer() || v.is_boolean(); }
// Requires: is_number(v).
inline double number_as_double(const Value& v) {
  return v.is_real() ? v.as_real() : static_cast<double>(v.as_integer());
}

// int("...", base) and float("..."): nothing when the text is no number.
std::optional<std::int64_t> parse_integer(std::string_view text, int base);
std::optional<double> parse_float(std::string_view text);

}  // namespace python

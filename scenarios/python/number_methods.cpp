// Attributes and methods of int, bool, float and None.

#include "scenarios/python/number_methods.h"

#include <bit>
#include <cmath>

#include "scenarios/python/native.h"
#include "scenarios/python/numbers.h"

namespace python {

namespace {

constexpr std::string_view kWholeMethods[] = {"bit_length", "bit_count", "conjugate"};
constexpr std::string_view kRealMethods[] = {"is_integer", "as_integer_ratio", "conjugate"};
constexpr std::string_view kWholeNames[] = {
    "bit_length", "bit_count",   "conjugate",        "real",     "imag",
    "numerator",  "denominator", "as_integer_ratio", "to_bytes", "from_bytes"};
constexpr std::string_view kRealNames[] = {
    "is_integer", "as_integer_ratio", "conjugate", "real", "imag", "hex", "fromhex"};

std::span<const std::string_view> methods_of(const Value& v) {
  if (is_whole(v)) return kWholeMethods;
  if (v.is_real()) return kRealMethods;
  return {};
}

Value integer_ratio(double d) {
  if (!std::isfinite(d)) {
    raise(std::isnan(d) ? "ValueError" : "OverflowError",
          std::isnan(d) ? "cannot convert NaN to integer ratio"
                        : "cannot convert Infinity to integer ratio");
  }
  std::int64_t denominator = 1;
  while (d != std::floor(d)) {
    d *= 2;
    denominator = checked_multiply(denominator, 2);
  }
  return make_tuple({Value::integer(int_from_double(d)), Value::integer(denominator)});
}

}  // namespace

std::vector<std::string_view> number_attribute_names(const Value& v) {
  if (is_whole(v)) return {std::begin(kWholeNames), std::end(kWholeNames)};
  if (v.is_real()) return {std::begin(kRealNames), std::end(kRealNames)};
  return {};
}

std::optional<Value> number_attribute(Context& context, const Value& v, std::string_view name) {
  if (name == "__class__") return type_of(context, v);
  for (const std::string_view method : methods_of(v)) {
    if (method == name) return make<BoundNativeMethod>(v, std::string(name));
  }
  if (is_whole(v)) {
    const Value plain = Value::integer(v.as_integer());
    if (name == "real" || name == "numerator") return plain;
    if (name == "imag") return Value::integer(0);
    if (name == "denominator") return Value::integer(1);
  }
  if (v.is_real()) {
    if (name == "real") return v;
    if (name == "imag") return Value::real(0.0);
  }
  return std::nullopt;
}

std::optional<Value> number_method(Context&, const Value& v, std::string_view name,
                                   const Arguments& arguments) {
  bool known = false;
  for (const std::string_view method : methods_of(v)) known = known || method == name;
  if (!known) return std::nullopt;
  expect_positional(type_name(v) + "." + std::string(name), arguments, 0, 0);
  if (name == "conjugate") return v;
  if (name == "is_integer") {
    return Value::boolean(std::isfinite(v.as_real()) && v.as_real() == std::floor(v.as_real()));
  }
  if (name == "as_integer_ratio") return integer_ratio(v.as_real());
  const std::int64_t n = v.as_integer();
  const std::uint64_t magnitude =
      n < 0 ? ~static_cast<std::uint64_t>(n) + 1 : static_cast<std::uint64_t>(n);
  if (name == "bit_count") return Value::integer(std::popcount(magnitude));
  return Value::integer(64 - std::countl_zero(magnitude));
}

}  // namespace python

// NumPy scalars as values: names, text, hashing, conversion.

#include "scenarios/numpy/scalar.h"

#include <bit>
#include <cmath>

#include "scenarios/numpy/print_float.h"
#include "scenarios/python/native.h"

namespace numpy {

using python::Context;
using python::Value;

std::string_view scalar_type_name(ElementType t) {
  return t == ElementType::boolean ? std::string_view("bool_") : DType(t).name();
}

std::string scalar_qualified_name(ElementType t) {
  return "numpy." + std::string(scalar_type_name(t));
}

std::optional<ElementType> scalar_type_of(std::string_view qualified_name) {
  for (int k = 0; k < kElementTypes; ++k) {
    const auto type = static_cast<ElementType>(k);
    if (scalar_qualified_name(type) == qualified_name) return type;
  }
  return std::nullopt;
}

Value make_scalar(const Number& number) { return python::make<Scalar>(number); }

std::optional<Number> number_of(const Value& value) {
  switch (value.tag()) {
    case Value::Tag::boolean: return Number(value.as_boolean());
    case Value::Tag::integer: return Number(value.as_integer());
    case Value::Tag::real: return Number(value.as_real());
    case Value::Tag::object: break;
    case Value::Tag::none:
    case Value::Tag::unbound: return std::nullopt;
  }
  const auto* scalar = value.get_if<Scalar>();
  if (scalar == nullptr) return std::nullopt;
  return scalar->number();
}

std::string text_of(const Number& n) {
  if (n.type() == ElementType::boolean) return n.is_nonzero() ? "True" : "False";
  if (n.type() == ElementType::float32) return float_text(n.as<float>());
  if (n.is_float()) return float_text(n.as<double>());
  if (n.type() == ElementType::uint64) return std::to_string(n.as<std::uint64_t>());
  return std::to_string(n.to_int64());
}

std::string_view Scalar::type_name() const { return scalar_type_name(number_.type()); }
std::string Scalar::qualified_type_name() const { return scalar_qualified_name(number_.type()); }

std::string Scalar::repr(Context&) { return text_of(number_); }

std::optional<std::int64_t> Scalar::as_index(Context&) {
  if (!dtype().is_integer()) return std::nullopt;
  if (number_.type() == ElementType::uint64 && number_.as<std::uint64_t>() > INT64_MAX) {
    python::raise("IndexError", "cannot fit 'numpy.uint64' into an index-sized integer");
  }
  return number_.to_int64();
}

std::optional<Value> Scalar::as_int(Context&) {
  if (!number_.is_float()) {
    const Value v = to_python(number_);
    return Value::integer(v.as_integer());
  }
  const double x = number_.to_double();
  if (std::isnan(x)) python::raise("ValueError", "cannot convert float NaN to integer");
  if (std::isinf(x)) python::raise("OverflowError", "cannot convert float infinity to integer");
  if (std::fabs(x) >= 9223372036854775808.0) {
    throw python::Unsupported{"a Python int of more than 64 bits", "a smaller value"};
  }
  return Value::integer(static_cast<std::int64_t>(x));
}

std::optional<std::uint64_t> Scalar::hash(Context& context) {
  return python::hash_of(context, to_python(number_));
}

std::string Scalar::format(Context& context, std::string_view spec) {
  if (spec.empty() && !number_.is_float()) return text_of(number_);
  // gentype_format: through Python's own bool, int or float (so float32 shows its double).
  return python::format(context, to_python(number_), spec);
}

}  // namespace numpy

// complex.

#include "scenarios/python/complex_object.h"

#include <cmath>

#include "scenarios/python/native.h"
#include "scenarios/python/numbers.h"

namespace python {

namespace {

std::optional<std::complex<double>> as_complex(const Value& v) {
  if (is_number(v)) return number_as_double(v);
  if (const auto* c = v.get_if<ComplexObject>()) return c->value();
  return std::nullopt;
}

// A part of a complex number: as a float's repr, without the ".0".
std::string part_text(double d) {
  std::string text = float_repr(d);
  if (text.ends_with(".0")) text.resize(text.size() - 2);
  return text;
}

}  // namespace

std::optional<Value> ComplexObject::find_attribute(Context& context, std::string_view name) {
  if (name == "real") return Value::real(value_.real());
  if (name == "imag") return Value::real(value_.imag());
  if (name == "conjugate") return make<BoundNativeMethod>(Value::object(this), "conjugate");
  return Object::find_attribute(context, name);
}

std::vector<std::string_view> ComplexObject::attribute_names() const {
  return {"conjugate", "imag", "real"};
}

Value ComplexObject::call_method(Context& context, std::string_view name, const Arguments& a) {
  if (name != "conjugate") return Object::call_method(context, name, a);
  expect_positional("complex.conjugate", a, 0, 0);
  return make<ComplexObject>(std::conj(value_));
}

std::optional<Value> ComplexObject::binary(Context&, BinaryOp op, const Value& other, Side side) {
  const auto that = as_complex(other);
  if (!that) return std::nullopt;
  const std::complex<double> left = side == Side::left ? value_ : *that;
  const std::complex<double> right = side == Side::left ? *that : value_;
  switch (op) {
    case BinaryOp::add: return make<ComplexObject>(left + right);
    case BinaryOp::subtract: return make<ComplexObject>(left - right);
    case BinaryOp::multiply: return make<ComplexObject>(left * right);
    case BinaryOp::true_divide:
      if (right == 0.0) raise("ZeroDivisionError", "complex division by zero");
      return make<ComplexObject>(left / right);
    case BinaryOp::power: throw Unsupported{"powers of complex numbers", "products"};
    default: return std::nullopt;
  }
}

std::optional<Value> ComplexObject::unary(Context&, UnaryOp op) {
  if (op == UnaryOp::invert) return std::nullopt;
  return make<ComplexObject>(op == UnaryOp::negative ? -value_ : value_);
}

std::optional<Value> ComplexObject::compare(Context&, CompareOp op, const Value& other) {
  const auto that = as_complex(other);
  if (!that || (op != CompareOp::equal && op != CompareOp::not_equal)) return std::nullopt;
  return Value::boolean((value_ == *that) == (op == CompareOp::equal));
}

// CPython: hash(real) + 1000003 * hash(imag).
std::optional<std::uint64_t> ComplexObject::hash(Context&) {
  const std::uint64_t hash = hash_real(value_.real()) + 1000003 * hash_real(value_.imag());
  return hash == UINT64_MAX ? hash - 1 : hash;
}

std::string ComplexObject::repr(Context&) {
  const double real = value_.real(), imaginary = value_.imag();
  if (real == 0.0 && !std::signbit(real)) return part_text(imaginary) + "j";
  std::string second = part_text(imaginary);
  if (second[0] != '-') second = "+" + second;
  return "(" + part_text(real) + second + "j)";
}

}  // namespace python

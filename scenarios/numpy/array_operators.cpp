// Operators between arrays and anything: each is a ufunc.

#include <array>

#include "scenarios/numpy/create.h"
#include "scenarios/numpy/matmul.h"
#include "scenarios/numpy/scalar.h"
#include "scenarios/numpy/ufunc.h"
#include "scenarios/python/native.h"

namespace numpy {

using python::BinaryOp;
using python::Context;
using python::Value;

namespace {

// x ** 2 and its like are other ufuncs for float arrays, and x ** 2 for integers
// (array_power's fast_scalar_power).
std::optional<std::string_view> fast_power(const NdArray& base, const UfuncOperand& exponent) {
  if (exponent.array != nullptr || base.ndim() == 0) return std::nullopt;
  const double e = exponent.number.to_double();
  if (!base.dtype().is_float()) {
    if (e == 2 && !exponent.number.is_float() && !base.dtype().is_bool()) return "square";
    return std::nullopt;
  }
  if (e == 1) return "positive";
  if (e == -1) return "reciprocal";
  if (e == 0.5) return "sqrt";
  if (e == 2) return "square";
  return std::nullopt;
}

// With None, NumPy computes on Python objects, so errors name the element's type: 'int'.
std::string object_type(DType dtype) {
  if (dtype.is_bool()) return "'bool'";
  return dtype.is_float() ? "'float'" : "'int'";
}

constexpr std::array<const char*, 13> kBinarySigns{"+", "-", "*", "/", "//", "%", "** or pow()",
                                                   "@", "&", "|", "^", "<<", ">>"};
constexpr std::array<const char*, 6> kCompareSigns{"==", "!=", "<", "<=", ">", ">="};

// The operand next to `self`; nothing when Python shall try the other side.
std::optional<UfuncOperand> other_operand(Context& context, const NdArray& self, const Value& other,
                                          BinaryOp op, python::Side side) {
  auto operand = ufunc_operand(context, other);
  if (operand) return operand;
  if (const auto text = python::as_str(other)) {
    raise_text_operand(ufunc_of(op), self.dtype(), *text, side);
  }
  if (!other.is_none()) return std::nullopt;
  const std::string mine = object_type(self.dtype());
  python::raise("TypeError", std::string("unsupported operand type(s) for ") +
                                 kBinarySigns[static_cast<std::size_t>(op)] + ": " +
                                 (side == python::Side::left ? mine + " and 'NoneType'"
                                                             : "'NoneType' and " + mine));
}

}  // namespace

std::optional<Value> NdArray::binary(Context& context, BinaryOp op, const Value& other,
                                     python::Side side) {
  if (op == BinaryOp::matmul) {
    const Value self = Value::object(this);
    return side == python::Side::left ? matmul(context, self, other) : matmul(context, other, self);
  }
  const auto theirs = other_operand(context, *this, other, op, side);
  if (!theirs) return std::nullopt;
  const auto mine = ufunc_operand(context, Value::object(this));
  if (op == BinaryOp::power && side == python::Side::left) {
    if (const auto name = fast_power(*this, *theirs)) {
      const std::array<UfuncOperand, 1> inputs{*mine};
      return call_ufunc(context, {.ufunc = find_ufunc(*name), .inputs = inputs});
    }
  }
  const std::array<UfuncOperand, 2> inputs =
      side == python::Side::left ? std::array{*mine, *theirs} : std::array{*theirs, *mine};
  return call_ufunc(context, {.ufunc = &ufunc_of(op), .inputs = inputs});
}

std::optional<Value> NdArray::in_place(Context& context, BinaryOp op, const Value& other) {
  if (op == BinaryOp::matmul) {
    python::raise("TypeError",
                  "In-place matrix multiplication is not (yet) supported. Use 'a = a @ b' instead "
                  "of 'a @= b'.");
  }
  const auto theirs = other_operand(context, *this, other, op, python::Side::left);
  if (!theirs) return std::nullopt;
  const Value self = Value::object(this);
  UfuncOperand mine;
  mine.value = self;
  mine.array = this;
  if (op == BinaryOp::power) {
    if (const auto name = fast_power(*this, *theirs)) {
      const std::array<UfuncOperand, 1> inputs{mine};
      return call_ufunc(
          context, {.ufunc = find_ufunc(*name), .inputs = inputs, .out = this, .out_value = self});
    }
  }
  const std::array<UfuncOperand, 2> inputs{mine, *theirs};
  return call_ufunc(context,
                    {.ufunc = &ufunc_of(op), .inputs = inputs, .out = this, .out_value = self});
}

std::optional<Value> NdArray::unary(Context& context, python::UnaryOp op) {
  const std::array<UfuncOperand, 1> inputs{*ufunc_operand(context, Value::object(this))};
  return call_ufunc(context, {.ufunc = &ufunc_of(op), .inputs = inputs});
}

namespace {

// == and != of arrays whose shapes do not fit are False and True as a whole, with a warning.
bool shapes_fit(const UfuncOperand& a, const UfuncOperand& b) {
  const std::array<Dims, 2> shapes{a.array != nullptr ? a.array->shape() : Dims{},
                                   b.array != nullptr ? b.array->shape() : Dims{}};
  return broadcast_shapes(shapes).has_value();
}

}  // namespace

std::optional<Value> NdArray::compare(Context& context, python::CompareOp op, const Value& other) {
  const bool is_equality = op == python::CompareOp::equal || op == python::CompareOp::not_equal;
  const bool differs = op == python::CompareOp::not_equal;
  if (is_equality && python::as_str(other)) {
    context.warn("FutureWarning",
                 "elementwise comparison failed; returning scalar instead, but in the future will "
                 "perform elementwise comparison");
    return Value::boolean(differs);
  }
  const auto theirs = ufunc_operand(context, other);
  if (!theirs && !is_equality && other.is_none()) {
    python::raise("TypeError", std::string("'") + kCompareSigns[static_cast<std::size_t>(op)] +
                                   "' not supported between instances of " + object_type(dtype()) +
                                   " and 'NoneType'");
  }
  if (!theirs && is_equality && other.is_none()) {
    const Value made = new_array(context, kBool, shape());
    if (differs) assign(context, *array_if(made), Value::boolean(true));
    return made;
  }
  if (!theirs) return std::nullopt;
  const auto mine = ufunc_operand(context, Value::object(this));
  if (is_equality && !shapes_fit(*mine, *theirs)) {
    context.warn("DeprecationWarning",
                 "elementwise comparison failed; this will raise an error in the future.");
    return Value::boolean(differs);
  }
  const std::array<UfuncOperand, 2> inputs{*mine, *theirs};
  return call_ufunc(context, {.ufunc = &ufunc_of(op), .inputs = inputs});
}

bool NdArray::contains(Context& context, const Value& value) {
  const auto equal = compare(context, python::CompareOp::equal, value);
  if (!equal) return false;
  if (array_if(*equal) == nullptr) return python::truth(context, *equal);
  return python::truth(context, python::call_method(context, *equal, "any", {}));
}

}  // namespace numpy

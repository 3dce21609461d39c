// The operators over any two values: numbers first, then the objects' own answers, then TypeError.

#include "scenarios/python/operations.h"

#include <array>
#include <bit>
#include <cstdio>

#include "scenarios/python/error.h"
#include "scenarios/python/native_work.h"
#include "scenarios/python/numbers.h"

namespace python {

namespace {

constexpr std::array<const char*, 13> kBinaryNames = {"+", "-", "*", "/", "//", "%", "** or pow()",
                                                      "@", "&", "|", "^", "<<", ">>"};
constexpr std::array<const char*, 13> kInPlaceNames = {
    "+=", "-=", "*=", "/=", "//=", "%=", "**=", "@=", "&=", "|=", "^=", "<<=", ">>="};
constexpr std::array<const char*, 6> kCompareNames = {"==", "!=", "<", "<=", ">", ">="};

CompareOp mirrored(CompareOp op) {
  switch (op) {
    case CompareOp::equal:
    case CompareOp::not_equal: return op;
    case CompareOp::less: return CompareOp::greater;
    case CompareOp::less_equal: return CompareOp::greater_equal;
    case CompareOp::greater: return CompareOp::less;
    case CompareOp::greater_equal: return CompareOp::less_equal;
  }
  return op;
}

std::optional<Value> ask_side(Context& context, BinaryOp op, const Value& self, const Value& other,
                              Side side) {
  if (!self.is_object()) return std::nullopt;
  return self.as_object()->binary(context, op, other, side);
}

std::optional<Value> try_binary(Context& context, BinaryOp op, const Value& left,
                                const Value& right) {
  if (std::optional<Value> result = number_binary(op, left, right)) return result;
  spend_on_whole(context, left);
  spend_on_whole(context, right);
  const int left_rank = left.is_object() ? left.as_object()->operation_priority() : 0;
  const int right_rank = right.is_object() ? right.as_object()->operation_priority() : 0;
  if (right_rank > left_rank) {
    if (auto result = ask_side(context, op, right, left, Side::right)) return result;
    return ask_side(context, op, left, right, Side::left);
  }
  if (auto result = ask_side(context, op, left, right, Side::left)) return result;
  return ask_side(context, op, right, left, Side::right);
}

[[noreturn]] void unsupported_operands(const char* name, const Value& left, const Value& right) {
  raise("TypeError", std::string("unsupported operand type(s) for ") + name + ": " +
                         quoted_type(left) + " and " + quoted_type(right));
}

}  // namespace

std::string quoted_type(const Value& v) { return "'" + type_name(v) + "'"; }

Value binary_operation(Context& context, BinaryOp op, const Value& left, const Value& right) {
  if (auto result = try_binary(context, op, left, right)) return std::move(*result);
  unsupported_operands(kBinaryNames[static_cast<std::size_t>(op)], left, right);
}

Value in_place_operation(Context& context, BinaryOp op, const Value& target, const Value& other) {
  if (target.is_object()) {
    if (auto result = target.as_object()->in_place(context, op, other)) return std::move(*result);
  }
  if (auto result = try_binary(context, op, target, other)) return std::move(*result);
  unsupported_operands(kInPlaceNames[static_cast<std::size_t>(op)], target, other);
}

Value unary_operation(Context& context, UnaryOp op, const Value& v) {
  if (auto result = number_unary(op, v)) return std::move(*result);
  if (v.is_object()) {
    if (auto result = v.as_object()->unary(context, op)) return std::move(*result);
  }
  const char* name = op == UnaryOp::negative ? "-" : op == UnaryOp::positive ? "+" : "~";
  raise("TypeError", std::string("bad operand type for unary ") + name + ": " + quoted_type(v));
}

Value compare_operation(Context& context, CompareOp op, const Value& left, const Value& right) {
  if (const auto result = number_compare(op, left, right)) return Value::boolean(*result);
  const NativeCall inside(context, "in comparison");
  const int left_rank = left.is_object() ? left.as_object()->operation_priority() : 0;
  const int right_rank = right.is_object() ? right.as_object()->operation_priority() : 0;
  const auto ask_left = [&]() -> std::optional<Value> {
    if (!left.is_object()) return std::nullopt;
    return left.as_object()->compare(context, op, right);
  };
  const auto ask_right = [&]() -> std::optional<Value> {
    if (!right.is_object()) return std::nullopt;
    return right.as_object()->compare(context, mirrored(op), left);
  };
  std::optional<Value> result = right_rank > left_rank ? ask_right() : ask_left();
  if (!result) result = right_rank > left_rank ? ask_left() : ask_right();
  if (result) return std::move(*result);
  if (op == CompareOp::equal) return Value::boolean(is_identical(left, right));
  if (op == CompareOp::not_equal) return Value::boolean(!is_identical(left, right));
  raise("TypeError", std::string("'") + kCompareNames[static_cast<std::size_t>(op)] +
                         "' not supported between instances of " + quoted_type(left) + " and " +
                         quoted_type(right));
}

bool is_identical(const Value& a, const Value& b) {
  if (a.tag() != b.tag()) return false;
  switch (a.tag()) {
    case Value::Tag::unbound:
    case Value::Tag::none: return true;
    case Value::Tag::boolean:
    case Value::Tag::integer: return a.as_integer() == b.as_integer();
    case Value::Tag::real:
      // By its bits: a NaN is itself.
      return std::bit_cast<std::uint64_t>(a.as_real()) == std::bit_cast<std::uint64_t>(b.as_real());
    case Value::Tag::object: return a.as_object() == b.as_object();
  }
  return false;
}

bool equal(Context& context, const Value& a, const Value& b) {
  if (is_identical(a, b)) return true;
  return truth(context, compare_operation(context, CompareOp::equal, a, b));
}

bool less(Context& context, const Value& a, const Value& b) {
  return truth(context, compare_operation(context, CompareOp::less, a, b));
}

std::uint64_t hash_of(Context& context, const Value& v) {
  switch (v.tag()) {
    case Value::Tag::unbound:
    case Value::Tag::none: return 0xfca86420;  // any fixed number will do
    case Value::Tag::boolean:
    case Value::Tag::integer: return hash_integer(v.as_integer());
    case Value::Tag::real: return hash_real(v.as_real());
    case Value::Tag::object: break;
  }
  const NativeCall inside(context, "while hashing");
  if (const auto hash = v.as_object()->hash(context)) return *hash;
  raise("TypeError", "unhashable type: " + quoted_type(v));
}

bool contains(Context& context, const Value& container, const Value& wanted) {
  if (container.is_object()) return container.as_object()->contains(context, wanted);
  raise("TypeError", "argument of type " + quoted_type(container) + " is not iterable");
}

Value get_item(Context& context, const Value& container, const Value& key) {
  if (container.is_object()) return container.as_object()->item(context, key);
  raise("TypeError", quoted_type(container) + " object is not subscriptable");
}

void set_item(Context& context, const Value& container, const Value& key, const Value& value) {
  if (container.is_object()) return container.as_object()->set_item(context, key, value);
  raise("TypeError", quoted_type(container) + " object does not support item assignment");
}

void delete_item(Context& context, const Value& container, const Value& key) {
  if (container.is_object()) return container.as_object()->delete_item(context, key);
  raise("TypeError", quoted_type(container) + " object doesn't support item deletion");
}

std::int64_t length_of(Context& context, const Value& v) {
  if (v.is_object()) {
    if (const auto length = v.as_object()->length(context)) return *length;
  }
  raise("TypeError", "object of type " + quoted_type(v) + " has no len()");
}

Value iterate(Context& context, const Value& v) {
  if (v.is_object()) return v.as_object()->iterate(context);
  raise("TypeError", quoted_type(v) + " object is not iterable");
}

std::optional<Value> next_of(Context& context, const Value& iterator) {
  if (iterator.is_object()) {
    const NativeCall inside(context, "while calling a Python object");
    return iterator.as_object()->next(context);
  }
  raise("TypeError", quoted_type(iterator) + " object is not an iterator");
}

Value call(Context& context, const Value& callee, const Arguments& arguments) {
  if (callee.is_object()) {
    const NativeCall inside(context, "while calling a Python object");
    return callee.as_object()->call(context, arguments);
  }
  raise("TypeError", quoted_type(callee) + " object is not callable");
}

std::uint64_t identity_number(Context& context, std::uint64_t& kept) {
  if (kept == 0) kept = context.next_identity++;
  return kept;
}

std::string identity_text(Context& context, std::uint64_t& kept) {
  constexpr std::uint64_t kBase = 0x7f0000000000, kStep = 0x40;  // as addresses look on Linux
  char text[24];
  std::snprintf(text, sizeof text, "0x%llx",
                static_cast<unsigned long long>(kBase + kStep * identity_number(context, kept)));
  return text;
}

std::optional<std::int64_t> index_of(Context& context, const Value& v) {
  if (is_whole(v)) return v.as_integer();
  if (v.is_object()) return v.as_object()->as_index(context);
  return std::nullopt;
}

}  // namespace python

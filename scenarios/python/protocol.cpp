// repr, str, truth, attributes and iteration of any value, built-in numbers included.

#include <algorithm>
#include <bit>
#include <cmath>

#include "scenarios/python/error.h"
#include "scenarios/python/exception_object.h"
#include "scenarios/python/format_spec.h"
#include "scenarios/python/list_object.h"
#include "scenarios/python/native.h"
#include "scenarios/python/native_work.h"
#include "scenarios/python/number_methods.h"
#include "scenarios/python/numbers.h"
#include "scenarios/python/operations.h"
#include "scenarios/python/tuple_object.h"

namespace python {

std::string repr(Context& context, const Value& v) {
  switch (v.tag()) {
    case Value::Tag::unbound: return "<unbound>";
    case Value::Tag::none: return "None";
    case Value::Tag::boolean: return v.as_boolean() ? "True" : "False";
    case Value::Tag::integer: return std::to_string(v.as_integer());
    case Value::Tag::real: return float_repr(v.as_real());
    case Value::Tag::object: break;
  }
  const NativeCall inside(context, "while getting the repr of an object");
  return v.as_object()->repr(context);
}

std::string str(Context& context, const Value& v) {
  if (!v.is_object()) return repr(context, v);
  if (const auto text = as_str(v)) return std::string(*text);
  const NativeCall inside(context, "while getting the str of an object");
  return v.as_object()->str(context);
}

bool truth(Context& context, const Value& v) {
  switch (v.tag()) {
    case Value::Tag::unbound:
    case Value::Tag::none: return false;
    case Value::Tag::boolean:
    case Value::Tag::integer: return v.as_integer() != 0;
    case Value::Tag::real: return v.as_real() != 0.0;
    case Value::Tag::object: break;
  }
  return v.as_object()->truth(context);
}

std::string type_name(const Value& v) {
  switch (v.tag()) {
    case Value::Tag::unbound: return "<unbound>";
    case Value::Tag::none: return "NoneType";
    case Value::Tag::boolean: return "bool";
    case Value::Tag::integer: return "int";
    case Value::Tag::real: return "float";
    case Value::Tag::object: break;
  }
  return v.as_object()->error_type_name();
}

std::string format(Context& context, const Value& v, std::string_view spec) {
  if (v.is_object()) return v.as_object()->format(context, spec);
  return format_plain(context, v, spec);
}

std::optional<Value> find_attribute(Context& context, const Value& v, std::string_view name) {
  if (v.is_object()) return v.as_object()->find_attribute(context, name);
  return number_attribute(context, v, name);
}

namespace {

std::string attribute_hint(const Value& v, std::string_view name) {
  if (!v.is_object()) return closest_name(name, number_attribute_names(v));
  return closest_name(name, v.as_object()->attribute_names());
}

[[noreturn]] void no_attribute(const Value& v, std::string_view name) {
  std::string subject = quoted_type(v) + " object";
  if (const auto* module = v.get_if<ModuleObject>()) {
    subject = "module '" + module->name() + "'";
  } else if (const auto* type = v.get_if<TypeObject>()) {
    subject = "type object '" + type->name() + "'";
  }
  raise_with_hint("AttributeError", subject + " has no attribute '" + std::string(name) + "'",
                  attribute_hint(v, name));
}

}  // namespace

Value get_attribute(Context& context, const Value& v, std::string_view name) {
  if (auto found = find_attribute(context, v, name)) return std::move(*found);
  no_attribute(v, name);
}

void set_attribute(Context& context, const Value& v, std::string_view name, const Value& value) {
  if (v.is_object() && v.as_object()->set_attribute(context, name, value)) return;
  if (find_attribute(context, v, name)) {
    raise("AttributeError",
          quoted_type(v) + " object attribute '" + std::string(name) + "' is read-only");
  }
  no_attribute(v, name);
}

Value call_method(Context& context, const Value& v, std::string_view name,
                  const Arguments& arguments) {
  if (v.is_object()) {
    const NativeCall inside(context, "while calling a Python object");
    return v.as_object()->call_method(context, name, arguments);
  }
  if (auto result = number_method(context, v, name, arguments)) return std::move(*result);
  return call(context, get_attribute(context, v, name), arguments);
}

std::vector<Value> collect(Context& context, const Value& iterable) {
  if (as_sequence(iterable)) spend_on_whole(context, iterable);
  if (const auto* list = iterable.get_if<ListObject>()) return list->items();
  if (const auto* tuple = iterable.get_if<TupleObject>()) return tuple->items();
  std::vector<Value> items;
  const Value iterator = iterate(context, iterable);
  while (std::optional<Value> item = next_of(context, iterator)) {
    context.spend(1);
    items.push_back(std::move(*item));
  }
  return items;
}

std::size_t checked_index(Context& context, const Value& key, std::int64_t length,
                          std::string_view type) {
  const std::optional<std::int64_t> index = index_of(context, key);
  if (!index) {
    raise("TypeError",
          std::string(type) + " indices must be integers or slices, not " + type_name(key));
  }
  const std::int64_t at = *index < 0 ? *index + length : *index;
  if (at < 0 || at >= length) raise("IndexError", std::string(type) + " index out of range");
  return static_cast<std::size_t>(at);
}

NativeCall::NativeCall(Context& context, const char* doing) : context_(context) {
  if (context.frame_depth + context.native_depth >= context.deepest) {
    raise("RecursionError", std::string("maximum recursion depth exceeded ") + doing);
  }
  if (context.native_depth > 0) context.spend(1);
  ++context.native_depth;
}

namespace {

// CPython's edit distance (suggestions.c): 2 for a change, 1 where only the case differs.
std::size_t substitution_cost(char a, char b) {
  if (a == b) return 0;
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  return lower(a) == lower(b) ? 1 : 2;
}

std::size_t edit_distance(std::string_view a, std::string_view b) {
  constexpr std::size_t kMove = 2;
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j * kMove;
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] += kMove;
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t change = diagonal + substitution_cost(a[i], b[j]);
      diagonal = row[j + 1];
      row[j + 1] = std::min({change, row[j] + kMove, row[j + 1] + kMove});
    }
  }
  return row[b.size()];
}

}  // namespace

std::string closest_name(std::string_view wrong, const std::vector<std::string_view>& candidates) {
  constexpr std::size_t kMostCandidates = 750, kLongest = 40;  // as in CPython
  if (candidates.size() >= kMostCandidates || wrong.size() > kLongest) return {};
  std::string_view best;
  std::size_t best_distance = SIZE_MAX;
  for (const std::string_view candidate : candidates) {
    if (candidate == wrong || candidate.size() > kLongest) continue;
    std::size_t limit = (wrong.size() + candidate.size() + 3) * 2 / 6;
    if (best_distance != SIZE_MAX) limit = std::min(limit, best_distance - 1);
    const std::size_t distance = edit_distance(wrong, candidate);
    if (distance > limit) continue;
    best = candidate;
    best_distance = distance;
    if (best_distance == 0) break;
  }
  return std::string(best);
}

}  // namespace python

// Finding methods by name, and reading the arguments that many of them share.

#include "scenarios/numpy/methods.h"

#include <array>

namespace numpy {

using python::Context;
using python::Value;

namespace {

std::array<std::span<const ArrayMethod>, 6> families() {
  return {shape_methods(),   reduction_methods(), conversion_methods(),
          element_methods(), sorting_methods(),   numeric_methods()};
}

}  // namespace

const ArrayMethod* find_array_method(std::string_view name) {
  for (const auto& family : families()) {
    for (const ArrayMethod& m : family) {
      if (m.name == name) return &m;
    }
  }
  return nullptr;
}

std::vector<std::string_view> array_method_names() {
  std::vector<std::string_view> names;
  for (const auto& family : families()) {
    for (const ArrayMethod& m : family) names.push_back(m.name);
  }
  return names;
}

Value call_as_function(Context& context, std::string_view name, MethodPointer method,
                       const python::Arguments& arguments) {
  python::Arguments rest = arguments;
  Value first;
  std::vector<std::pair<std::string_view, Value>> keywords;
  if (!arguments.positional.empty()) {
    first = arguments.positional[0];
    rest.positional = arguments.positional.subspan(1);
  } else {
    for (const auto& [key, value] : arguments.keywords) {
      if (key == "a")
        first = value;
      else
        keywords.emplace_back(key, value);
    }
    rest.keywords = keywords;
    if (!first.is_bound()) {
      python::raise("TypeError",
                    std::string(name) + "() missing 1 required positional argument: 'a'");
    }
  }
  const ArrayArgument array = array_argument(context, first);
  return method(context, *array, rest);
}

Value argument_or(const Value& given, const Value& otherwise) {
  return given.is_bound() ? given : otherwise;
}

bool is_given(const Value& v) { return v.is_bound() && !v.is_none(); }

std::size_t axis_from(Context& context, const Value& value, std::size_t axes) {
  const std::int64_t axis = python::to_index(context, value);
  const auto n = static_cast<std::int64_t>(axes);
  if (axis < -n || axis >= n) {
    python::raise("numpy.AxisError", "axis " + std::to_string(axis) +
                                         " is out of bounds for array of dimension " +
                                         std::to_string(axes));
  }
  return static_cast<std::size_t>(axis < 0 ? axis + n : axis);
}

Order order_from(Context& context, const Value& value, const NdArray* like) {
  if (!is_given(value)) return Order::c;
  const std::string text = python::to_text(context, value);
  if (text == "C" || text == "c") return Order::c;
  if (text == "F" || text == "f") return Order::f;
  if (like != nullptr && (text == "A" || text == "K" || text == "a" || text == "k")) {
    return like->is_f_contiguous() && !like->is_c_contiguous() ? Order::f : Order::c;
  }
  python::raise("ValueError", "order must be one of 'C', 'F', 'A', or 'K' (got '" + text + "')");
}

void refuse(std::string_view function, std::string_view argument, const Value& value) {
  if (!is_given(value)) return;
  throw python::Unsupported{
      "the argument " + std::string(argument) + "= of " + std::string(function) + "()", ""};
}

ArrayArgument array_argument(Context& context, const Value& value) {
  return {array_from(context, value)};
}

}  // namespace numpy

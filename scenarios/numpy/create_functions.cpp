// zeros, ones, full, empty, arange, linspace, eye, array and their like.

#include <array>
#include <cmath>

#include "scenarios/numpy/coerce.h"
#include "scenarios/numpy/create.h"
#include "scenarios/numpy/elementwise.h"
#include "scenarios/numpy/methods.h"
#include "scenarios/numpy/scalar.h"

namespace numpy {
namespace {

using python::Arguments;
using python::Context;
using python::Parameter;
using python::Signature;
using python::Value;
using enum python::Parameter::Need;

DType dtype_or(Context& context, const Value& given, DType otherwise) {
  return is_given(given) ? dtype_from(context, given) : otherwise;
}

constexpr Parameter kShaped[] = {
    {"shape"}, {"dtype", optional}, {"order", optional}, {"like", optional}};

Value zeros_or_empty(Context& context, const Arguments& arguments, std::string_view name) {
  const auto given = python::bind({name, kShaped}, arguments);
  refuse(name, "like", given[3]);
  const DType dtype = dtype_or(context, given[1], kFloat64);
  return new_array(context, dtype, shape_from(context, given[0]), order_from(context, given[2]));
}
Value zeros(Context& context, const Arguments& a) { return zeros_or_empty(context, a, "zeros"); }
// Anonymous memory is zero as well: a program must not rely on it, and cannot tell.
Value empty(Context& context, const Arguments& a) { return zeros_or_empty(context, a, "empty"); }

Value ones(Context& context, const Arguments& arguments) {
  const auto given = python::bind(
      {.function = "ones", .parameters = kShaped, .words = Signature::Words::python_function},
      arguments);
  refuse("ones", "like", given[3]);
  const DType dtype = dtype_or(context, given[1], kFloat64);
  const Value made =
      new_array(context, dtype, shape_from(context, given[0]), order_from(context, given[2]));
  fill_elements(context, *array_if(made), Number(std::int64_t{1}));
  return made;
}

Value full(Context& context, const Arguments& arguments) {
  static constexpr Parameter kParameters[] = {
      {"shape"}, {"fill_value"}, {"dtype", optional}, {"order", optional}, {"like", optional}};
  const auto given = python::bind(
      {.function = "full", .parameters = kParameters, .words = Signature::Words::python_function},
      arguments);
  refuse("full", "like", given[4]);
  const auto number = number_of(given[1]);
  const DType natural = number ? DType(number->type()) : array_argument(context, given[1])->dtype();
  const DType dtype = dtype_or(context, given[2], natural);
  const Value made =
      new_array(context, dtype, shape_from(context, given[0]), order_from(context, given[3]));
  if (number) {  // copyto(casting='unsafe'): wraps without a warning
    fill_elements(context, *array_if(made), number->converted_to(dtype.type()));
  } else {
    assign(context, *array_if(made), given[1]);
  }
  return made;
}

Value like_of(Context& context, const Value& a, const Value& dtype, const Value& order,
              const Value& shape) {
  const ArrayArgument like = array_argument(context, a);
  const DType type = dtype_or(context, dtype, like->dtype());
  if (is_given(shape)) return new_array(context, type, shape_from(context, shape));
  if (!is_given(order) || python::to_text(context, order) == "K") {
    return new_array_like(context, type, *like);
  }
  return new_array(context, type, like->shape(), order_from(context, order, &*like));
}

constexpr Parameter kLike[] = {
    {"a"}, {"dtype", optional}, {"order", optional}, {"subok", optional}, {"shape", optional}};
Value zeros_like(Context& context, const Arguments& arguments) {
  const auto given = python::bind(
      {.function = "zeros_like", .parameters = kLike, .words = Signature::Words::python_function},
      arguments);
  return like_of(context, given[0], given[1], given[2], given[4]);
}
Value empty_like(Context& context, const Arguments& arguments) {
  const auto given = python::bind({"empty_like", kLike}, arguments);
  return like_of(context, given[0], given[1], given[2], given[4]);
}
Value ones_like(Context& context, const Arguments& arguments) {
  const auto given = python::bind(
      {.function = "ones_like", .parameters = kLike, .words = Signature::Words::python_function},
      arguments);
  const Value made = like_of(context, given[0], given[1], given[2], given[4]);
  fill_elements(context, *array_if(made), Number(std::int64_t{1}));
  return made;
}
Value full_like(Context& context, const Arguments& arguments) {
  static constexpr Parameter kParameters[] = {{"a"},
                                              {"fill_value"},
                                              {"dtype", optional},
                                              {"order", optional},
                                              {"subok", optional},
                                              {"shape", optional}};
  const auto given = python::bind({.function = "full_like",
                                   .parameters = kParameters,
                                   .words = Signature::Words::python_function},
                                  arguments);
  const Value made = like_of(context, given[0], given[2], given[3], given[5]);
  NdArray& array = *array_if(made);
  if (const auto number = number_of(given[1])) {
    fill_elements(context, array, number->converted_to(array.dtype().type()));
  } else {
    assign(context, array, given[1]);
  }
  return made;
}

// eye(N, M, k) stores the ones only: the rest is zero already.
Value eye(Context& context, const Arguments& arguments) {
  static constexpr Parameter kParameters[] = {
      {"N"}, {"M", optional}, {"k", optional}, {"dtype", optional}, {"order", optional}};
  const auto given = python::bind(
      {.function = "eye", .parameters = kParameters, .words = Signature::Words::python_function},
      arguments);
  const std::int64_t rows = python::to_index(context, given[0]);
  const std::int64_t columns = is_given(given[1]) ? python::to_index(context, given[1]) : rows;
  const std::int64_t k = is_given(given[2]) ? python::to_index(context, given[2]) : 0;
  const Value made = new_array(context, dtype_or(context, given[3], kFloat64), Dims{rows, columns},
                               order_from(context, given[4]));
  NdArray& a = *array_if(made);
  std::byte item[8];
  Number(std::int64_t{1}).write(item, a.dtype());
  for (std::int64_t i = 0; i < rows; ++i) {
    const std::int64_t j = i + k;
    if (j < 0 || j >= columns) continue;
    const auto offset = static_cast<std::uint64_t>(i * a.strides()[0] + j * a.strides()[1]);
    store(context, sim::VirtAddr(a.data().index + offset),
          std::span<const std::byte>(item, a.dtype().itemsize()));
  }
  return made;
}
Value identity(Context& context, const Arguments& arguments) {
  static constexpr Parameter kParameters[] = {{"n"}, {"dtype", optional}};
  const auto given = python::bind({.function = "identity",
                                   .parameters = kParameters,
                                   .words = Signature::Words::python_function},
                                  arguments);
  const std::vector<std::pair<std::string_view, Value>> keywords{
      {"dtype", argument_or(given[1], Value::none())}};
  const std::vector<Value> positional{given[0]};
  return eye(context, {positional, keywords});
}

ArrayRequest::Layout layout_from(Context& context, const Value& order) {
  if (!is_given(order)) return ArrayRequest::Layout::keep;
  const std::string text = python::to_text(context, order);
  if (text == "C") return ArrayRequest::Layout::c;
  if (text == "F") return ArrayRequest::Layout::f;
  if (text == "A") return ArrayRequest::Layout::any;
  if (text == "K") return ArrayRequest::Layout::keep;
  python::raise("ValueError", "order must be one of 'C', 'F', 'A', or 'K' (got '" + text + "')");
}

std::optional<DType> dtype_if_given(Context& context, const Value& v) {
  return is_given(v) ? std::optional(dtype_from(context, v)) : std::nullopt;
}

Value array(Context& context, const Arguments& arguments) {
  static constexpr Parameter kParameters[] = {
      {"object"},          {"dtype", optional}, {"copy", optional}, {"order", optional},
      {"subok", optional}, {"ndmin", optional}, {"like", optional}};
  const auto given = python::bind(
      {.function = "array", .parameters = kParameters, .most_positional = 2}, arguments);
  refuse("array", "like", given[6]);
  ArrayRequest request{.dtype = dtype_if_given(context, given[1]),
                       .copy = ArrayRequest::Copy::always,
                       .layout = layout_from(context, given[3])};
  if (given[2].is_bound() && !python::truth(context, given[2])) {
    request.copy = ArrayRequest::Copy::if_needed;
  }
  if (given[4].is_bound() && python::truth(context, given[4])) {
    request.subclass = ArrayRequest::Subclass::keep;
  }
  const Value made = make_array(context, given[0], request);
  const std::int64_t axes = is_given(given[5]) ? python::to_index(context, given[5]) : 0;
  NdArray& a = *array_if(made);
  ArrayParts parts = a.parts();
  while (static_cast<std::int64_t>(parts.shape.size()) < axes) {
    parts.shape.insert(0, 1);
    parts.strides.insert(0, 0);
  }
  a.set_parts(std::move(parts));
  return made;
}

Value as_array(Context& context, const Arguments& arguments, std::string_view name,
               ArrayRequest request) {
  static constexpr Parameter kParameters[] = {
      {"a"}, {"dtype", optional}, {"order", optional}, {"like", optional}};
  const auto given = python::bind({name, kParameters}, arguments);
  refuse(name, "like", given[3]);
  request.dtype = dtype_if_given(context, given[1]);
  if (is_given(given[2])) request.layout = layout_from(context, given[2]);
  return make_array(context, given[0], request);
}
Value asarray(Context& context, const Arguments& a) { return as_array(context, a, "asarray", {}); }
Value asanyarray(Context& context, const Arguments& a) {
  return as_array(context, a, "asanyarray", {.subclass = ArrayRequest::Subclass::keep});
}
Value ascontiguousarray(Context& context, const Arguments& a) {
  return as_array(context, a, "ascontiguousarray", {.layout = ArrayRequest::Layout::c});
}
Value asfortranarray(Context& context, const Arguments& a) {
  return as_array(context, a, "asfortranarray", {.layout = ArrayRequest::Layout::f});
}
Value copy(Context& context, const Arguments& arguments) {
  static constexpr Parameter kParameters[] = {{"a"}, {"order", optional}, {"subok", optional}};
  const auto given = python::bind(
      {.function = "copy", .parameters = kParameters, .words = Signature::Words::python_function},
      arguments);
  return make_array(context, given[0],
                    {.copy = ArrayRequest::Copy::always, .layout = layout_from(context, given[1])});
}

Value frombuffer(Context& context, const Arguments& arguments) {
  static constexpr Parameter kParameters[] = {
      {"buffer"}, {"dtype", optional}, {"count", optional}, {"offset", optional}};
  const auto given = python::bind({"frombuffer", kParameters}, arguments);
  const auto bytes = python::as_bytes(given[0]);
  if (!bytes) throw python::Unsupported{"frombuffer() of other than bytes", "np.array"};
  const DType dtype = dtype_or(context, given[1], kFloat64);
  const std::int64_t offset = is_given(given[3]) ? python::to_index(context, given[3]) : 0;
  std::int64_t count = is_given(given[2]) ? python::to_index(context, given[2]) : -1;
  const auto size = static_cast<std::int64_t>(bytes->size());
  if (offset < 0 || offset > size) {
    python::raise("ValueError", "offset must be non-negative and no greater than buffer length (" +
                                    std::to_string(size) + ")");
  }
  if (count < 0 && (size - offset) % dtype.itemsize() != 0) {
    python::raise("ValueError", "buffer size must be a multiple of element size");
  }
  if (count < 0) count = (size - offset) / dtype.itemsize();
  if (count * dtype.itemsize() > size - offset) {
    python::raise("ValueError", "buffer is smaller than requested size");
  }
  const Value made = new_array(context, dtype, Dims{count});
  NdArray& a = *array_if(made);
  const auto* first = reinterpret_cast<const std::byte*>(bytes->data()) + offset;
  for (std::int64_t i = 0; i < count; ++i) {
    const auto at = static_cast<std::uint64_t>(i) * dtype.itemsize();
    store(context, sim::VirtAddr(a.data().index + at), std::span(first + at, dtype.itemsize()));
  }
  ArrayParts parts = a.parts();
  parts.base = given[0];  // NumPy's array looks into the bytes themselves: it owns nothing
  parts.writeable = false;
  a.set_parts(std::move(parts));
  return made;
}

constexpr auto kFunctions = std::to_array<ModuleFunction>({{"zeros", zeros},
                                                           {"empty", empty},
                                                           {"ones", ones},
                                                           {"full", full},
                                                           {"zeros_like", zeros_like},
                                                           {"empty_like", empty_like},
                                                           {"ones_like", ones_like},
                                                           {"full_like", full_like},
                                                           {"eye", eye},
                                                           {"identity", identity},
                                                           {"array", array},
                                                           {"asarray", asarray},
                                                           {"asanyarray", asanyarray},
                                                           {"ascontiguousarray", ascontiguousarray},
                                                           {"asfortranarray", asfortranarray},
                                                           {"copy", copy},
                                                           {"frombuffer", frombuffer}});

}  // namespace

std::span<const ModuleFunction> creation_functions() { return kFunctions; }

}  // namespace numpy

// concatenate, stack and their like; split, repeat, tile, roll, flip.

#include <algorithm>
#include <array>

#include "scenarios/numpy/create.h"
#include "scenarios/numpy/elementwise.h"
#include "scenarios/numpy/methods.h"
#include "scenarios/numpy/promotion.h"
#include "scenarios/numpy/shape.h"

namespace numpy {
namespace {

using python::Arguments;
using python::Context;
using python::Parameter;
using python::Signature;
using python::Value;
using enum python::Parameter::Need;

std::vector<ArrayArgument> arrays_of(Context& context, const Value& sequence) {
  std::vector<ArrayArgument> arrays;
  std::vector<Value> items;
  if (const auto given = python::as_sequence(sequence))
    items.assign(given->begin(), given->end());
  else
    items = python::collect(context, sequence);
  for (const Value& v : items) arrays.push_back(array_argument(context, v));
  return arrays;
}

Value view_with_new_axis(NdArray& a, std::size_t axis) {
  ArrayParts parts = a.view_parts();
  parts.shape.insert(axis, 1);
  parts.strides.insert(axis, 0);
  return python::make<NdArray>(std::move(parts));
}

void check_joinable(const std::vector<ArrayArgument>& arrays, std::size_t axis) {
  const NdArray& first = *arrays[0];
  for (std::size_t k = 1; k < arrays.size(); ++k) {
    const NdArray& a = *arrays[k];
    if (a.ndim() != first.ndim()) {
      python::raise("ValueError",
                    "all the input arrays must have same number of dimensions, but the array at "
                    "index 0 has " +
                        std::to_string(first.ndim()) + " dimension(s) and the array at index " +
                        std::to_string(k) + " has " + std::to_string(a.ndim()) + " dimension(s)");
    }
    for (std::size_t d = 0; d < a.ndim(); ++d) {
      if (d == axis || a.shape()[d] == first.shape()[d]) continue;
      python::raise(
          "ValueError",
          "all the input array dimensions except for the concatenation axis must match exactly, "
          "but along dimension " +
              std::to_string(d) + ", the array at index 0 has size " +
              std::to_string(first.shape()[d]) + " and the array at index " + std::to_string(k) +
              " has size " + std::to_string(a.shape()[d]));
    }
  }
}

// Each array is copied in turn: its elements read, the result's written.
Value joined(Context& context, const std::vector<ArrayArgument>& arrays, const Value& axis_value,
             std::optional<DType> dtype = std::nullopt) {
  if (arrays.empty()) python::raise("ValueError", "need at least one array to concatenate");
  if (arrays[0]->ndim() == 0) {
    python::raise("ValueError", "zero-dimensional arrays cannot be concatenated");
  }
  const std::size_t axis = axis_from(context, axis_value, arrays[0]->ndim());
  check_joinable(arrays, axis);
  Dims shape = arrays[0]->shape();
  ElementType type = arrays[0]->dtype().type();
  shape[axis] = 0;
  bool all_f = true;
  for (const ArrayArgument& a : arrays) {
    shape[axis] = joined_length(shape[axis], a->shape()[axis]);
    type = promote(type, a->dtype().type());
    all_f = all_f && a->is_f_contiguous() && !a->is_c_contiguous();
  }
  const Value made =
      new_array(context, dtype.value_or(DType(type)), shape, all_f ? Order::f : Order::c);
  NdArray& out = *array_if(made);
  ArrayParts parts = out.view_parts();
  for (const ArrayArgument& a : arrays) {
    parts.shape[axis] = a->shape()[axis];
    const Value place = python::make<NdArray>(parts);
    copy_elements(context, *array_if(place), *a);
    parts.data.index += static_cast<std::uint64_t>(parts.shape[axis] * parts.strides[axis]);
  }
  return made;
}

Value concatenate(Context& context, const Arguments& arguments) {
  static constexpr Parameter kParameters[] = {{"arrays"},
                                              {"axis", optional},
                                              {"out", optional},
                                              {"dtype", optional},
                                              {"casting", optional}};
  const auto given = python::bind({"concatenate", kParameters}, arguments);
  refuse("concatenate", "out", given[2]);
  std::vector<ArrayArgument> arrays = arrays_of(context, given[0]);
  if (given[1].is_none()) {
    for (ArrayArgument& a : arrays) a.value = raveled(context, *a, Order::c);
  }
  const auto dtype =
      is_given(given[3]) ? std::optional(dtype_from(context, given[3])) : std::nullopt;
  return joined(context, arrays, is_given(given[1]) ? given[1] : Value::integer(0), dtype);
}

Value stack(Context& context, const Arguments& arguments) {
  static constexpr Parameter kParameters[] = {{"arrays"}, {"axis", optional}, {"out", optional}};
  const auto given = python::bind(
      {.function = "stack", .parameters = kParameters, .words = Signature::Words::python_function},
      arguments);
  refuse("stack", "out", given[2]);
  std::vector<ArrayArgument> arrays = arrays_of(context, given[0]);
  if (arrays.empty()) python::raise("ValueError", "need at least one array to stack");
  const Value axis_value = is_given(given[1]) ? given[1] : Value::integer(0);
  const std::size_t axis = axis_from(context, axis_value, arrays[0]->ndim() + 1);
  const Dims shape = arrays[0]->shape();
  for (const ArrayArgument& a : arrays) {
    if (!(a->shape() == shape)) {
      python::raise("ValueError", "all input arrays must have the same shape");
    }
  }
  for (ArrayArgument& a : arrays) a.value = view_with_new_axis(*a, axis);
  return joined(context, arrays, Value::integer(static_cast<std::int64_t>(axis)));
}

Value at_least(NdArray& a, std::size_t axes) {
  Value v = Value::object(&a);
  while (array_if(v)->ndim() < axes) v = view_with_new_axis(*array_if(v), 0);
  return v;
}

Value vstack(Context& context, const Arguments& arguments) {
  python::expect_positional("vstack", arguments, 1, 1);
  std::vector<ArrayArgument> arrays = arrays_of(context, arguments.positional[0]);
  for (ArrayArgument& a : arrays) a.value = at_least(*a, 2);
  return joined(context, arrays, Value::integer(0));
}
Value hstack(Context& context, const Arguments& arguments) {
  python::expect_positional("hstack", arguments, 1, 1);
  std::vector<ArrayArgument> arrays = arrays_of(context, arguments.positional[0]);
  for (ArrayArgument& a : arrays) a.value = at_least(*a, 1);
  const bool flat = arrays.empty() || arrays[0]->ndim() == 1;
  return joined(context, arrays, Value::integer(flat ? 0 : 1));
}
Value column_stack(Context& context, const Arguments& arguments) {
  python::expect_positional("column_stack", arguments, 1, 1);
  std::vector<ArrayArgument> arrays = arrays_of(context, arguments.positional[0]);
  for (ArrayArgument& a : arrays) {
    if (a->ndim() < 2) a.value = view_with_new_axis(*array_if(at_least(*a, 1)), 1);
  }
  return joined(context, arrays, Value::integer(1));
}

Value append(Context& context, const Arguments& arguments) {
  static constexpr Parameter kParameters[] = {{"arr"}, {"values"}, {"axis", optional}};
  const auto given = python::bind(
      {.function = "append", .parameters = kParameters, .words = Signature::Words::python_function},
      arguments);
  std::vector<ArrayArgument> arrays{array_argument(context, given[0]),
                                    array_argument(context, given[1])};
  if (is_given(given[2])) return joined(context, arrays, given[2]);
  for (ArrayArgument& a : arrays) a.value = raveled(context, *a, Order::c);
  return joined(context, arrays, Value::integer(0));
}

// Sections of equal length; the first ones are one longer where allowed to be uneven.
Value sections(Context& context, const Arguments& arguments, bool may_be_uneven) {
  static constexpr Parameter kParameters[] = {{"ary"}, {"indices_or_sections"}, {"axis", optional}};
  const auto given = python::bind({.function = may_be_uneven ? "array_split" : "split",
                                   .parameters = kParameters,
                                   .words = Signature::Words::python_function},
                                  arguments);
  const ArrayArgument a = array_argument(context, given[0]);
  const Value axis_value = is_given(given[2]) ? given[2] : Value::integer(0);
  const std::size_t axis = axis_from(context, axis_value, a->ndim());
  const std::int64_t length = a->shape()[axis];
  std::vector<std::int64_t> ends;
  if (const auto n = python::index_of(context, given[1])) {
    if (*n <= 0) python::raise("ValueError", "number sections must be larger than 0.");
    if (!may_be_uneven && length % *n != 0) {
      python::raise("ValueError", "array split does not result in an equal division");
    }
    for (std::int64_t k = 0, end = 0; k < *n; ++k) {
      end += length / *n + (k < length % *n ? 1 : 0);
      ends.push_back(end);
    }
  } else {
    for (const std::int64_t end : shape_from(context, given[1])) {
      ends.push_back(std::clamp<std::int64_t>(end < 0 ? end + length : end, 0, length));
    }
    ends.push_back(length);
  }
  std::vector<Value> parts;
  std::int64_t begin = 0;
  for (const std::int64_t end : ends) {
    ArrayParts p = a->view_parts();
    p.shape[axis] = std::max<std::int64_t>(end - begin, 0);
    p.data.index += static_cast<std::uint64_t>(begin * p.strides[axis]);
    parts.push_back(a->make_kin(context, std::move(p), Kinship::view));
    begin = end;
  }
  return python::make_list(std::move(parts));
}
Value split(Context& context, const Arguments& a) { return sections(context, a, false); }
Value array_split(Context& context, const Arguments& a) { return sections(context, a, true); }

constexpr auto kFunctions = std::to_array<ModuleFunction>({{"concatenate", concatenate},
                                                           {"stack", stack},
                                                           {"vstack", vstack},
                                                           {"row_stack", vstack},
                                                           {"hstack", hstack},
                                                           {"column_stack", column_stack},
                                                           {"append", append},
                                                           {"split", split},
                                                           {"array_split", array_split}});

}  // namespace

std::span<const ModuleFunction> joining_functions() { return kFunctions; }

}  // namespace numpy

// sort, argsort, unique, searchsorted. Elements are read in order, sorted on the host, and written
// back in order: NumPy's own order of accesses depends on the values and is not modelled.

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "scenarios/numpy/cast.h"
#include "scenarios/numpy/create.h"
#include "scenarios/numpy/methods.h"
#include "scenarios/numpy/promotion.h"
#include "scenarios/numpy/scalar.h"
#include "scenarios/numpy/shape.h"

namespace numpy {
namespace {

using python::Arguments;
using python::Context;
using python::Parameter;
using python::Signature;
using python::Value;
using enum python::Parameter::Need;

// NumPy's order: numbers, then NaNs.
bool comes_before(const Number& a, const Number& b) {
  return visit_type(a.type(), [&](auto tag) {
    using T = typename decltype(tag)::type;
    const T x = a.as<T>();
    const T y = b.as<T>();
    if constexpr (std::is_floating_point_v<T>)
      return x < y || (std::isnan(y) && !std::isnan(x));
    else
      return x < y;
  });
}

std::vector<Number> load_run(Context& context, const NdArray& run) {
  std::vector<Number> numbers;
  std::byte item[8];
  for (ElementAddresses at(run); !at.done(); at.advance()) {
    load(context, at.address(), std::span(item, run.dtype().itemsize()));
    numbers.push_back(Number::read(item, run.dtype()));
  }
  context.spend(numbers.size());
  return numbers;
}

void store_run(Context& context, const NdArray& run, const std::vector<Number>& numbers) {
  std::byte item[8];
  std::size_t next = 0;
  for (ElementAddresses at(run); !at.done(); at.advance()) {
    context.spend(1);
    numbers[next++].write(item, run.dtype());
    store(context, at.address(), std::span<const std::byte>(item, run.dtype().itemsize()));
  }
}

Value array_of(Context& context, DType dtype, const std::vector<Number>& numbers) {
  const Value made = new_array(context, dtype, Dims{std::int64_t(numbers.size())});
  store_run(context, *array_if(made), numbers);
  return made;
}

// The one-dimensional runs along an axis, in C order of the other axes.
template <class Visit>
void for_each_run(const NdArray& a, std::size_t axis, Visit visit) {
  ArrayParts starts_parts = a.parts();
  starts_parts.shape.erase(axis);
  starts_parts.strides.erase(axis);
  const NdArray starts(starts_parts);
  for (ElementAddresses at(starts); !at.done(); at.advance()) {
    ArrayParts parts = a.parts();
    parts.data = at.address();
    parts.shape = Dims{a.shape()[axis]};
    parts.strides = Dims{a.strides()[axis]};
    visit(NdArray(std::move(parts)));
  }
}

void sort_in_place(Context& context, NdArray& a, std::size_t axis) {
  for_each_run(a, axis, [&](const NdArray& run) {
    std::vector<Number> numbers = load_run(context, run);
    std::ranges::stable_sort(numbers, comes_before);
    store_run(context, run, numbers);
  });
}

constexpr Parameter kSort[] = {{"axis", optional}, {"kind", optional}, {"order", optional}};

Value sort_method(Context& context, NdArray& self, const Arguments& arguments) {
  const auto given = python::bind({"sort", kSort}, arguments);
  refuse("sort", "order", given[2]);
  if (!self.is_writeable()) python::raise("ValueError", "sort array is read-only");
  const Value axis = is_given(given[0]) ? given[0] : Value::integer(-1);
  sort_in_place(context, self, axis_from(context, axis, self.ndim()));
  return Value::none();
}

Value sort_function(Context& context, const Arguments& arguments) {
  static constexpr Parameter kParameters[] = {
      {"a"}, {"axis", optional}, {"kind", optional}, {"order", optional}};
  const auto given = python::bind(
      {.function = "sort", .parameters = kParameters, .words = Signature::Words::python_function},
      arguments);
  refuse("sort", "order", given[3]);
  const ArrayArgument a = array_argument(context, given[0]);
  const bool flat = given[1].is_none();
  const Value source = flat ? raveled(context, *a, Order::c) : a.value;
  NdArray& s = *array_if(source);
  const Value made =
      converted_copy(context, s, s.dtype(), ArrayRequest::Layout::keep, Kinship::copy);
  const Value axis = is_given(given[1]) ? given[1] : Value::integer(-1);
  sort_in_place(context, *array_if(made), axis_from(context, axis, s.ndim()));
  return made;
}

Value argsort(Context& context, NdArray& self, const Arguments& arguments) {
  const auto given = python::bind({"argsort", kSort}, arguments);
  refuse("argsort", "order", given[2]);
  const Value axis_value = is_given(given[0]) ? given[0] : Value::integer(-1);
  const std::size_t axis = axis_from(context, axis_value, self.ndim());
  const Value made = new_array(context, kInt64, self.shape());
  std::vector<std::vector<Number>> results;
  for_each_run(self, axis, [&](const NdArray& run) {
    const std::vector<Number> numbers = load_run(context, run);
    std::vector<std::int64_t> order(numbers.size());
    std::iota(order.begin(), order.end(), 0);
    std::ranges::stable_sort(order, [&](std::int64_t i, std::int64_t j) {
      return comes_before(numbers[static_cast<std::size_t>(i)],
                          numbers[static_cast<std::size_t>(j)]);
    });
    results.emplace_back(order.begin(), order.end());
  });
  std::size_t next = 0;
  for_each_run(*array_if(made), axis,
               [&](const NdArray& run) { store_run(context, run, results[next++]); });
  return made;
}

Value unique(Context& context, const Arguments& arguments) {
  static constexpr Parameter kParameters[] = {{"ar"},
                                              {"return_index", optional},
                                              {"return_inverse", optional},
                                              {"return_counts", optional},
                                              {"axis", optional}};
  const auto given = python::bind(
      {.function = "unique", .parameters = kParameters, .words = Signature::Words::python_function},
      arguments);
  refuse("unique", "axis", given[4]);
  const auto wants = [&](std::size_t k) {
    return given[k].is_bound() && python::truth(context, given[k]);
  };
  if (wants(1) || wants(2)) {
    throw python::Unsupported{"return_index= and return_inverse= of unique()", "np.argsort"};
  }
  const ArrayArgument a = array_argument(context, given[0]);
  std::vector<Number> numbers = load_run(context, *a);
  std::ranges::stable_sort(numbers, comes_before);
  std::vector<Number> values;
  std::vector<Number> counts;
  for (const Number& n : numbers) {
    const bool is_new = values.empty() || comes_before(values.back(), n);
    if (is_new) {
      values.push_back(n);
      counts.emplace_back(std::int64_t{0});
    }
    counts.back() = Number(counts.back().to_int64() + 1);
  }
  const Value made = array_of(context, a->dtype(), values);
  if (!wants(3)) return made;
  return python::make_tuple({made, array_of(context, kInt64, counts)});
}

// A binary search for each value: the elements it looks at are loaded.
Value searchsorted(Context& context, NdArray& self, const Arguments& arguments) {
  static constexpr Parameter kParameters[] = {{"v"}, {"side", optional}, {"sorter", optional}};
  const auto given = python::bind({"searchsorted", kParameters}, arguments);
  refuse("searchsorted", "sorter", given[2]);
  if (self.ndim() != 1) python::raise("ValueError", "object too deep for desired array");
  const std::string side = is_given(given[1]) ? python::to_text(context, given[1]) : "left";
  if (side != "left" && side != "right") {
    python::raise("ValueError", "search side must be 'left' or 'right' (got '" + side + "')");
  }
  const auto position = [&](const Number& wanted) {
    const ElementType type = promote(self.dtype().type(), wanted.type());
    const Number key = wanted.converted_to(type);
    std::int64_t low = 0;
    std::int64_t high = self.shape()[0];
    std::byte item[8];
    while (low < high) {
      const std::int64_t middle = low + (high - low) / 2;
      const auto at = static_cast<std::uint64_t>(middle * self.strides()[0]);
      load(context, sim::VirtAddr(self.data().index + at),
           std::span(item, self.dtype().itemsize()));
      const Number x = Number::read(item, self.dtype()).converted_to(type);
      const bool goes_right = side == "left" ? comes_before(x, key) : !comes_before(key, x);
      (goes_right ? low : high) = goes_right ? middle + 1 : middle;
    }
    return Number(low);
  };
  if (const auto number = number_of(given[0])) return make_scalar(position(*number));
  const ArrayArgument values = array_argument(context, given[0]);
  std::vector<Number> positions;
  for (const Number& n : load_run(context, *values)) positions.push_back(position(n));
  const Value flat = array_of(context, kInt64, positions);
  return reshaped(context, *array_if(flat), values->shape(), Order::c);
}

constexpr auto kMethods = std::to_array<ArrayMethod>(
    {{"sort", sort_method}, {"argsort", argsort}, {"searchsorted", searchsorted}});
constexpr auto kFunctions =
    std::to_array<ModuleFunction>({{"sort", sort_function},
                                   {"argsort", as_function<argsort>},
                                   {"searchsorted", as_function<searchsorted>},
                                   {"unique", unique}});

}  // namespace

std::span<const ArrayMethod> sorting_methods() { return kMethods; }
std::span<const ModuleFunction> sorting_functions() { return kFunctions; }

}  // namespace numpy

// where, clip, nonzero, take, repeat, tile, roll, flip, diff.

#include <algorithm>
#include <array>

#include "scenarios/numpy/create.h"
#include "scenarios/numpy/elementwise.h"
#include "scenarios/numpy/index.h"
#include "scenarios/numpy/methods.h"
#include "scenarios/numpy/promotion.h"
#include "scenarios/numpy/scalar.h"
#include "scenarios/numpy/shape.h"
#include "scenarios/numpy/ufunc.h"

namespace numpy {
namespace {

using python::Arguments;
using python::Context;
using python::Parameter;
using python::Signature;
using python::Value;
using enum python::Parameter::Need;

python::SliceObject slice_of(std::optional<std::int64_t> start, std::optional<std::int64_t> stop,
                             std::int64_t step) {
  const auto bound = [](const auto& n) { return n ? Value::integer(*n) : Value::none(); };
  return {bound(start), bound(stop), Value::integer(step)};
}

Value whole_axis() {  // :
  const Value none = Value::none();
  return python::make<python::SliceObject>(none, none, none);
}

// x[:, ..., start:stop:step] along one axis.
Value sliced(Context& context, NdArray& a, std::size_t axis, std::optional<std::int64_t> start,
             std::optional<std::int64_t> stop, std::int64_t step = 1) {
  const auto s = slice_of(start, stop, step).indices(context, a.shape()[axis]);
  ArrayParts parts = a.view_parts();
  if (s.count > 0) parts.data.index += static_cast<std::uint64_t>(s.start * parts.strides[axis]);
  parts.shape[axis] = s.count;
  parts.strides[axis] *= s.step;
  return a.make_kin(context, std::move(parts), Kinship::view);
}

Value nonzero(Context& context, NdArray& self, const Arguments& arguments) {
  python::expect_positional("nonzero", arguments, 0, 0);
  const std::size_t axes = std::max<std::size_t>(self.ndim(), 1);
  std::vector<std::vector<std::int64_t>> found(axes);
  Dims index = Dims::of_size(self.ndim(), 0);
  std::byte item[8];
  for (ElementAddresses at(self); !at.done(); at.advance()) {
    context.spend(1);
    load(context, at.address(), std::span(item, self.dtype().itemsize()));
    if (Number::read(item, self.dtype()).is_nonzero()) {
      for (std::size_t k = 0; k < self.ndim(); ++k) found[k].push_back(index[k]);
    }
    for (std::size_t k = self.ndim(); k-- > 0;) {
      if (++index[k] < self.shape()[k]) break;
      index[k] = 0;
    }
  }
  std::vector<Value> arrays;
  for (const auto& positions : found) {
    const Value made = new_array(context, kInt64, Dims{std::int64_t(positions.size())});
    std::uint64_t at = array_if(made)->data().index;
    for (const std::int64_t p : positions) {
      store_as(item, p);
      store(context, sim::VirtAddr(at), std::span<const std::byte>(item, 8));
      at += 8;
    }
    arrays.push_back(made);
  }
  return python::make_tuple(std::move(arrays));
}

template <class T>
bool choose_loop(std::byte* const* p, const std::int64_t* strides, std::uint64_t n) {
  std::byte* at[4] = {p[0], p[1], p[2], p[3]};
  for (std::uint64_t i = 0; i < n; ++i) {
    store_as(at[3], load_as<T>(at[0]) != T{} ? load_as<T>(at[1]) : load_as<T>(at[2]));
    for (int k = 0; k < 4; ++k) at[k] += strides[k];
  }
  return true;
}

// where(condition, x, y): reads all three (NumPy reads only the chosen one), then writes.
Value choose(Context& context, const Value& condition, const Value& x, const Value& y) {
  const std::array<Value, 3> values{
      call_ufunc(context, "not_equal", {condition, Value::integer(0)}), x, y};
  std::array<UfuncOperand, 3> operands;
  std::vector<Dims> shapes;
  for (std::size_t k = 0; k < 3; ++k) {
    const auto operand = ufunc_operand(context, values[k]);
    if (!operand) throw python::Unsupported{"where() of values that are no numbers", ""};
    operands[k] = *operand;
    shapes.push_back(operand->array != nullptr ? operand->array->shape() : Dims{});
  }
  std::array<PromotionOperand, 2> promotion;
  for (std::size_t k = 0; k < 2; ++k) {
    const UfuncOperand& o = operands[k + 1];
    promotion[k] = {o.array != nullptr ? o.array->dtype().type() : o.number.type(),
                    o.array == nullptr, o.number};
  }
  const ElementType type = result_type(promotion);
  const auto shape = broadcast_shapes(shapes);
  if (!shape) {
    std::string text = "operands could not be broadcast together with shapes ";
    for (const Dims& s : shapes) text += text_of(s) + " ";
    python::raise("ValueError", text);
  }
  const Value made = new_array(context, DType(type), *shape);
  std::vector<ElementwiseOperand> all;
  std::array<Number, 3> constants;
  for (std::size_t k = 0; k < 3; ++k) {
    ElementwiseOperand o{type, nullptr, DType(type), {}};
    if (operands[k].array == nullptr) {
      constants[k] = operands[k].number.converted_to(type);
      o.constant = &constants[k];
    } else {
      const NdArray& a = *operands[k].array;
      o.stored = a.dtype();
      o.walk = read_of(a);
      o.walk.strides = *broadcast_strides(a.shape(), a.strides(), *shape);
    }
    all.push_back(o);
  }
  all.push_back({type, nullptr, DType(type), write_of(*array_if(made))});
  const InnerLoop loop = visit_type(
      type, [](auto tag) -> InnerLoop { return &choose_loop<typename decltype(tag)::type>; });
  run_elementwise(context, all, *shape, loop);
  return made;
}

Value where(Context& context, const Arguments& arguments) {
  python::expect_positional("where", arguments, 1, 3);
  const auto& given = arguments.positional;
  if (given.size() == 2) {
    python::raise("ValueError", "either both or neither of x and y should be given");
  }
  if (given.size() == 1) {
    const ArrayArgument a = array_argument(context, given[0]);
    return nonzero(context, *a, {});
  }
  return choose(context, number_of(given[0]) ? given[0] : array_from(context, given[0]), given[1],
                given[2]);
}

Value clip(Context& context, NdArray& self, const Arguments& arguments) {
  static constexpr Parameter kParameters[] = {{"a_min", optional},
                                              {"a_max", optional},
                                              {"out", optional},
                                              {"min", optional},
                                              {"max", optional}};
  const auto given = python::bind({"clip", kParameters}, arguments);
  refuse("clip", "out", given[2]);
  const Value low = is_given(given[3]) ? given[3] : given[0];
  const Value high = is_given(given[4]) ? given[4] : given[1];
  if (!is_given(low) && !is_given(high)) {
    python::raise("ValueError", "One of max or min must be given");
  }
  Value result = Value::object(&self);
  if (is_given(low)) result = call_ufunc(context, "maximum", {result, low});
  if (is_given(high)) result = call_ufunc(context, "minimum", {result, high});
  return result;
}

Value take(Context& context, NdArray& self, const Arguments& arguments) {
  static constexpr Parameter kParameters[] = {
      {"indices"}, {"axis", optional}, {"out", optional}, {"mode", optional}};
  const auto given = python::bind({"take", kParameters}, arguments);
  refuse("take", "out", given[2]);
  refuse("take", "mode", given[3]);
  const Value flat = is_given(given[1]) ? Value::object(&self) : raveled(context, self, Order::c);
  NdArray& a = *array_if(flat);
  const std::size_t axis = is_given(given[1]) ? axis_from(context, given[1], a.ndim()) : 0;
  std::vector<Value> key(axis, whole_axis());
  key.push_back(given[0]);
  return a.item(context, python::make_tuple(std::move(key)));
}

Value repeat(Context& context, NdArray& self, const Arguments& arguments) {
  static constexpr Parameter kParameters[] = {{"repeats"}, {"axis", optional}};
  const auto given = python::bind({"repeat", kParameters}, arguments);
  const Value flat = is_given(given[1]) ? Value::object(&self) : raveled(context, self, Order::c);
  NdArray& a = *array_if(flat);
  const std::size_t axis = is_given(given[1]) ? axis_from(context, given[1], a.ndim()) : 0;
  const std::int64_t n = a.shape()[axis];
  std::vector<std::int64_t> counts(static_cast<std::size_t>(n));
  if (const auto one = python::index_of(context, given[0])) {
    std::ranges::fill(counts, *one);
  } else {
    const Dims several = shape_from(context, given[0]);
    if (static_cast<std::int64_t>(several.size()) != n) {
      python::raise("ValueError", "operands could not be broadcast together with shape (" +
                                      std::to_string(n) + ",) (" + std::to_string(several.size()) +
                                      ",)");
    }
    std::ranges::copy(several, counts.begin());
  }
  std::vector<Value> positions;
  for (std::int64_t i = 0; i < n; ++i) {
    const std::int64_t count = counts[static_cast<std::size_t>(i)];
    if (count < 0) python::raise("ValueError", "repeats may not contain negative values.");
    positions.insert(positions.end(), static_cast<std::size_t>(count), Value::integer(i));
  }
  std::vector<Value> key(axis, whole_axis());
  key.push_back(python::make_list(std::move(positions)));
  return a.item(context, python::make_tuple(std::move(key)));
}

Value tile(Context& context, const Arguments& arguments) {
  static constexpr Parameter kParameters[] = {{"A"}, {"reps"}};
  const auto given = python::bind(
      {.function = "tile", .parameters = kParameters, .words = Signature::Words::python_function},
      arguments);
  const ArrayArgument a = array_argument(context, given[0]);
  Dims counts = shape_from(context, given[1]);
  Dims own = a->shape();
  while (counts.size() < own.size()) counts.insert(0, 1);
  while (own.size() < counts.size()) own.insert(0, 1);
  Dims shape;
  for (std::size_t k = 0; k < own.size(); ++k) shape.push_back(repeated_length(own[k], counts[k]));
  const Value made = new_array(context, a->dtype(), shape);
  // (count, length) per axis: broadcasting repeats, reshaping joins.
  ArrayParts parts = array_if(made)->view_parts();
  const Dims strides = parts.strides;
  Dims source_shape, source_strides;
  const Dims own_strides = *broadcast_strides(a->shape(), a->strides(), own);
  parts.shape = {};
  parts.strides = {};
  for (std::size_t k = 0; k < own.size(); ++k) {
    for (const auto& [length, stride] :
         {std::pair(counts[k], strides[k] * own[k]), std::pair(own[k], strides[k])}) {
      parts.shape.push_back(length);
      parts.strides.push_back(stride);
    }
    source_shape.push_back(1);
    source_strides.push_back(0);
    source_shape.push_back(own[k]);
    source_strides.push_back(own_strides[k]);
  }
  if (element_count(shape) == 0) return made;
  ArrayParts source = a->view_parts();
  source.shape = source_shape;
  source.strides = source_strides;
  const Value to = python::make<NdArray>(std::move(parts));
  const Value from = python::make<NdArray>(std::move(source));
  copy_elements(context, *array_if(to), *array_if(from));
  return made;
}

Value flip(Context& context, const Arguments& arguments) {
  static constexpr Parameter kParameters[] = {{"m"}, {"axis", optional}};
  const auto given = python::bind(
      {.function = "flip", .parameters = kParameters, .words = Signature::Words::python_function},
      arguments);
  ArrayArgument a = array_argument(context, given[0]);
  for (std::size_t k = 0; k < a->ndim(); ++k) {
    if (is_given(given[1]) && axis_from(context, given[1], a->ndim()) != k) continue;
    a.value = sliced(context, *a, k, std::nullopt, std::nullopt, -1);
  }
  return a.value;
}

Value roll(Context& context, const Arguments& arguments) {
  static constexpr Parameter kParameters[] = {{"a"}, {"shift"}, {"axis", optional}};
  const auto given = python::bind(
      {.function = "roll", .parameters = kParameters, .words = Signature::Words::python_function},
      arguments);
  const ArrayArgument a = array_argument(context, given[0]);
  const Value flat = is_given(given[2]) ? a.value : raveled(context, *a, Order::c);
  NdArray& source = *array_if(flat);
  const std::size_t axis = is_given(given[2]) ? axis_from(context, given[2], source.ndim()) : 0;
  const Value made = new_array_like(context, source.dtype(), source);
  const std::int64_t n = source.shape()[axis];
  const std::int64_t shift = n == 0 ? 0 : ((python::to_index(context, given[1]) % n) + n) % n;
  const auto move = [&](std::int64_t from, std::int64_t to, std::int64_t count) {
    if (count == 0) return;
    const Value dst = sliced(context, *array_if(made), axis, to, to + count);
    const Value src = sliced(context, source, axis, from, from + count);
    copy_elements(context, *array_if(dst), *array_if(src));
  };
  move(0, shift, n - shift);
  move(n - shift, 0, shift);
  if (is_given(given[2])) return made;
  return reshaped(context, *array_if(made), a->shape(), Order::c);
}

Value diff(Context& context, const Arguments& arguments) {
  static constexpr Parameter kParameters[] = {{"a"}, {"n", optional}, {"axis", optional}};
  const auto given = python::bind(
      {.function = "diff", .parameters = kParameters, .words = Signature::Words::python_function},
      arguments);
  Value result = array_argument(context, given[0]).value;
  const std::int64_t n = is_given(given[1]) ? python::to_index(context, given[1]) : 1;
  for (std::int64_t k = 0; k < n; ++k) {
    NdArray& a = *array_if(result);
    if (a.ndim() == 0) {
      python::raise("ValueError", "diff requires input that is at least one dimensional");
    }
    const Value axis_value = is_given(given[2]) ? given[2] : Value::integer(-1);
    const std::size_t axis = axis_from(context, axis_value, a.ndim());
    const Value later = sliced(context, a, axis, 1, std::nullopt);
    const Value earlier = sliced(context, a, axis, std::nullopt, -1);
    result = call_ufunc(context, a.dtype().is_bool() ? "not_equal" : "subtract", {later, earlier});
  }
  return result;
}

constexpr auto kMethods = std::to_array<ArrayMethod>(
    {{"nonzero", nonzero}, {"clip", clip}, {"take", take}, {"repeat", repeat}});
constexpr auto kFunctions = std::to_array<ModuleFunction>({{"nonzero", as_function<nonzero>},
                                                           {"clip", as_function<clip>},
                                                           {"take", as_function<take>},
                                                           {"repeat", as_function<repeat>},
                                                           {"where", where},
                                                           {"tile", tile},
                                                           {"flip", flip},
                                                           {"roll", roll},
                                                           {"diff", diff}});

}  // namespace

std::span<const ArrayMethod> element_methods() { return kMethods; }
std::span<const ModuleFunction> element_functions() { return kFunctions; }

}  // namespace numpy

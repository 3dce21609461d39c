// reshape, transpose, ravel and the other methods that change an array's shape.

#include <algorithm>
#include <array>

#include "scenarios/numpy/create.h"
#include "scenarios/numpy/iterate.h"
#include "scenarios/numpy/methods.h"
#include "scenarios/numpy/shape.h"

namespace numpy {
namespace {

using python::Arguments;
using python::Context;
using python::Parameter;
using python::Signature;
using python::Value;
using enum python::Parameter::Need;

// The order= keyword of a method that takes its shape or axes as any number of positional
// arguments.
Value order_keyword(std::string_view method, const Arguments& arguments) {
  Value order;
  for (const auto& [name, value] : arguments.keywords) {
    if (name != "order") {
      python::raise("TypeError",
                    "'" + std::string(name) + "' is an invalid keyword argument for this function");
    }
    order = value;
  }
  static_cast<void>(method);
  return order;
}

// a.f(2, 3) and a.f((2, 3)) alike.
Value shape_argument(const Arguments& arguments) {
  if (arguments.positional.size() == 1) return arguments.positional[0];
  return python::make_tuple({arguments.positional.begin(), arguments.positional.end()});
}

Value reshape(Context& context, NdArray& self, const Arguments& arguments) {
  Value order;
  Value shape;
  for (const auto& [name, value] : arguments.keywords) {
    if (name == "order")
      order = value;
    else if (name == "newshape" || name == "shape")
      shape = value;
    else
      order_keyword("reshape", arguments);
  }
  if (!arguments.positional.empty()) {
    // np.reshape(a, shape, order): a text at the end is the order.
    std::span<const Value> given = arguments.positional;
    if (given.size() == 2 && python::as_str(given[1])) {
      order = given[1];
      given = given.first(1);
    }
    shape = shape_argument({given, {}});
  }
  if (!shape.is_bound()) {
    python::raise("TypeError", "reshape() missing required argument 'shape' (pos 1)");
  }
  return reshaped(context, self, shape_from(context, shape), order_from(context, order, &self));
}

Value transpose(Context& context, NdArray& self, const Arguments& arguments) {
  const auto& given = arguments.positional;
  Value axes_value = given.empty() || (given.size() == 1 && given[0].is_none())
                         ? Value()
                         : shape_argument(arguments);
  for (const auto& [name, value] : arguments.keywords) {
    if (name == "axes") axes_value = value;
  }
  if (!is_given(axes_value)) return transposed(context, self);
  const Dims asked = shape_from(context, axes_value);
  if (asked.size() != self.ndim()) {
    python::raise("ValueError", "axes don't match array");
  }
  Dims axes;
  for (const std::int64_t a : asked) {
    const auto axis = static_cast<std::int64_t>(axis_from(context, Value::integer(a), self.ndim()));
    if (std::find(axes.begin(), axes.end(), axis) != axes.end()) {
      python::raise("ValueError", "repeated axis in transpose");
    }
    axes.push_back(axis);
  }
  return with_axes(context, self, axes);
}

Value swapaxes(Context& context, NdArray& self, const Arguments& arguments) {
  python::expect_positional("swapaxes", arguments, 2, 2);
  Dims axes;
  for (std::size_t k = 0; k < self.ndim(); ++k) axes.push_back(static_cast<std::int64_t>(k));
  const std::size_t a = axis_from(context, arguments.positional[0], self.ndim());
  const std::size_t b = axis_from(context, arguments.positional[1], self.ndim());
  std::swap(axes[a], axes[b]);
  return with_axes(context, self, axes);
}

constexpr Parameter kOrder[] = {{"order", optional}};

Value ravel(Context& context, NdArray& self, const Arguments& arguments) {
  const auto given = python::bind({"ravel", kOrder}, arguments);
  return raveled(context, self, order_from(context, given[0], &self));
}

Value flatten(Context& context, NdArray& self, const Arguments& arguments) {
  const auto given = python::bind({"flatten", kOrder}, arguments);
  const Order order = order_from(context, given[0], &self);
  const Value copy = converted_copy(
      context, self, self.dtype(),
      order == Order::c ? ArrayRequest::Layout::c : ArrayRequest::Layout::f, Kinship::copy);
  ArrayParts parts = array_if(copy)->parts();
  parts.shape = Dims{self.size()};
  parts.strides = Dims{self.size() == 0 ? 0 : self.itemsize()};
  return self.make_kin(context, std::move(parts), Kinship::copy);
}

Value squeeze(Context& context, NdArray& self, const Arguments& arguments) {
  static constexpr Parameter kAxis[] = {{"axis", optional}};
  const auto given = python::bind({"squeeze", kAxis}, arguments);
  std::vector<bool> drop(self.ndim(), !is_given(given[0]));
  if (is_given(given[0])) {
    for (const std::int64_t a : shape_from(context, given[0])) {
      const std::size_t axis = axis_from(context, Value::integer(a), self.ndim());
      drop[axis] = true;
      if (self.shape()[axis] != 1) {
        python::raise("ValueError",
                      "cannot select an axis to squeeze out which has size not equal to one");
      }
    }
  }
  ArrayParts parts = self.view_parts();
  parts.shape = {};
  parts.strides = {};
  for (std::size_t k = 0; k < self.ndim(); ++k) {
    if (drop[k] && self.shape()[k] == 1) continue;
    parts.shape.push_back(self.shape()[k]);
    parts.strides.push_back(self.strides()[k]);
  }
  return self.make_kin(context, std::move(parts), Kinship::view);
}

Value diagonal(Context& context, NdArray& self, const Arguments& arguments) {
  static constexpr Parameter kOffset[] = {{"offset", optional}};
  const auto given = python::bind({"diagonal", kOffset}, arguments);
  const std::int64_t offset = is_given(given[0]) ? python::to_index(context, given[0]) : 0;
  if (self.ndim() != 2) {
    throw python::Unsupported{"diagonal() of an array that is not two-dimensional", ""};
  }
  const std::int64_t row = offset < 0 ? -offset : 0;
  const std::int64_t column = offset > 0 ? offset : 0;
  const std::int64_t n =
      std::max<std::int64_t>(0, std::min(self.shape()[0] - row, self.shape()[1] - column));
  ArrayParts parts = self.view_parts();
  parts.data.index +=
      static_cast<std::uint64_t>(row * self.strides()[0] + column * self.strides()[1]);
  parts.shape = Dims{n};
  parts.strides = Dims{self.strides()[0] + self.strides()[1]};
  parts.writeable = false;  // NumPy 1.24: a read-only view
  return self.make_kin(context, std::move(parts), Kinship::view);
}

constexpr auto kMethods = std::to_array<ArrayMethod>({{"reshape", reshape},
                                                      {"transpose", transpose},
                                                      {"swapaxes", swapaxes},
                                                      {"ravel", ravel},
                                                      {"flatten", flatten},
                                                      {"squeeze", squeeze},
                                                      {"diagonal", diagonal}});

Value expand_dims(Context& context, const Arguments& arguments) {
  static constexpr Parameter kParameters[] = {{"a"}, {"axis"}};
  const auto given = python::bind({.function = "expand_dims",
                                   .parameters = kParameters,
                                   .words = Signature::Words::python_function},
                                  arguments);
  const ArrayArgument a = array_argument(context, given[0]);
  const std::size_t axis = axis_from(context, given[1], a->ndim() + 1);
  ArrayParts parts = a->view_parts();
  parts.shape.insert(axis, 1);
  parts.strides.insert(axis, 0);
  return a->make_kin(context, std::move(parts), Kinship::view);
}

Value atleast(Context& context, const Arguments& arguments, std::size_t axes) {
  if (arguments.positional.size() != 1) {
    throw python::Unsupported{"atleast_1d and atleast_2d of other than one array", ""};
  }
  const ArrayArgument a = array_argument(context, arguments.positional[0]);
  if (a->ndim() >= axes) return a.value;
  ArrayParts parts = a->view_parts();
  while (parts.shape.size() < axes) {
    parts.shape.insert(0, 1);
    parts.strides.insert(0, 0);
  }
  return a->make_kin(context, std::move(parts), Kinship::view);
}
Value atleast_1d(Context& context, const Arguments& a) { return atleast(context, a, 1); }
Value atleast_2d(Context& context, const Arguments& a) { return atleast(context, a, 2); }

Value broadcast_to(Context& context, const Arguments& arguments) {
  static constexpr Parameter kParameters[] = {{"array"}, {"shape"}};
  const auto given = python::bind({.function = "broadcast_to",
                                   .parameters = kParameters,
                                   .words = Signature::Words::python_function},
                                  arguments);
  const ArrayArgument a = array_argument(context, given[0]);
  const Dims shape = shape_from(context, given[1]);
  const auto strides = broadcast_strides(a->shape(), a->strides(), shape);
  if (!strides) {
    python::raise("ValueError",
                  "operands could not be broadcast together with remapped shapes "
                  "[original->remapped]: " +
                      text_of(a->shape()) + "  and requested shape " + text_of(shape));
  }
  ArrayParts parts = a->view_parts();
  parts.shape = shape;
  parts.strides = *strides;
  parts.writeable = false;
  return python::make<NdArray>(std::move(parts));
}

constexpr auto kFunctions = std::to_array<ModuleFunction>({{"expand_dims", expand_dims},
                                                           {"atleast_1d", atleast_1d},
                                                           {"atleast_2d", atleast_2d},
                                                           {"broadcast_to", broadcast_to},
                                                           {"reshape", as_function<reshape>},
                                                           {"transpose", as_function<transpose>},
                                                           {"swapaxes", as_function<swapaxes>},
                                                           {"ravel", as_function<ravel>},
                                                           {"squeeze", as_function<squeeze>},
                                                           {"diagonal", as_function<diagonal>}});

}  // namespace

std::span<const ArrayMethod> shape_methods() { return kMethods; }
std::span<const ModuleFunction> shape_functions() { return kFunctions; }

}  // namespace numpy

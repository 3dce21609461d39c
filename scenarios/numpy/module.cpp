// The numpy module, put together from the tables of its parts.

#include "scenarios/numpy/module.h"

#include <array>
#include <cmath>
#include <limits>
#include <numbers>

#include "scenarios/numpy/file_functions.h"
#include "scenarios/numpy/methods.h"
#include "scenarios/numpy/random_generator.h"
#include "scenarios/numpy/real_names.h"
#include "scenarios/numpy/types.h"
#include "scenarios/numpy/ufunc.h"
#include "scenarios/numpy/ufunc_object.h"

namespace numpy {
namespace {

using python::Context;
using python::Value;

std::array<std::span<const ModuleFunction>, 9> function_tables() {
  return {creation_functions(),  shape_functions(),   joining_functions(),
          reduction_functions(), element_functions(), sorting_functions(),
          numeric_functions(),   dtype_functions(),   settings_functions()};
}

struct Constant {
  std::string_view name;
  double value;
};
constexpr auto kConstants =
    std::to_array<Constant>({{"pi", std::numbers::pi},
                             {"e", std::numbers::e},
                             {"euler_gamma", std::numbers::egamma},
                             {"inf", std::numeric_limits<double>::infinity()},
                             {"Inf", std::numeric_limits<double>::infinity()},
                             {"PINF", std::numeric_limits<double>::infinity()},
                             {"NINF", -std::numeric_limits<double>::infinity()},
                             {"nan", std::numeric_limits<double>::quiet_NaN()},
                             {"NaN", std::numeric_limits<double>::quiet_NaN()},
                             {"NAN", std::numeric_limits<double>::quiet_NaN()}});

// Ufuncs under two names, and the function form of round.
constexpr auto kUfuncAliases =
    std::to_array<std::string_view>({"true_divide", "mod", "abs", "bitwise_not"});

std::vector<std::string_view> all_real_names() {
  return {real_names().begin(), real_names().end()};
}

Value make_module(Context& context) {
  const Value module = python::make<python::ModuleObject>("numpy", all_real_names);
  auto& numpy = *static_cast<python::ModuleObject*>(module.as_object());
  const Value ndarray = add_types(context, numpy);
  for (const auto& table : function_tables()) {
    for (const ModuleFunction& f : table) {
      numpy.add(std::string(f.name), python::make_function(std::string(f.name), f.function));
    }
  }
  for (const Ufunc& u : ufuncs()) numpy.add(std::string(u.name), python::make<UfuncObject>(u));
  for (const std::string_view name : kUfuncAliases) {
    numpy.add(std::string(name), python::make<UfuncObject>(*find_ufunc(name)));
  }
  for (const Constant& c : kConstants) numpy.add(std::string(c.name), Value::real(c.value));
  numpy.add("newaxis", Value::none());
  numpy.add("__version__", python::make_str("1.24.2"));
  numpy.add("random", make_random_module(context));
  add_file_functions(context, numpy, ndarray);
  return module;
}

std::vector<std::string_view> supported_names() {
  std::vector<std::string_view> names = type_names();
  for (const auto& table : function_tables()) {
    for (const ModuleFunction& f : table) names.push_back(f.name);
  }
  for (const Ufunc& u : ufuncs()) names.push_back(u.name);
  names.insert(names.end(), kUfuncAliases.begin(), kUfuncAliases.end());
  for (const Constant& c : kConstants) names.push_back(c.name);
  names.insert(names.end(), {"newaxis", "__version__", "random"});
  const auto files = file_function_names();
  names.insert(names.end(), files.begin(), files.end());
  return names;
}

}  // namespace

python::NativeModule module() { return {"numpy", make_module, supported_names, all_real_names}; }

std::optional<ArrayLook> look_of(const Value& value) {
  const NdArray* array = array_if(value);
  if (array == nullptr || array->buffer() == nullptr) return std::nullopt;
  ArrayLook look{.object = array->buffer()->object(),
                 .dtype = std::string(array->dtype().name()),
                 .kind = array->dtype().kind(),
                 .item_bytes = static_cast<std::uint64_t>(array->itemsize()),
                 .shape = {},
                 .data = array->data(),
                 .is_contiguous = array->is_c_contiguous(),
                 .is_little_endian = array->dtype().byteorder() != ">"};
  for (const std::int64_t n : array->shape()) look.shape.push_back(static_cast<std::uint64_t>(n));
  return look;
}

}  // namespace numpy

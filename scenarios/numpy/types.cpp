// Types by name, and what calling them makes.

#include "scenarios/numpy/types.h"

#include <array>

#include "scenarios/numpy/coerce.h"
#include "scenarios/numpy/create.h"
#include "scenarios/numpy/dtype_object.h"
#include "scenarios/numpy/methods.h"
#include "scenarios/numpy/numpy_state.h"
#include "scenarios/numpy/scalar.h"

namespace numpy {
namespace {

using python::Arguments;
using python::Context;
using python::Parameter;
using python::Value;
using enum python::Parameter::Need;

template <int Type>
Value construct(Context& context, const Arguments& arguments) {
  constexpr auto kType = static_cast<ElementType>(Type);
  python::expect_positional(scalar_type_name(kType), arguments, 0, 1);
  if (arguments.positional.empty()) {
    return make_scalar(Number(std::int64_t{0}).converted_to(kType));
  }
  const Value& value = arguments.positional[0];
  if (is_sequence(value)) return array_from(context, value, DType(kType));
  return make_scalar(element_from(context, value, kType));
}

template <int... Types>
constexpr std::array<python::NativePointer, sizeof...(Types)> constructors(
    std::integer_sequence<int, Types...>) {
  return {construct<Types>...};
}
constexpr auto kConstructors = constructors(std::make_integer_sequence<int, kElementTypes>{});

Value make_ndarray(Context& context, const Arguments& arguments) {
  static constexpr Parameter kParameters[] = {{"shape"},
                                              {"dtype", optional},
                                              {"buffer", optional},
                                              {"offset", optional},
                                              {"strides", optional},
                                              {"order", optional}};
  const auto given = python::bind({"ndarray", kParameters}, arguments);
  refuse("ndarray", "buffer", given[2]);
  refuse("ndarray", "offset", given[3]);
  refuse("ndarray", "strides", given[4]);
  const DType dtype = is_given(given[1]) ? dtype_from(context, given[1]) : kFloat64;
  return new_array(context, dtype, shape_from(context, given[0]), order_from(context, given[5]));
}

Value make_dtype(Context& context, const Arguments& arguments) {
  static constexpr Parameter kParameters[] = {{"dtype"}, {"align", optional}, {"copy", optional}};
  const auto given = python::bind({"dtype", kParameters}, arguments);
  return dtype_value(context, dtype_from(context, given[0]));
}

struct Abstract {
  const char* name;
  const char* base;
};
// Bases before what is derived from them.
constexpr auto kAbstract = std::to_array<Abstract>({{"generic", ""},
                                                    {"number", "generic"},
                                                    {"integer", "number"},
                                                    {"signedinteger", "integer"},
                                                    {"unsignedinteger", "integer"},
                                                    {"inexact", "number"},
                                                    {"floating", "inexact"}});

std::string abstract_base(DType d) {
  if (d.is_bool()) return "numpy.generic";
  if (d.is_float()) return "numpy.floating";
  return d.is_signed() ? "numpy.signedinteger" : "numpy.unsignedinteger";
}

struct Alias {
  std::string_view alias;
  std::string_view name;
};
constexpr auto kAliases = std::to_array<Alias>({
    {"byte", "int8"},
    {"ubyte", "uint8"},
    {"short", "int16"},
    {"ushort", "uint16"},
    {"intc", "int32"},
    {"uintc", "uint32"},
    {"int_", "int64"},
    {"intp", "int64"},
    {"longlong", "int64"},
    {"uint", "uint64"},
    {"uintp", "uint64"},
    {"ulonglong", "uint64"},
    {"single", "float32"},
    {"double", "float64"},
    {"float_", "float64"},

});

void add_base_named(Context& context, const Value& type, std::string_view base) {
  const Value found = context.types().find(base);
  if (found.is_bound()) static_cast<python::TypeObject*>(type.as_object())->add_base(found);
}

void add_scalar_types(Context& context, python::ModuleObject& module) {
  for (int k = 0; k < kElementTypes; ++k) {
    const auto element = static_cast<ElementType>(k);
    const DType dtype(element);
    const std::string name(scalar_type_name(element));
    const Value type = python::make_type(context, name, scalar_qualified_name(element),
                                         kConstructors[static_cast<std::size_t>(k)]);
    add_base_named(context, type, abstract_base(dtype));
    if (element == ElementType::float64) add_base_named(context, type, "float");
    module.add(name, type);
    const DTypeObject of_dtype(dtype);
    const Value dtype_type = python::make_type(context, std::string(of_dtype.type_name()),
                                               of_dtype.qualified_type_name(), nullptr);
    add_base_named(context, dtype_type, "numpy.dtype");
  }
  for (const Alias& a : kAliases) {
    module.add(std::string(a.alias), context.types().find("numpy." + std::string(a.name)));
  }
}

}  // namespace

Value add_types(Context& context, python::ModuleObject& module) {
  const Value ndarray = python::make<NdArrayType>(make_ndarray);
  context.types().add(ndarray);
  module.add("ndarray", ndarray);
  module.add("dtype", python::make_type(context, "dtype", "numpy.dtype", make_dtype));
  for (const Abstract& a : kAbstract) {
    const Value type = python::make_type(context, a.name, std::string("numpy.") + a.name, nullptr);
    if (*a.base != '\0') add_base_named(context, type, std::string("numpy.") + a.base);
    module.add(a.name, type);
  }
  add_scalar_types(context, module);
  return ndarray;
}

std::vector<std::string_view> type_names() {
  std::vector<std::string_view> names{"ndarray", "dtype"};
  for (const Abstract& a : kAbstract) names.emplace_back(a.name);
  for (int k = 0; k < kElementTypes; ++k) {
    names.push_back(scalar_type_name(static_cast<ElementType>(k)));
  }
  for (const Alias& a : kAliases) names.push_back(a.alias);
  return names;
}

}  // namespace numpy

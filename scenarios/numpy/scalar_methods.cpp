// Attributes and methods of NumPy scalars: those of an array with one element that make sense.

#include <array>
#include <cmath>

#include "scenarios/numpy/coerce.h"
#include "scenarios/numpy/methods.h"
#include "scenarios/numpy/round.h"
#include "scenarios/numpy/scalar.h"
#include "scenarios/numpy/ufunc.h"

namespace numpy {
namespace {

using python::Arguments;
using python::Context;
using python::Value;

using ScalarMethod = Value (*)(Context&, Scalar&, const Arguments&);
struct Entry {
  std::string_view name;
  ScalarMethod function;
};

Value item(Context&, Scalar& self, const Arguments&) { return to_python(self.number()); }
Value itself(Context&, Scalar& self, const Arguments&) { return Value::object(&self); }

Value truth(Context&, Scalar& self, const Arguments&) {
  return make_scalar(Number(self.number().is_nonzero()));
}

// sum() and prod() of one number: in the type that sums have.
Value total(Context&, Scalar& self, const Arguments&) {
  const DType d = self.dtype();
  if (d.is_float()) return Value::object(&self);
  return make_scalar(
      self.number().converted_to(d.is_unsigned() ? ElementType::uint64 : ElementType::int64));
}

Value mean(Context&, Scalar& self, const Arguments&) {
  if (self.dtype().is_float()) return Value::object(&self);
  return make_scalar(Number(self.number().to_double()));
}

Value astype(Context& context, Scalar& self, const Arguments& arguments) {
  static constexpr python::Parameter kParameters[] = {{"dtype"}};
  const auto given = python::bind({"astype", kParameters}, arguments);
  return make_scalar(self.number().converted_to(dtype_from(context, given[0]).type()));
}

Value round(Context& context, Scalar& self, const Arguments& arguments) {
  static constexpr python::Parameter kParameters[] = {
      {"decimals", python::Parameter::Need::optional}};
  const auto given = python::bind({"round", kParameters}, arguments);
  const std::int64_t decimals = is_given(given[0]) ? python::to_index(context, given[0]) : 0;
  return rounded_scalar(context, self.number(), decimals);
}

// round(x): a Python int without digits, as Python's own floats.
Value builtin_round(Context& context, Scalar& self, const Arguments& arguments) {
  if (!arguments.positional.empty() && !arguments.positional[0].is_none()) {
    return round(context, self, arguments);
  }
  if (!self.dtype().is_float()) return to_python(self.number());
  const Number whole(std::nearbyint(self.number().to_double()));
  return *Scalar(whole).as_int(context);
}

Value absolute(Context& context, Scalar& self, const Arguments&) {
  return call_ufunc(context, "absolute", {Value::object(&self)});
}

Value tobytes(Context&, Scalar& self, const Arguments&) {
  const auto* first = reinterpret_cast<const char*>(self.number().bytes());
  return python::make_bytes(std::string(first, self.dtype().itemsize()));
}

Value is_integer(Context&, Scalar& self, const Arguments&) {
  const double x = self.number().to_double();
  return Value::boolean(std::isfinite(x) && std::floor(x) == x);
}

constexpr auto kMethods = std::to_array<Entry>({{"item", item},
                                                {"tolist", item},
                                                {"copy", itself},
                                                {"min", itself},
                                                {"max", itself},
                                                {"conjugate", itself},
                                                {"any", truth},
                                                {"all", truth},
                                                {"sum", total},
                                                {"prod", total},
                                                {"mean", mean},
                                                {"astype", astype},
                                                {"round", round},
                                                {"tobytes", tobytes},
                                                {"is_integer", is_integer},
                                                {"__round__", builtin_round},
                                                {"__abs__", absolute}});

const Entry* find_method(std::string_view name) {
  for (const Entry& m : kMethods) {
    if (m.name == name) return &m;
  }
  return nullptr;
}

constexpr auto kAttributes =
    std::to_array<std::string_view>({"T", "base", "dtype", "imag", "itemsize", "nbytes", "ndim",
                                     "real", "shape", "size", "strides"});

}  // namespace

std::optional<Value> Scalar::find_attribute(Context& context, std::string_view name) {
  if (name == "dtype") return dtype_value(context, dtype());
  if (name == "shape" || name == "strides") return python::make_tuple();
  if (name == "ndim") return Value::integer(0);
  if (name == "size") return Value::integer(1);
  if (name == "itemsize" || name == "nbytes") return Value::integer(dtype().itemsize());
  if (name == "T" || name == "real") return Value::object(this);
  if (name == "imag") return make_scalar(Number(std::int64_t{0}).converted_to(number_.type()));
  if (name == "base") return Value::none();
  if (find_method(name) != nullptr) {
    return python::make<python::BoundNativeMethod>(Value::object(this), std::string(name));
  }
  if (find_array_method(name) != nullptr) {
    throw python::Unsupported{
        "numpy." + std::string(type_name()) + "." + std::string(name) + " is not supported",
        "np.array([x])." + std::string(name)};
  }
  return std::nullopt;
}

std::vector<std::string_view> Scalar::attribute_names() const {
  std::vector<std::string_view> names(kAttributes.begin(), kAttributes.end());
  for (const Entry& m : kMethods) names.push_back(m.name);
  return names;
}

Value Scalar::call_method(Context& context, std::string_view name, const Arguments& arguments) {
  if (const Entry* method = find_method(name)) return method->function(context, *this, arguments);
  return Object::call_method(context, name, arguments);
}

Value Scalar::item(Context&, const Value& key) {
  const auto* tuple = key.get_if<python::TupleObject>();
  if (tuple != nullptr && tuple->items().empty()) return Value::object(this);
  python::raise("IndexError", "invalid index to scalar variable.");
}

}  // namespace numpy

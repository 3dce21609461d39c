// Limits from std::numeric_limits: as values of the type for floats, Python ints for integers.

#include "scenarios/numpy/info_object.h"

#include <limits>

#include "scenarios/numpy/scalar.h"
#include "scenarios/python/native.h"

namespace numpy {

using python::Context;
using python::Value;

namespace {

template <class T>
std::optional<Value> float_limit(std::string_view name) {
  using Limits = std::numeric_limits<T>;
  if (name == "max") return make_scalar(Number(Limits::max()));
  if (name == "min") return make_scalar(Number(Limits::lowest()));
  if (name == "eps") return make_scalar(Number(Limits::epsilon()));
  if (name == "epsneg") return make_scalar(Number(Limits::epsilon() / 2));
  if (name == "tiny" || name == "smallest_normal") return make_scalar(Number(Limits::min()));
  if (name == "smallest_subnormal") return make_scalar(Number(Limits::denorm_min()));
  if (name == "resolution") return make_scalar(Number(sizeof(T) == 4 ? T(1e-6L) : T(1e-15L)));
  if (name == "precision") return Value::integer(Limits::digits10);
  if (name == "nmant") return Value::integer(Limits::digits - 1);
  return std::nullopt;
}

Value integer_limit(DType dtype, bool is_max) {
  return visit_type(dtype.type(), [&](auto tag) {
    using T = typename decltype(tag)::type;
    if constexpr (std::is_integral_v<T>) {
      using Limits = std::numeric_limits<T>;
      return to_python(Number(is_max ? Limits::max() : Limits::min()));
    } else {
      return Value::none();
    }
  });
}

}  // namespace

std::optional<Value> InfoObject::find_attribute(Context& context, std::string_view name) {
  if (name == "dtype") return dtype_value(context, dtype_);
  if (name == "bits") return Value::integer(8 * dtype_.itemsize());
  if (dtype_.is_float()) {
    return dtype_.type() == ElementType::float32 ? float_limit<float>(name)
                                                 : float_limit<double>(name);
  }
  if (name == "max" || name == "min") return integer_limit(dtype_, name == "max");
  if (name == "kind") return python::make_str(std::string(1, dtype_.kind()));
  return std::nullopt;
}

std::vector<std::string_view> InfoObject::attribute_names() const {
  if (!dtype_.is_float()) return {"bits", "dtype", "kind", "max", "min"};
  return {"bits", "dtype", "eps", "epsneg", "max", "min", "precision", "resolution", "tiny"};
}

std::string InfoObject::repr(Context& context) {
  const auto text = [&](std::string_view name) {
    return python::str(context, *find_attribute(context, name));
  };
  if (!dtype_.is_float()) {
    return "iinfo(min=" + text("min") + ", max=" + text("max") +
           ", dtype=" + std::string(dtype_.name()) + ")";
  }
  return "finfo(resolution=" + text("resolution") + ", min=" + text("min") +
         ", max=" + text("max") + ", dtype=" + std::string(dtype_.name()) + ")";
}

std::string InfoObject::str(Context& context) {
  if (dtype_.is_float()) {
    throw python::Unsupported{"printing np.finfo(...)", "its attributes: np.finfo(float).eps"};
  }
  const std::string line = std::string(63, '-') + "\n";
  const auto text = [&](std::string_view name) {
    return python::str(context, *find_attribute(context, name));
  };
  return "Machine parameters for " + std::string(dtype_.name()) + "\n" + line +
         "min = " + text("min") + "\nmax = " + text("max") + "\n" + line;
}

}  // namespace numpy

// Element by element conversion, and the shapes of nested lists.

#include "scenarios/numpy/coerce.h"

#include <cmath>

#include "scenarios/numpy/float_errors.h"
#include "scenarios/numpy/promotion.h"
#include "scenarios/numpy/scalar.h"
#include "scenarios/python/native.h"

namespace numpy {
namespace {

using python::Context;
using python::Value;

void warn_out_of_bounds(Context& context, std::int64_t n, ElementType type) {
  context.warn("DeprecationWarning",
               "NumPy will stop allowing conversion of out-of-bound Python integers to integer "
               "arrays.  The conversion of " +
                   std::to_string(n) + " to " + std::string(DType(type).name()) +
                   " will fail in the future.\n"
                   "For the old behavior, usually:\n"
                   "    np.array(value).astype(dtype)`\n"
                   "will give the desired result (the cast overflows).");
}

bool fits(std::int64_t n, ElementType type) {
  return visit_type(type, [n](auto tag) {
    using T = typename decltype(tag)::type;
    if constexpr (std::is_integral_v<T>) {
      if constexpr (std::is_same_v<T, std::uint64_t>)
        return n >= 0;
      else
        return n >= std::numeric_limits<T>::min() &&
               n <= std::int64_t{std::numeric_limits<T>::max()};
    } else {
      return true;
    }
  });
}

std::int64_t truncated(double x) {  // int(x), as long as a C long holds it
  if (std::isnan(x)) python::raise("ValueError", "cannot convert float NaN to integer");
  if (std::isinf(x)) python::raise("OverflowError", "cannot convert float infinity to integer");
  if (x < -9223372036854775808.0 || x >= 9223372036854775808.0) {
    python::raise("OverflowError", "Python int too large to convert to C long");
  }
  return static_cast<std::int64_t>(x);
}

Number from_text(Context& context, const Value& text, ElementType type) {
  if (type == ElementType::boolean) return Number(!python::as_str(text)->empty());
  const bool is_float = DType(type).is_float();
  const auto constructor = context.types().find(is_float ? "float" : "int");
  const std::vector<Value> arguments{text};
  const Value parsed = python::call(context, constructor, {arguments, {}});
  return number_of(parsed)->converted_to(type);
}

Number from_scalar(Context& context, const Number& n, ElementType type) {
  if (n.is_float() && DType(type).is_integer()) {
    return Number(truncated(n.to_double())).converted_to(type);
  }
  const Number converted = n.converted_to(type);
  // Only a float64 that float32 cannot hold has anything to tell.
  if (n.type() == ElementType::float64 && type == ElementType::float32 &&
      std::isinf(converted.as<float>()) && std::isfinite(n.as<double>())) {
    const FloatErrors errors;
    static_cast<void>(n.converted_to(type));
    errors.warn(context, "cast");
  }
  return converted;
}

}  // namespace

bool is_sequence(const Value& value) {
  return python::as_sequence(value).has_value() || value.get_if<python::RangeObject>() != nullptr ||
         array_if(value) != nullptr;
}

Number element_from(Context& context, const Value& value, ElementType type) {
  if (value.is_integer()) {
    const std::int64_t n = value.as_integer();
    if (!fits(n, type)) warn_out_of_bounds(context, n, type);
    return Number(n).converted_to(type);
  }
  if (const auto n = number_of(value)) return from_scalar(context, *n, type);
  if (python::as_str(value)) return from_text(context, value, type);
  if (value.is_none() && DType(type).is_float()) {
    return Number(std::numeric_limits<double>::quiet_NaN()).converted_to(type);
  }
  if (type == ElementType::boolean && value.is_none()) return Number(false);
  if (NdArray* a = array_if(value); a != nullptr && a->size() == 1) {
    std::byte item[8];
    load(context, a->data(), std::span(item, a->dtype().itemsize()));
    return from_scalar(context, Number::read(item, a->dtype()), type);
  }
  if (is_sequence(value)) {
    python::raise("ValueError", "setting an array element with a sequence.");
  }
  if (DType(type).is_float()) {
    python::raise("TypeError", "float() argument must be a string or a real number, not " +
                                   python::quoted_type(value));
  }
  python::raise("TypeError",
                "int() argument must be a string, a bytes-like object or a real number, not " +
                    python::quoted_type(value));
}

namespace {

class Discovery {
 public:
  explicit Discovery(Context& context) : context_(context) {}

  Discovered run(const Value& value) {
    find_shape(value);
    collect(value, 0);
    if (!any_) result_.type = ElementType::float64;
    return std::move(result_);
  }

 private:
  std::vector<Value> items_of(const Value& value) {
    if (const auto sequence = python::as_sequence(value)) {
      return {sequence->begin(), sequence->end()};
    }
    return python::collect(context_, value);
  }

  void find_shape(Value value) {  // along the first items
    while (is_sequence(value)) {
      if (NdArray* a = array_if(value)) {
        for (const std::int64_t d : a->shape()) result_.shape.push_back(d);
        return;
      }
      const std::vector<Value> items = items_of(value);
      result_.shape.push_back(static_cast<std::int64_t>(items.size()));
      if (items.empty()) return;
      value = items.front();
    }
  }

  [[noreturn]] void raise_ragged(std::size_t axes) {
    std::vector<Value> lengths;
    for (std::size_t k = 0; k < axes; ++k) lengths.push_back(Value::integer(result_.shape[k]));
    python::raise(
        "ValueError",
        "setting an array element with a sequence. The requested array has an inhomogeneous "
        "shape after " +
            std::to_string(axes) + " dimensions. The detected shape was " +
            python::repr(context_, python::make_tuple(std::move(lengths))) +
            " + inhomogeneous part.");
  }

  void collect(const Value& value, std::size_t axis) {
    if (!is_sequence(value)) {
      if (axis != result_.shape.size()) raise_ragged(axis);
      add_leaf(value);
      return;
    }
    if (axis == result_.shape.size()) raise_ragged(axis);
    if (NdArray* a = array_if(value)) {
      collect_array(*a, axis);
      return;
    }
    const std::vector<Value> items = items_of(value);
    if (static_cast<std::int64_t>(items.size()) != result_.shape[axis]) raise_ragged(axis);
    for (const Value& item : items) collect(item, axis + 1);
  }

  void collect_array(NdArray& a, std::size_t axis) {
    const std::span<const std::int64_t> rest(result_.shape.begin() + axis, result_.shape.end());
    if (!(Dims(rest) == a.shape())) raise_ragged(axis);
    for (ElementAddresses at(a); !at.done(); at.advance()) {
      context_.spend(1);
      std::byte item[8];
      load(context_, at.address(), std::span(item, a.dtype().itemsize()));
      add_leaf(make_scalar(Number::read(item, a.dtype())));
    }
    if (a.size() == 0) add_type(a.dtype().type());
  }

  void add_leaf(const Value& value) {
    if (const auto n = number_of(value)) {
      add_type(n->type());
    } else if (!value.is_none() && !python::as_str(value)) {
      throw python::Unsupported{"an array of " + python::quoted_type(value) + " objects",
                                "numbers or bools"};
    }
    context_.spend(1);
    result_.leaves.push_back(value);
  }

  void add_type(ElementType type) {
    result_.type = any_ ? promote(result_.type, type) : type;
    any_ = true;
  }

  Context& context_;
  Discovered result_;
  bool any_ = false;
};

}  // namespace

Discovered discover(Context& context, const Value& value) { return Discovery(context).run(value); }

}  // namespace numpy

// x.shape, x.T and the other attributes; methods by name; iteration; text.

#include <array>

#include "scenarios/numpy/array_flags.h"
#include "scenarios/numpy/iterate.h"
#include "scenarios/numpy/methods.h"
#include "scenarios/numpy/numpy_state.h"
#include "scenarios/numpy/print_array.h"
#include "scenarios/numpy/scalar.h"
#include "scenarios/numpy/shape.h"

namespace numpy {

using python::Context;
using python::Value;

namespace {

constexpr auto kAttributes =
    std::to_array<std::string_view>({"T", "base", "dtype", "flags", "imag", "itemsize", "nbytes",
                                     "ndim", "real", "shape", "size", "strides"});

// Attributes and methods that NumPy's arrays have and these lack: for hints ("Did you mean:
// 'choose'?") and to tell "not supported" from "no such attribute".
constexpr auto kForeign = std::to_array<std::string_view>(
    {"choose", "compress", "conj", "conjugate", "ctypes", "data", "dump", "dumps", "flat",
     "getfield", "itemset", "newbyteorder", "partition", "argpartition", "ptp", "put", "resize",
     "setfield", "tostring"});

Value tuple_of(const Dims& d) {
  std::vector<Value> items;
  for (const std::int64_t n : d) items.push_back(Value::integer(n));
  return python::make_tuple(std::move(items));
}

class ArrayIterator final : public python::Object {
 public:
  explicit ArrayIterator(Value array) : array_(std::move(array)) {}
  std::string_view type_name() const override { return "iterator"; }
  std::string repr(Context&) override { return "<iterator object>"; }
  Value iterate(Context&) override { return Value::object(this); }
  std::optional<Value> next(Context& context) override {
    NdArray& a = *array_if(array_);
    if (a.ndim() == 0 || next_ >= a.shape()[0]) return std::nullopt;  // its shape can be changed
    return a.item(context, Value::integer(next_++));
  }
  python::Object* clone(python::Cloner& cloner) override {
    auto* copy = new ArrayIterator({});
    cloner.later(array_, copy->array_);
    copy->next_ = next_;
    return copy;
  }

 private:
  Value array_;
  std::int64_t next_ = 0;
};

}  // namespace

std::optional<Value> NdArray::find_attribute(Context& context, std::string_view name) {
  if (name == "shape") return tuple_of(shape());
  if (name == "strides") return tuple_of(strides());
  if (name == "dtype") return dtype_value(context, dtype());
  if (name == "size") return Value::integer(size());
  if (name == "ndim") return Value::integer(static_cast<std::int64_t>(ndim()));
  if (name == "itemsize") return Value::integer(itemsize());
  if (name == "nbytes") return Value::integer(size() * itemsize());
  if (name == "T") return transposed(context, *this);
  if (name == "base") return base().is_bound() ? base() : Value::none();
  if (name == "flags") return python::make<FlagsObject>(Value::object(this));
  if (name == "real") return Value::object(this);
  if (name == "imag") return new_array(context, dtype(), shape());
  if (find_array_method(name) != nullptr) {
    return python::make<python::BoundNativeMethod>(Value::object(this), std::string(name));
  }
  for (const std::string_view foreign : kForeign) {
    if (foreign == name) {
      throw python::Unsupported{"ndarray." + std::string(name) + " is not supported", ""};
    }
  }
  return std::nullopt;
}

std::vector<std::string_view> NdArray::attribute_names() const {
  std::vector<std::string_view> names = array_method_names();
  names.insert(names.end(), kAttributes.begin(), kAttributes.end());
  names.insert(names.end(), kForeign.begin(), kForeign.end());
  return names;
}

bool NdArray::set_attribute(Context& context, std::string_view name, const Value& value) {
  if (name == "shape") {
    set_shape(context, *this, value);
    return true;
  }
  if (name == "dtype" || name == "strides") {
    throw python::Unsupported{"setting ndarray." + std::string(name), "x.view(dtype)"};
  }
  return false;
}

Value NdArray::call_method(Context& context, std::string_view name,
                           const python::Arguments& arguments) {
  if (const ArrayMethod* method = find_array_method(name)) {
    return method->function(context, *this, arguments);
  }
  return Object::call_method(context, name, arguments);
}

Value NdArray::iterate(Context&) {
  if (ndim() == 0) python::raise("TypeError", "iteration over a 0-d array");
  return python::make<ArrayIterator>(Value::object(this));
}

std::string NdArray::repr(Context& context) {
  const std::string_view name = type_name();
  return array_repr(context, *this, name == "ndarray" ? "array" : name,
                    state_of(context).print_options);
}

std::string NdArray::str(Context& context) {
  return array_str(context, *this, state_of(context).print_options);
}

std::string NdArray::format(Context& context, std::string_view spec) {
  if (spec.empty()) return str(context);
  if (ndim() == 0) {
    std::byte item[8];
    load(context, data(), std::span(item, dtype().itemsize()));
    return Scalar(Number::read(item, dtype())).format(context, spec);
  }
  python::raise("TypeError", "unsupported format string passed to numpy.ndarray.__format__");
}

}  // namespace numpy

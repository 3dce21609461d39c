// Reading, writing and converting one element.

#include "scenarios/numpy/number.h"

#include "scenarios/numpy/cast.h"
#include "scenarios/python/error.h"

namespace numpy {

Number Number::read(const std::byte* from, DType dtype) {
  Number n;
  n.type_ = dtype.type();
  if (dtype.is_native()) {
    std::memcpy(n.bytes_, from, dtype.itemsize());
    return n;
  }
  convert(dtype, {from, 0}, dtype.native(), {n.bytes_, 0}, 1);
  return n;
}

void Number::write(std::byte* to, DType dtype) const {
  if (dtype == DType(type_)) {
    std::memcpy(to, bytes_, dtype.itemsize());
    return;
  }
  convert(DType(type_), {bytes_, 0}, dtype, {to, 0}, 1);
}

bool Number::is_negative() const {
  return visit_type(type_, [&](auto tag) {
    using T = typename decltype(tag)::type;
    if constexpr (std::is_same_v<T, Bool>)
      return false;
    else
      return as<T>() < T{};
  });
}

bool Number::is_nonzero() const {
  return visit_type(type_, [&](auto tag) {
    using T = typename decltype(tag)::type;
    return element_cast<Bool>(as<T>()).byte != 0;
  });
}

double Number::to_double() const { return converted_to(ElementType::float64).as<double>(); }

std::int64_t Number::to_int64() const {
  return converted_to(ElementType::int64).as<std::int64_t>();
}

std::uint64_t Number::to_uint64() const {
  return converted_to(ElementType::uint64).as<std::uint64_t>();
}

Number Number::converted_to(ElementType type) const {
  if (type == type_) return *this;
  Number n;
  n.type_ = type;
  conversion(type_, type)({bytes_, 0}, {n.bytes_, 0}, 1);
  return n;
}

python::Value to_python(const Number& n) {
  if (n.type() == ElementType::boolean) return python::Value::boolean(n.is_nonzero());
  if (n.is_float()) return python::Value::real(n.to_double());
  if (n.type() == ElementType::uint64 && n.as<std::uint64_t>() > INT64_MAX) {
    throw python::Unsupported{"a Python int of more than 64 bits", "np.float64 or a smaller value"};
  }
  return python::Value::integer(n.to_int64());
}

}  // namespace numpy

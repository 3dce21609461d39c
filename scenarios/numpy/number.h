// One element as a number on the host, and the step from an ElementType to a C++ type.

#pragma once

#include <cstdint>
#include <cstring>
#include <string>
#include <type_traits>

#include "scenarios/numpy/dtype.h"

namespace numpy {

// A NumPy bool: one byte, and any byte but 0 is true (a file can hold every value).
struct Bool {
  std::uint8_t byte = 0;
  constexpr Bool() = default;
  template <class T>
  requires std::is_arithmetic_v<T>
  constexpr Bool(T n) : byte(n != T{} ? 1 : 0) {}
  constexpr operator bool() const { return byte != 0; }
};

template <class T>
struct TypeTag {
  using type = T;
};

// Calls f(TypeTag<T>{}) with the C++ type of an element.
template <class F>
decltype(auto) visit_type(ElementType t, F&& f) {
  switch (t) {
    case ElementType::boolean: return f(TypeTag<Bool>{});
    case ElementType::int8: return f(TypeTag<std::int8_t>{});
    case ElementType::uint8: return f(TypeTag<std::uint8_t>{});
    case ElementType::int16: return f(TypeTag<std::int16_t>{});
    case ElementType::uint16: return f(TypeTag<std::uint16_t>{});
    case ElementType::int32: return f(TypeTag<std::int32_t>{});
    case ElementType::uint32: return f(TypeTag<std::uint32_t>{});
    case ElementType::int64: return f(TypeTag<std::int64_t>{});
    case ElementType::uint64: return f(TypeTag<std::uint64_t>{});
    case ElementType::float32: return f(TypeTag<float>{});
    case ElementType::float64: break;
  }
  return f(TypeTag<double>{});
}

template <class T>
constexpr ElementType element_type_of() {
  if constexpr (std::is_same_v<T, Bool>) return ElementType::boolean;
  if constexpr (std::is_same_v<T, float>) return ElementType::float32;
  if constexpr (std::is_same_v<T, double>) return ElementType::float64;
  if constexpr (std::is_integral_v<T>) {
    constexpr int log_size = sizeof(T) == 1 ? 0 : sizeof(T) == 2 ? 1 : sizeof(T) == 4 ? 2 : 3;
    return static_cast<ElementType>(1 + 2 * log_size + (std::is_unsigned_v<T> ? 1 : 0));
  }
}

// Elements may lie at any address (a memmap's offset=), so they are never dereferenced in place.
template <class T>
inline T load_as(const std::byte* from) {
  T value;
  std::memcpy(&value, from, sizeof value);
  return value;
}
template <class T>
inline void store_as(std::byte* to, T value) {
  std::memcpy(to, &value, sizeof value);
}

// An element's value, native byte order.
class Number {
 public:
  Number() : Number(std::int64_t{0}) {}
  template <class T>
  requires(std::is_arithmetic_v<T> || std::is_same_v<T, Bool>) Number(T value)
      : type_(element_type_of<std::conditional_t<std::is_same_v<T, bool>, Bool, T>>()) {
    if constexpr (std::is_same_v<T, bool>) {
      store_as(bytes_, Bool(value));
    } else {
      store_as(bytes_, value);
    }
  }
  static Number read(const std::byte* from, DType);
  void write(std::byte* to, DType) const;  // converted and in the dtype's byte order

  ElementType type() const { return type_; }
  const std::byte* bytes() const { return bytes_; }
  template <class T>
  T as() const {  // Requires: T is the C++ type of type().
    return load_as<T>(bytes_);
  }

  bool is_float() const { return DType(type_).is_float(); }
  bool is_negative() const;
  bool is_nonzero() const;
  double to_double() const;
  std::int64_t to_int64() const;  // as a C cast on x86-64 does
  std::uint64_t to_uint64() const;
  Number converted_to(ElementType) const;  // as astype does

 private:
  ElementType type_;
  alignas(8) std::byte bytes_[8] = {};
};

// The value of the language for an element: bool, int or float (x.item()). Unsupported above the
// language's 64-bit ints.
python::Value to_python(const Number&);

}  // namespace numpy

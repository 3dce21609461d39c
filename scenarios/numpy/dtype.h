// What an array's elements are: a type and a byte order, with the names NumPy gives to it.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "scenarios/python/value.h"

namespace python {
class Context;
}

namespace numpy {

// In the order of NumPy's type numbers, which promotion and searching go by.
enum class ElementType : std::uint8_t {
  boolean,
  int8,
  uint8,
  int16,
  uint16,
  int32,
  uint32,
  int64,
  uint64,
  float32,
  float64,
};
inline constexpr int kElementTypes = 11;

enum class ByteOrder : std::uint8_t { little, big };  // every host of this project is little-endian

class DType {
 public:
  constexpr DType(ElementType type, ByteOrder order = ByteOrder::little)
      : type_(type), order_(itemsize_of(type) == 1 ? ByteOrder::little : order) {}

  constexpr ElementType type() const { return type_; }
  constexpr ByteOrder order() const { return order_; }
  constexpr bool is_native() const { return order_ == ByteOrder::little; }
  constexpr std::uint32_t itemsize() const { return itemsize_of(type_); }
  constexpr bool is_bool() const { return type_ == ElementType::boolean; }
  constexpr bool is_float() const { return type_ >= ElementType::float32; }
  constexpr bool is_signed() const { return kind() == 'i'; }
  constexpr bool is_unsigned() const { return kind() == 'u'; }
  constexpr bool is_integer() const { return is_signed() || is_unsigned(); }
  constexpr char kind() const {  // dtype.kind: 'b', 'i', 'u', 'f'
    if (type_ == ElementType::boolean) return 'b';
    if (is_float()) return 'f';
    return (static_cast<int>(type_) % 2) == 1 ? 'i' : 'u';
  }
  constexpr DType native() const { return DType(type_); }
  constexpr DType with_order(ByteOrder o) const { return DType(type_, o); }

  std::string_view name() const;       // dtype.name: "int32", whatever the byte order
  std::string str_code() const;        // dtype.str: "<i4", "|u1"
  std::string str() const;             // str(dtype): "int32", ">i4"
  std::string repr() const;            // repr(dtype): "dtype('int32')"
  std::string_view byteorder() const;  // dtype.byteorder: "=", ">", "|"
  char type_char() const;              // dtype.char: 'i'
  int type_number() const;             // dtype.num

  friend constexpr bool operator==(DType, DType) = default;

 private:
  static constexpr std::uint32_t itemsize_of(ElementType t) {
    switch (t) {
      case ElementType::boolean:
      case ElementType::int8:
      case ElementType::uint8: return 1;
      case ElementType::int16:
      case ElementType::uint16: return 2;
      case ElementType::int32:
      case ElementType::uint32:
      case ElementType::float32: return 4;
      case ElementType::int64:
      case ElementType::uint64:
      case ElementType::float64: return 8;
    }
    return 0;
  }

  ElementType type_;
  ByteOrder order_;
};

inline constexpr DType kBool{ElementType::boolean};
inline constexpr DType kInt64{ElementType::int64};  // also Python's int
inline constexpr DType kUint64{ElementType::uint64};
inline constexpr DType kUint8{ElementType::uint8};
inline constexpr DType kFloat32{ElementType::float32};
inline constexpr DType kFloat64{ElementType::float64};  // also Python's float

// "int32", "<i4", "u1", "double": nothing if NumPy does not know the text. A known type outside the
// subset ("complex128", "O") raises Unsupported.
std::optional<DType> parse_dtype(std::string_view);

// What a dtype= argument means: a dtype, np.int32, int, float, bool or a text. Raises the TypeError
// that NumPy does. None means float64, as np.dtype(None).
DType dtype_from(python::Context&, const python::Value&);

// The value for x.dtype.
python::Value dtype_value(python::Context&, DType);

}  // namespace numpy

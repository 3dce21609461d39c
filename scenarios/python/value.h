// A Python value: None, bool, int and float inline, everything else an object by counted reference.

#pragma once

#include <cstdint>
#include <utility>

#include "sim/core/check.h"

namespace python {

class Object;
void retain(Object*) noexcept;
void release(Object*) noexcept;

// Ints are 64 bits wide; what would not fit is an Unsupported error, never a wrong number.
class Value {
 public:
  enum class Tag : std::uint8_t { unbound, none, boolean, integer, real, object };

  Value() noexcept : tag_(Tag::unbound) { bits_.integer = 0; }
  static Value none() { return Value(Tag::none); }
  static Value boolean(bool b) {
    Value v(Tag::boolean);
    v.bits_.integer = b ? 1 : 0;
    return v;
  }
  static Value integer(std::int64_t n) {
    Value v(Tag::integer);
    v.bits_.integer = n;
    return v;
  }
  static Value real(double d) {
    Value v(Tag::real);
    v.bits_.real = d;
    return v;
  }
  // Takes part in the ownership of o (adds a reference). Requires: o is not null.
  static Value object(Object* o) {
    SIM_CHECK(o != nullptr);
    Value v(Tag::object);
    v.bits_.object = o;
    retain(o);
    return v;
  }

  Value(const Value& other) noexcept : tag_(other.tag_), bits_(other.bits_) {
    if (tag_ == Tag::object) retain(bits_.object);
  }
  Value(Value&& other) noexcept : tag_(other.tag_), bits_(other.bits_) {
    other.tag_ = Tag::unbound;
  }
  Value& operator=(const Value& other) noexcept {
    Value copy(other);
    swap(copy);
    return *this;
  }
  Value& operator=(Value&& other) noexcept {
    Value taken(std::move(other));
    swap(taken);
    return *this;
  }
  ~Value() {
    if (tag_ == Tag::object) release(bits_.object);
  }
  void swap(Value& other) noexcept {
    std::swap(tag_, other.tag_);
    std::swap(bits_, other.bits_);
  }

  Tag tag() const { return tag_; }
  bool is_bound() const { return tag_ != Tag::unbound; }
  bool is_none() const { return tag_ == Tag::none; }
  bool is_boolean() const { return tag_ == Tag::boolean; }
  bool is_integer() const { return tag_ == Tag::integer; }
  bool is_real() const { return tag_ == Tag::real; }
  bool is_object() const { return tag_ == Tag::object; }

  bool as_boolean() const { return bits_.integer != 0; }
  std::int64_t as_integer() const { return bits_.integer; }  // of a bool: 0 or 1
  double as_real() const { return bits_.real; }
  Object* as_object() const { return bits_.object; }

  // The object as a T, or null. T is a final or base class below Object.
  template <class T>
  T* get_if() const {
    return is_object() ? dynamic_cast<T*>(bits_.object) : nullptr;
  }

 private:
  explicit Value(Tag tag) noexcept : tag_(tag) { bits_.integer = 0; }

  Tag tag_;
  union {
    std::int64_t integer;
    double real;
    Object* object;
  } bits_;
};
static_assert(sizeof(Value) == 16);

// Makes an object and the first reference to it.
template <class T, class... Args>
Value make(Args&&... args);

}  // namespace python

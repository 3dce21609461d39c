// add, subtract, multiply, negative, absolute, sign, minimum, maximum and their like.

#include <cmath>

#include "scenarios/numpy/ufunc_loop.h"

namespace numpy {
namespace {

struct Add {
  template <class T>
  static T apply(T a, T b) {
    if constexpr (std::is_same_v<T, Bool>)
      return Bool(bool(a) || bool(b));
    else if constexpr (std::is_integral_v<T>)
      return static_cast<T>(Wrapping<T>(a) + Wrapping<T>(b));
    else
      return a + b;
  }
};
struct Subtract {
  template <class T>
  static T apply(T a, T b) {
    if constexpr (std::is_same_v<T, Bool>)
      return Bool(bool(a) != bool(b));
    else if constexpr (std::is_integral_v<T>)
      return static_cast<T>(Wrapping<T>(a) - Wrapping<T>(b));
    else
      return a - b;
  }
};
struct Multiply {
  template <class T>
  static T apply(T a, T b) {
    if constexpr (std::is_same_v<T, Bool>)
      return Bool(bool(a) && bool(b));
    else if constexpr (std::is_integral_v<T>)
      return static_cast<T>(Wrapping<T>(a) * Wrapping<T>(b));
    else
      return a * b;
  }
};
struct Negative {
  template <class T>
  static T apply(T a) {
    if constexpr (std::is_integral_v<T>)
      return static_cast<T>(0U - Wrapping<T>(a));
    else if constexpr (std::is_same_v<T, Bool>)
      return Bool(!bool(a));
    else
      return -a;
  }
};
struct Positive {
  template <class T>
  static T apply(T a) {
    return a;
  }
};
struct Absolute {
  template <class T>
  static T apply(T a) {
    if constexpr (std::is_same_v<T, Bool>)
      return a;
    else if constexpr (std::is_floating_point_v<T>)
      return std::fabs(a);
    else if constexpr (std::is_signed_v<T>)
      return a < 0 ? Negative::apply(a) : a;
    else
      return a;
  }
};
struct Square {
  template <class T>
  static T apply(T a) {
    return Multiply::apply(a, a);
  }
};
struct Reciprocal {
  template <class T>
  static T apply(T a) {
    if constexpr (std::is_floating_point_v<T>)
      return T{1} / a;
    else
      return a == T(1) ? T(1) : T(0);  // integers: 1 / a truncated; see reciprocal_loop
  }
};
struct Sign {
  template <class T>
  static T apply(T a) {
    if constexpr (std::is_same_v<T, Bool>)
      return a;
    else if constexpr (std::is_unsigned_v<T>)
      return a > 0 ? 1 : 0;
    else
      return a > 0 ? T(1) : a < 0 ? T(-1) : a == 0 ? T(0) : a;
  }
};
// A NaN in either operand wins.
struct Minimum {
  template <class T>
  static T apply(T a, T b) {
    if constexpr (std::is_floating_point_v<T>)
      return (a < b || std::isnan(a)) ? a : b;
    else
      return a < b ? a : b;
  }
};
struct Maximum {
  template <class T>
  static T apply(T a, T b) {
    if constexpr (std::is_floating_point_v<T>)
      return (a > b || std::isnan(a)) ? a : b;
    else
      return a > b ? a : b;
  }
};
// A NaN loses.
struct Fmin {
  template <class T>
  static T apply(T a, T b) {
    if constexpr (std::is_floating_point_v<T>)
      return (a < b || std::isnan(b)) ? a : b;
    else
      return a < b ? a : b;
  }
};
struct Fmax {
  template <class T>
  static T apply(T a, T b) {
    if constexpr (std::is_floating_point_v<T>)
      return (a > b || std::isnan(b)) ? a : b;
    else
      return a > b ? a : b;
  }
};

bool is_bool(ElementType t) { return t == ElementType::boolean; }

}  // namespace

LoopChoice add_loop(ElementType t) { return same_type_binary<Add>(t); }
LoopChoice subtract_loop(ElementType t) {
  return is_bool(t) ? LoopChoice{} : same_type_binary<Subtract>(t);
}
LoopChoice multiply_loop(ElementType t) { return same_type_binary<Multiply>(t); }
LoopChoice negative_loop(ElementType t) {
  return is_bool(t) ? LoopChoice{} : same_type_unary<Negative>(t);
}
LoopChoice positive_loop(ElementType t) {
  return is_bool(t) ? LoopChoice{} : same_type_unary<Positive>(t);
}
LoopChoice absolute_loop(ElementType t) { return same_type_unary<Absolute>(t); }
LoopChoice fabs_loop(ElementType t) { return float_unary<Absolute>(t); }
LoopChoice square_loop(ElementType t) {
  return same_type_unary<Square>(is_bool(t) ? ElementType::int8 : t);
}
LoopChoice reciprocal_loop(ElementType t) {
  return DType(t).is_float() ? same_type_unary<Reciprocal>(t) : LoopChoice{};
}
LoopChoice sign_loop(ElementType t) { return is_bool(t) ? LoopChoice{} : same_type_unary<Sign>(t); }
LoopChoice minimum_loop(ElementType t) { return same_type_binary<Minimum>(t); }
LoopChoice maximum_loop(ElementType t) { return same_type_binary<Maximum>(t); }
LoopChoice fmin_loop(ElementType t) { return same_type_binary<Fmin>(t); }
LoopChoice fmax_loop(ElementType t) { return same_type_binary<Fmax>(t); }

}  // namespace numpy

// Functions of floats: roots, exponentials, trigonometry, rounding. Integers of 16 bits compute as
// float32, wider ones as float64.

#include <cmath>
#include <numbers>

#include "scenarios/numpy/ufunc_loop.h"

namespace numpy {
namespace {

constexpr double kPi = std::numbers::pi;

struct Sqrt {
  template <class T>
  static T apply(T x) {
    return std::sqrt(x);
  }
};
struct Cbrt {
  template <class T>
  static T apply(T x) {
    return std::cbrt(x);
  }
};
struct Exp {
  template <class T>
  static T apply(T x) {
    return std::exp(x);
  }
};
struct Exp2 {
  template <class T>
  static T apply(T x) {
    return std::exp2(x);
  }
};
struct Expm1 {
  template <class T>
  static T apply(T x) {
    return std::expm1(x);
  }
};
struct Log {
  template <class T>
  static T apply(T x) {
    return std::log(x);
  }
};
struct Log2 {
  template <class T>
  static T apply(T x) {
    return std::log2(x);
  }
};
struct Log10 {
  template <class T>
  static T apply(T x) {
    return std::log10(x);
  }
};
struct Log1p {
  template <class T>
  static T apply(T x) {
    return std::log1p(x);
  }
};
struct Sin {
  template <class T>
  static T apply(T x) {
    return std::sin(x);
  }
};
struct Cos {
  template <class T>
  static T apply(T x) {
    return std::cos(x);
  }
};
struct Tan {
  template <class T>
  static T apply(T x) {
    return std::tan(x);
  }
};
struct Arcsin {
  template <class T>
  static T apply(T x) {
    return std::asin(x);
  }
};
struct Arccos {
  template <class T>
  static T apply(T x) {
    return std::acos(x);
  }
};
struct Arctan {
  template <class T>
  static T apply(T x) {
    return std::atan(x);
  }
};
struct Sinh {
  template <class T>
  static T apply(T x) {
    return std::sinh(x);
  }
};
struct Cosh {
  template <class T>
  static T apply(T x) {
    return std::cosh(x);
  }
};
struct Tanh {
  template <class T>
  static T apply(T x) {
    return std::tanh(x);
  }
};
struct Deg2rad {
  template <class T>
  static T apply(T x) {
    return x * T(kPi / 180);
  }
};
struct Rad2deg {
  template <class T>
  static T apply(T x) {
    return x * T(180 / kPi);
  }
};
struct Floor {
  template <class T>
  static T apply(T x) {
    return std::floor(x);
  }
};
struct Ceil {
  template <class T>
  static T apply(T x) {
    return std::ceil(x);
  }
};
struct Trunc {
  template <class T>
  static T apply(T x) {
    return std::trunc(x);
  }
};
struct Rint {
  template <class T>
  static T apply(T x) {
    return std::nearbyint(x);
  }
};
struct Arctan2 {
  template <class T>
  static T apply(T y, T x) {
    return std::atan2(y, x);
  }
};
struct Hypot {
  template <class T>
  static T apply(T x, T y) {
    return std::hypot(x, y);
  }
};

}  // namespace

LoopChoice sqrt_loop(ElementType t) { return float_unary<Sqrt>(t); }
LoopChoice cbrt_loop(ElementType t) { return float_unary<Cbrt>(t); }
LoopChoice exp_loop(ElementType t) { return float_unary<Exp>(t); }
LoopChoice exp2_loop(ElementType t) { return float_unary<Exp2>(t); }
LoopChoice expm1_loop(ElementType t) { return float_unary<Expm1>(t); }
LoopChoice log_loop(ElementType t) { return float_unary<Log>(t); }
LoopChoice log2_loop(ElementType t) { return float_unary<Log2>(t); }
LoopChoice log10_loop(ElementType t) { return float_unary<Log10>(t); }
LoopChoice log1p_loop(ElementType t) { return float_unary<Log1p>(t); }
LoopChoice sin_loop(ElementType t) { return float_unary<Sin>(t); }
LoopChoice cos_loop(ElementType t) { return float_unary<Cos>(t); }
LoopChoice tan_loop(ElementType t) { return float_unary<Tan>(t); }
LoopChoice arcsin_loop(ElementType t) { return float_unary<Arcsin>(t); }
LoopChoice arccos_loop(ElementType t) { return float_unary<Arccos>(t); }
LoopChoice arctan_loop(ElementType t) { return float_unary<Arctan>(t); }
LoopChoice sinh_loop(ElementType t) { return float_unary<Sinh>(t); }
LoopChoice cosh_loop(ElementType t) { return float_unary<Cosh>(t); }
LoopChoice tanh_loop(ElementType t) { return float_unary<Tanh>(t); }
LoopChoice deg2rad_loop(ElementType t) { return float_unary<Deg2rad>(t); }
LoopChoice rad2deg_loop(ElementType t) { return float_unary<Rad2deg>(t); }
LoopChoice floor_loop(ElementType t) { return float_unary<Floor>(t); }
LoopChoice ceil_loop(ElementType t) { return float_unary<Ceil>(t); }
LoopChoice trunc_loop(ElementType t) { return float_unary<Trunc>(t); }
LoopChoice rint_loop(ElementType t) { return float_unary<Rint>(t); }
LoopChoice arctan2_loop(ElementType t) { return float_binary<Arctan2>(t); }
LoopChoice hypot_loop(ElementType t) { return float_binary<Hypot>(t); }

}  // namespace numpy

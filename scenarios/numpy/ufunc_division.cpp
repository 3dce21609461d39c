// divide, floor_divide, remainder, fmod and power.

#include <cfenv>
#include <cmath>
#include <limits>

#include "scenarios/numpy/ufunc_loop.h"

namespace numpy {
namespace {

struct Divide {
  template <class T>
  static T apply(T a, T b) {
    return a / b;
  }
};

template <class T>
struct DivMod {
  T quotient;
  T remainder;
};

// Python's rounding towards minus infinity, by NumPy's formulas, so that results agree to the bit.
// Requires: b is not 0.
template <class T>
DivMod<T> float_divmod(T a, T b) {
  T mod = std::fmod(a, b);
  T div = (a - mod) / b;
  if (mod != 0) {
    if ((b < 0) != (mod < 0)) {
      mod += b;
      div -= T{1};
    }
  } else {
    mod = std::copysign(T{0}, b);
  }
  if (div == 0) return {std::copysign(T{0}, a / b), mod};
  T floored = std::floor(div);
  if (div - floored > T{0.5}) floored += T{1};
  return {floored, mod};
}

template <class T>
bool is_overflowing_division(T a, T b) {
  if constexpr (std::is_signed_v<T>)
    return a == std::numeric_limits<T>::min() && b == -1;
  else
    return false;
}

struct FloorDivide {
  template <class T>
  static T apply(T a, T b) {
    if constexpr (std::is_floating_point_v<T>) {
      return b == 0 ? a / b : float_divmod(a, b).quotient;
    } else {
      if (b == 0) {
        std::feraiseexcept(FE_DIVBYZERO);
        return 0;
      }
      if (is_overflowing_division(a, b)) {
        std::feraiseexcept(FE_OVERFLOW);
        return a;
      }
      const T q = static_cast<T>(a / b);
      return static_cast<T>(a % b != 0 && (a < 0) != (b < 0) ? q - 1 : q);
    }
  }
};

struct Remainder {
  template <class T>
  static T apply(T a, T b) {
    if constexpr (std::is_floating_point_v<T>) {
      return b == 0 ? std::fmod(a, b) : float_divmod(a, b).remainder;
    } else {
      if (b == 0) {
        std::feraiseexcept(FE_DIVBYZERO);
        return 0;
      }
      if (is_overflowing_division(a, b)) return 0;
      const T r = static_cast<T>(a % b);
      return static_cast<T>(r != 0 && (r < 0) != (b < 0) ? r + b : r);
    }
  }
};

struct Fmod {
  template <class T>
  static T apply(T a, T b) {
    if constexpr (std::is_floating_point_v<T>) {
      return std::fmod(a, b);
    } else {
      if (b == 0) {
        std::feraiseexcept(FE_DIVBYZERO);
        return 0;
      }
      return is_overflowing_division(a, b) ? T{0} : static_cast<T>(a % b);
    }
  }
};

struct FloatPower {
  template <class T>
  static T apply(T a, T b) {
    return std::pow(a, b);
  }
};

template <class T>
T integer_power(T base, T exponent) {
  Wrapping<T> result = 1;
  auto square = static_cast<Wrapping<T>>(base);
  for (auto e = static_cast<std::make_unsigned_t<T>>(exponent); e != 0;
       e = static_cast<std::make_unsigned_t<T>>(e >> 1)) {
    if ((e & 1) != 0) result *= square;
    square *= square;
  }
  return static_cast<T>(result);
}

template <class T>
bool integer_power_loop(std::byte* const* p, const std::int64_t* strides, std::uint64_t n) {
  const std::byte* a = p[0];
  const std::byte* b = p[1];
  std::byte* out = p[2];
  bool ok = true;
  for (std::uint64_t i = 0; i < n; ++i) {
    const T exponent = load_as<T>(b);
    if constexpr (std::is_signed_v<T>) {
      if (exponent < 0) ok = false;
    }
    store_as<T>(out, ok ? integer_power(load_as<T>(a), exponent) : T{});
    a += strides[0];
    b += strides[1];
    out += strides[2];
  }
  return ok;
}

// No loop for bools: they compute as int8.
ElementType not_bool(ElementType t) { return t == ElementType::boolean ? ElementType::int8 : t; }

template <class Op>
LoopChoice number_binary(ElementType t) {
  return visit_type(not_bool(t), [](auto tag) -> LoopChoice {
    using T = typename decltype(tag)::type;
    if constexpr (std::is_same_v<T, Bool>)
      return {};
    else
      return {element_type_of<T>(), element_type_of<T>(), &binary_loop<T, T, Op>};
  });
}

}  // namespace

LoopChoice divide_loop(ElementType t) {
  if (t == ElementType::float32) return {t, t, &binary_loop<float, float, Divide>};
  return {ElementType::float64, ElementType::float64, &binary_loop<double, double, Divide>};
}
LoopChoice floor_divide_loop(ElementType t) { return number_binary<FloorDivide>(t); }
LoopChoice remainder_loop(ElementType t) { return number_binary<Remainder>(t); }
LoopChoice fmod_loop(ElementType t) { return number_binary<Fmod>(t); }
LoopChoice power_loop(ElementType t) {
  return visit_type(not_bool(t), [](auto tag) -> LoopChoice {
    using T = typename decltype(tag)::type;
    constexpr ElementType type = element_type_of<T>();
    if constexpr (std::is_same_v<T, Bool>)
      return {};
    else if constexpr (std::is_integral_v<T>)
      return {type, type, &integer_power_loop<T>};
    else
      return {type, type, &binary_loop<T, T, FloatPower>};
  });
}

}  // namespace numpy

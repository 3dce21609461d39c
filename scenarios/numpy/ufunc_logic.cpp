// Comparisons, logical and bitwise functions, and questions about floats.

#include <cmath>
#include <functional>

#include "scenarios/numpy/cast.h"
#include "scenarios/numpy/ufunc_loop.h"

namespace numpy {
namespace {

template <class Compare>
struct Comparison {
  template <class T>
  static Bool apply(T a, T b) {
    if constexpr (std::is_same_v<T, Bool>)
      return Bool(Compare{}(int(bool(a)), int(bool(b))));
    else
      return Bool(Compare{}(a, b));
  }
};

template <class T>
bool truth(T a) {
  return element_cast<Bool>(a);
}

struct And {
  template <class T>
  static Bool apply(T a, T b) {
    return Bool(truth(a) && truth(b));
  }
};
struct Or {
  template <class T>
  static Bool apply(T a, T b) {
    return Bool(truth(a) || truth(b));
  }
};
struct Xor {
  template <class T>
  static Bool apply(T a, T b) {
    return Bool(truth(a) != truth(b));
  }
};
struct Not {
  template <class T>
  static Bool apply(T a) {
    return Bool(!truth(a));
  }
};

struct BitAnd {
  template <class T>
  static T apply(T a, T b) {
    return static_cast<T>(std::bit_and<>{}(a, b));
  }
};
struct BitOr {
  template <class T>
  static T apply(T a, T b) {
    return static_cast<T>(std::bit_or<>{}(a, b));
  }
};
struct BitXor {
  template <class T>
  static T apply(T a, T b) {
    return static_cast<T>(a ^ b);
  }
};
struct Invert {
  template <class T>
  static T apply(T a) {
    if constexpr (std::is_same_v<T, Bool>)
      return Bool(!bool(a));
    else
      return static_cast<T>(~a);
  }
};
// Shifts by the width or more give 0 (or -1), as npy_lshift and npy_rshift.
struct LeftShift {
  template <class T>
  static T apply(T a, T b) {
    const auto by = static_cast<std::make_unsigned_t<T>>(b);
    if (by >= sizeof(T) * 8) return 0;
    return static_cast<T>(static_cast<Wrapping<T>>(a) << by);
  }
};
struct RightShift {
  template <class T>
  static T apply(T a, T b) {
    const auto by = static_cast<std::make_unsigned_t<T>>(b);
    if (by < sizeof(T) * 8) return static_cast<T>(a >> by);
    return a < 0 ? static_cast<T>(-1) : T{0};
  }
};

template <class Op>
LoopChoice bits_binary(ElementType t) {
  return visit_type(t, [t](auto tag) -> LoopChoice {
    using T = typename decltype(tag)::type;
    if constexpr (std::is_floating_point_v<T>)
      return {};
    else
      return {t, t, &binary_loop<T, T, Op>};
  });
}

template <class Op>
LoopChoice shift(ElementType t) {
  return visit_type(t == ElementType::boolean ? ElementType::int8 : t, [](auto tag) -> LoopChoice {
    using T = typename decltype(tag)::type;
    constexpr ElementType type = element_type_of<T>();
    if constexpr (std::is_floating_point_v<T> || std::is_same_v<T, Bool>)
      return {};
    else
      return {type, type, &binary_loop<T, T, Op>};
  });
}

struct IsNan {
  template <class T>
  static Bool apply(T a) {
    if constexpr (std::is_floating_point_v<T>)
      return Bool(std::isnan(a));
    else
      return Bool(false);
  }
};
struct IsInf {
  template <class T>
  static Bool apply(T a) {
    if constexpr (std::is_floating_point_v<T>)
      return Bool(std::isinf(a));
    else
      return Bool(false);
  }
};
struct IsFinite {
  template <class T>
  static Bool apply(T a) {
    if constexpr (std::is_floating_point_v<T>)
      return Bool(std::isfinite(a));
    else
      return Bool(true);
  }
};
struct SignBit {
  template <class T>
  static Bool apply(T a) {
    return Bool(std::signbit(a));
  }
};

}  // namespace

LoopChoice equal_loop(ElementType t) { return to_bool_binary<Comparison<std::equal_to<>>>(t); }
LoopChoice not_equal_loop(ElementType t) {
  return to_bool_binary<Comparison<std::not_equal_to<>>>(t);
}
LoopChoice less_loop(ElementType t) { return to_bool_binary<Comparison<std::less<>>>(t); }
LoopChoice less_equal_loop(ElementType t) {
  return to_bool_binary<Comparison<std::less_equal<>>>(t);
}
LoopChoice greater_loop(ElementType t) { return to_bool_binary<Comparison<std::greater<>>>(t); }
LoopChoice greater_equal_loop(ElementType t) {
  return to_bool_binary<Comparison<std::greater_equal<>>>(t);
}
LoopChoice logical_and_loop(ElementType t) { return to_bool_binary<And>(t); }
LoopChoice logical_or_loop(ElementType t) { return to_bool_binary<Or>(t); }
LoopChoice logical_xor_loop(ElementType t) { return to_bool_binary<Xor>(t); }
LoopChoice logical_not_loop(ElementType t) { return to_bool_unary<Not>(t); }
LoopChoice bitwise_and_loop(ElementType t) {
  return t == ElementType::boolean ? logical_and_loop(t) : bits_binary<BitAnd>(t);
}
LoopChoice bitwise_or_loop(ElementType t) {
  return t == ElementType::boolean ? logical_or_loop(t) : bits_binary<BitOr>(t);
}
LoopChoice bitwise_xor_loop(ElementType t) {
  return t == ElementType::boolean ? logical_xor_loop(t) : bits_binary<BitXor>(t);
}
LoopChoice invert_loop(ElementType t) {
  return visit_type(t, [t](auto tag) -> LoopChoice {
    using T = typename decltype(tag)::type;
    if constexpr (std::is_floating_point_v<T>)
      return {};
    else
      return {t, t, &unary_loop<T, T, Invert>};
  });
}
LoopChoice left_shift_loop(ElementType t) { return shift<LeftShift>(t); }
LoopChoice right_shift_loop(ElementType t) { return shift<RightShift>(t); }
LoopChoice isnan_loop(ElementType t) { return to_bool_unary<IsNan>(t); }
LoopChoice isinf_loop(ElementType t) { return to_bool_unary<IsInf>(t); }
LoopChoice isfinite_loop(ElementType t) { return to_bool_unary<IsFinite>(t); }
LoopChoice signbit_loop(ElementType t) {
  LoopChoice choice = float_unary<IsNan>(t);  // for the type to compute in
  if (choice.loop == nullptr) return {};
  choice.loop = choice.in == ElementType::float32 ? &unary_loop<float, Bool, SignBit>
                                                  : &unary_loop<double, Bool, SignBit>;
  choice.out = ElementType::boolean;
  return choice;
}

}  // namespace numpy

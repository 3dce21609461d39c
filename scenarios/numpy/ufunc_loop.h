// Templates that make a ufunc's inner loops from an operation on one element.

#pragma once

#include <cstddef>
#include <cstdint>
#include <type_traits>

#include "scenarios/numpy/number.h"
#include "scenarios/numpy/ufunc.h"

namespace numpy {

template <class T>
inline constexpr auto kSize = static_cast<std::int64_t>(sizeof(T));

// Integer arithmetic that wraps around: in unsigned, wide enough that no product is promoted to
// int.
template <class T>
using Wrapping = std::conditional_t<sizeof(T) <= 4, std::uint32_t, std::uint64_t>;

template <class In, class Out, class Op>
bool unary_loop(std::byte* const* p, const std::int64_t* strides, std::uint64_t n) {
  const std::byte* a = p[0];
  std::byte* out = p[1];
  if (strides[0] == kSize<In> && strides[1] == kSize<Out>) {
    for (std::uint64_t i = 0; i < n; ++i) {
      store_as<Out>(out + i * sizeof(Out), Op::apply(load_as<In>(a + i * sizeof(In))));
    }
    return true;
  }
  for (std::uint64_t i = 0; i < n; ++i, a += strides[0], out += strides[1]) {
    store_as<Out>(out, Op::apply(load_as<In>(a)));
  }
  return true;
}

template <class In, class Out, class Op>
bool binary_loop(std::byte* const* p, const std::int64_t* strides, std::uint64_t n) {
  const std::byte* a = p[0];
  const std::byte* b = p[1];
  std::byte* out = p[2];
  if constexpr (std::is_same_v<In, Out>) {
    if (a == out && strides[0] == 0 && strides[2] == 0) {  // a reduction: keep it in a register
      In total = load_as<In>(a);
      for (std::uint64_t i = 0; i < n; ++i, b += strides[1]) {
        total = Op::apply(total, load_as<In>(b));
      }
      store_as<Out>(out, total);
      return true;
    }
  }
  if (strides[2] == kSize<Out> && strides[0] == kSize<In> && strides[1] == kSize<In>) {
    for (std::uint64_t i = 0; i < n; ++i) {
      store_as<Out>(out + i * sizeof(Out),
                    Op::apply(load_as<In>(a + i * sizeof(In)), load_as<In>(b + i * sizeof(In))));
    }
    return true;
  }
  if (strides[2] == kSize<Out> && strides[0] == kSize<In> && strides[1] == 0) {
    const In constant = load_as<In>(b);
    for (std::uint64_t i = 0; i < n; ++i) {
      store_as<Out>(out + i * sizeof(Out), Op::apply(load_as<In>(a + i * sizeof(In)), constant));
    }
    return true;
  }
  for (std::uint64_t i = 0; i < n; ++i) {
    store_as<Out>(out, Op::apply(load_as<In>(a), load_as<In>(b)));
    a += strides[0];
    b += strides[1];
    out += strides[2];
  }
  return true;
}

// One loop per element type from an operation that is the same for all: result of the same type.
template <class Op>
LoopChoice same_type_binary(ElementType t) {
  return visit_type(t, [t](auto tag) -> LoopChoice {
    using T = typename decltype(tag)::type;
    return {t, t, &binary_loop<T, T, Op>};
  });
}
template <class Op>
LoopChoice same_type_unary(ElementType t) {
  return visit_type(t, [t](auto tag) -> LoopChoice {
    using T = typename decltype(tag)::type;
    return {t, t, &unary_loop<T, T, Op>};
  });
}
template <class Op>
LoopChoice to_bool_binary(ElementType t) {
  return visit_type(t, [t](auto tag) -> LoopChoice {
    using T = typename decltype(tag)::type;
    return {t, ElementType::boolean, &binary_loop<T, Bool, Op>};
  });
}
template <class Op>
LoopChoice to_bool_unary(ElementType t) {
  return visit_type(t, [t](auto tag) -> LoopChoice {
    using T = typename decltype(tag)::type;
    return {t, ElementType::boolean, &unary_loop<T, Bool, Op>};
  });
}

// The float type that functions such as sqrt compute an input type in. Those of 8 bits would be
// float16, which the subset lacks.
struct FloatChoice {
  bool is_supported = true;
  bool is_double = true;
};
inline FloatChoice float_choice(ElementType t) {
  const DType d(t);
  if (d.is_float()) return {true, t == ElementType::float64};
  return {d.itemsize() > 1, d.itemsize() > 2};
}

template <class Op>
LoopChoice float_unary(ElementType t) {
  const FloatChoice choice = float_choice(t);
  if (!choice.is_supported) return {};
  if (choice.is_double) {
    return {ElementType::float64, ElementType::float64, &unary_loop<double, double, Op>};
  }
  return {ElementType::float32, ElementType::float32, &unary_loop<float, float, Op>};
}
template <class Op>
LoopChoice float_binary(ElementType t) {
  const FloatChoice choice = float_choice(t);
  if (!choice.is_supported) return {};
  if (choice.is_double) {
    return {ElementType::float64, ElementType::float64, &binary_loop<double, double, Op>};
  }
  return {ElementType::float32, ElementType::float32, &binary_loop<float, float, Op>};
}

}  // namespace numpy

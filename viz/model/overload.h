// A visitor of a variant, written as one lambda for each kind.

#pragma once

namespace viz {

template <class... F>
struct Overload : F... {
  using F::operator()...;
};
template <class... F>
Overload(F...) -> Overload<F...>;  // clang 14 deduces no aggregate by itself

}  // namespace viz

// A visitor of a variant, written as one lambda for each kind.

#pragma once

namespace viz {

template <class... F>
struct Overload : F... {
  using F::operator()...;
};

}  // namespace viz

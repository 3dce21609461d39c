// Walking several arrays together: from any strides to as few for_each calls as possible.
//
// The axes are put into the order in which NumPy's nditer walks them (the operands' own order in
// memory; for C-ordered arrays that is plain C order), then neighbours that continue each other
// become one. Element by element, every operand is touched in the order given: reads, then writes.

#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "scenarios/numpy/dims.h"
#include "scenarios/numpy/ndarray.h"

namespace numpy {

// One array of a walk, its strides broadcast to the walk's shape (0 where it is repeated).
struct WalkOperand {
  sim::VirtAddr data = {};
  Dims strides = {};
  std::uint32_t itemsize = 0;
  sim::Access access = sim::Access::read;
};

// The axes, outermost first, in nditer's order (order='K'). Ambiguous axes stay in C order.
Dims nditer_axis_order(std::span<const WalkOperand> operands, std::size_t axes);

enum class WalkOrder : std::uint8_t {
  nditer,       // as all operands lie in memory
  destination,  // as the last operand lies in memory
  c,            // the last index fastest
};

// What a walk calls. Its strides are those of the innermost axis, set before the first call.
class WalkLoop : public sim::ElementLoop {
 public:
  using Strides = std::array<std::int64_t, sim::kMostOperands>;
  void set_strides(const Strides& strides) { strides_ = strides; }

 protected:
  ~WalkLoop() = default;
  const Strides& strides() const { return strides_; }

 private:
  Strides strides_{};
};

// Calls the loop for every element of `shape`. Ends the program on a signal.
void walk(python::Context&, std::span<const WalkOperand>, const Dims& shape, WalkOrder, WalkLoop&);

// Strides with which an array of `from` shape covers `to`; nothing when it cannot.
std::optional<Dims> broadcast_strides(const Dims& from, const Dims& strides, const Dims& to);
// The common shape, or nothing.
std::optional<Dims> broadcast_shapes(std::span<const Dims> shapes);
std::string text_of(const Dims& shape);  // "(3,)", "(2,3)", "()": as in error messages

WalkOperand read_of(const NdArray&);
WalkOperand write_of(const NdArray&);

// The lowest and the first byte behind the highest one that the array covers.
struct Extent {
  std::uint64_t begin = 0;
  std::uint64_t end = 0;
  bool overlaps(const Extent& other) const { return begin < other.end && other.begin < end; }
};
Extent extent_of(const NdArray&);
bool may_share_memory(const NdArray&, const NdArray&);
// Whether any byte belongs to elements of both.
bool share_elements(const NdArray&, const NdArray&);

}  // namespace numpy

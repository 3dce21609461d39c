// Running a typed loop over arrays and constants of any dtype: operands that lie in memory in
// another type or byte order are converted on their way, a block at a time, without more touches.

#pragma once

#include <span>
#include <vector>

#include "scenarios/numpy/iterate.h"
#include "scenarios/numpy/number.h"

namespace numpy {

// Works on n elements: pointers[k] and strides[k] (bytes) for the inputs, then the output. All of
// native byte order. False: an integer was raised to a negative integer power.
using InnerLoop = bool (*)(std::byte* const* pointers, const std::int64_t* strides,
                           std::uint64_t n);

// An operand: an array in memory (`walk`, `stored`), or a constant on the host.
struct ElementwiseOperand {
  ElementType computed;              // what the loop takes
  const Number* constant = nullptr;  // of type `computed`; else:
  DType stored = DType(ElementType::boolean);
  WalkOperand walk;
};

enum class LoopEnd : std::uint8_t { done, negative_power };

// Inputs first, the output (if any) last.
LoopEnd run_elementwise(python::Context&, std::span<const ElementwiseOperand>, const Dims& shape,
                        InnerLoop, WalkOrder = WalkOrder::nditer);

// Copies src over dst, converting: element by element, source then destination, in dst's memory
// order. Overlapping arrays come out as if all of src had been read first. Requires: src broadcasts
// to dst's shape.
void copy_elements(python::Context&, NdArray& dst, const NdArray& src);

// The same for any walk, in the order told and without regard for overlap.
struct TypedWalk {
  WalkOperand walk;
  DType dtype;
};
void copy_walk(python::Context&, const TypedWalk& src, const TypedWalk& dst, const Dims& shape,
               WalkOrder);
void fill_walk(python::Context&, const TypedWalk& dst, const Dims& shape, WalkOrder, const Number&);

// Writes one value into every element.
void fill_elements(python::Context&, NdArray& dst, const Number&);

}  // namespace numpy

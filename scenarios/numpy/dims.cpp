// Counting and striding over shapes.

#include "scenarios/numpy/dims.h"

namespace numpy {

std::int64_t element_count(const Dims& shape) {
  std::int64_t n = 1;
  for (const std::int64_t d : shape) n *= d;
  return n;
}

Dims dense_strides(const Dims& shape, std::int64_t itemsize, Order order) {
  Dims strides = Dims::of_size(shape.size(), 0);
  std::int64_t step = itemsize;
  for (std::size_t k = 0; k < shape.size(); ++k) {
    const std::size_t axis = order == Order::c ? shape.size() - 1 - k : k;
    strides[axis] = step;
    step *= std::max<std::int64_t>(shape[axis], 1);  // as NumPy: an empty axis counts as one
  }
  return strides;
}

}  // namespace numpy

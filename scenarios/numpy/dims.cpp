// Counting and striding over shapes.

#include "scenarios/numpy/dims.h"

#include <string>

#include "scenarios/python/error.h"

namespace numpy {
namespace {

[[noreturn]] void raise_too_big() {
  python::raise("ValueError",
                "array is too big; `arr.size * arr.dtype.itemsize` is larger than the maximum "
                "possible size.");
}

}  // namespace

void check_axes(std::size_t count) {
  if (count <= kMostAxes) return;
  python::raise("ValueError",
                "maximum supported dimension for an ndarray is 32, found " + std::to_string(count));
}

std::int64_t element_count(const Dims& shape) {
  check_shape(shape, 1);
  std::int64_t n = 1;
  for (const std::int64_t d : shape) n *= d;
  return n;
}

void check_shape(const Dims& shape, std::int64_t itemsize) {
  std::int64_t bytes = itemsize;
  for (const std::int64_t d : shape) {
    if (d < 0) python::raise("ValueError", "negative dimensions are not allowed");
    // NumPy leaves zeros out of the product, so that a huge empty array is refused as well.
    if (d != 0 && __builtin_mul_overflow(bytes, d, &bytes)) raise_too_big();
  }
}

std::int64_t joined_length(std::int64_t a, std::int64_t b) {
  std::int64_t sum = 0;
  if (__builtin_add_overflow(a, b, &sum)) raise_too_big();
  return sum;
}

std::int64_t repeated_length(std::int64_t length, std::int64_t times) {
  std::int64_t product = 0;
  if (__builtin_mul_overflow(length, times, &product)) raise_too_big();
  return product;
}

Dims dense_strides(const Dims& shape, std::int64_t itemsize, Order order) {
  Dims strides = Dims::of_size(shape.size(), 0);
  std::int64_t step = itemsize;
  for (std::size_t k = 0; k < shape.size(); ++k) {
    const std::size_t axis = order == Order::c ? shape.size() - 1 - k : k;
    strides[axis] = step;
    // As NumPy: an empty axis counts as one, and where another is empty too, no stride is used.
    const std::int64_t length = std::max<std::int64_t>(shape[axis], 1);
    if (__builtin_mul_overflow(step, length, &step)) step = 0;
  }
  return strides;
}

}  // namespace numpy

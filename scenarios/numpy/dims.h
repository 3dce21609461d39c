// A short list of numbers, one per axis: a shape, or strides in bytes. NumPy's limit of 32 axes is
// its capacity, so that making an array allocates once.

#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <span>

#include "sim/core/check.h"

namespace numpy {

inline constexpr std::size_t kMostAxes = 32;  // NPY_MAXDIMS of NumPy 1.24

// Raises ValueError when there are more axes than that.
void check_axes(std::size_t count);

class Dims {
 public:
  Dims() = default;
  Dims(std::initializer_list<std::int64_t> list) : Dims(std::span(list.begin(), list.size())) {}
  explicit Dims(std::span<const std::int64_t> list) : count_(list.size()) {
    check_axes(count_);
    std::copy(list.begin(), list.end(), numbers_.begin());
  }
  static Dims of_size(std::size_t count, std::int64_t number) {
    Dims d;
    check_axes(count);
    d.count_ = count;
    std::fill_n(d.numbers_.begin(), count, number);
    return d;
  }
  Dims(const Dims& other) noexcept : count_(other.count_) { copy_from(other); }
  Dims& operator=(const Dims& other) noexcept {
    count_ = other.count_;
    copy_from(other);
    return *this;
  }

  std::size_t size() const { return count_; }
  bool empty() const { return count_ == 0; }
  std::int64_t operator[](std::size_t i) const { return numbers_[i]; }
  std::int64_t& operator[](std::size_t i) { return numbers_[i]; }
  std::int64_t back() const { return numbers_[count_ - 1]; }
  const std::int64_t* begin() const { return numbers_.data(); }
  const std::int64_t* end() const { return numbers_.data() + count_; }
  std::int64_t* begin() { return numbers_.data(); }
  std::int64_t* end() { return numbers_.data() + count_; }

  void push_back(std::int64_t n) {
    check_axes(count_ + 1);
    numbers_[count_++] = n;
  }
  void insert(std::size_t at, std::int64_t n) {
    push_back(n);
    std::rotate(begin() + at, end() - 1, end());
  }
  void erase(std::size_t at) {
    SIM_CHECK(at < count_);
    std::copy(begin() + at + 1, end(), begin() + at);
    --count_;
  }

  friend bool operator==(const Dims& a, const Dims& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end());
  }

 private:
  void copy_from(const Dims& other) noexcept {
    std::copy(other.begin(), other.end(), numbers_.begin());
  }

  std::size_t count_ = 0;
  std::array<std::int64_t, kMostAxes> numbers_;  // only the first count_ have a meaning
};

// The number of elements of a shape (1 for no axes). Raises ValueError when an axis is negative or
// the number does not fit.
std::int64_t element_count(const Dims& shape);
// Raises ValueError for a shape that no array of such elements can have.
void check_shape(const Dims& shape, std::int64_t itemsize);
// a + b and a * b as lengths of an axis. Raise ValueError when they do not fit.
std::int64_t joined_length(std::int64_t a, std::int64_t b);
std::int64_t repeated_length(std::int64_t length, std::int64_t times);

// Strides of a dense array, the last axis (C) or the first one (F) next to each other.
enum class Order : std::uint8_t { c, f };
Dims dense_strides(const Dims& shape, std::int64_t itemsize, Order);

}  // namespace numpy

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

class Dims {
 public:
  Dims() = default;
  Dims(std::initializer_list<std::int64_t> list) : Dims(std::span(list.begin(), list.size())) {}
  explicit Dims(std::span<const std::int64_t> list) : count_(list.size()) {
    SIM_CHECK(list.size() <= kMostAxes);
    std::copy(list.begin(), list.end(), numbers_.begin());
  }
  static Dims of_size(std::size_t count, std::int64_t number) {
    Dims d;
    SIM_CHECK(count <= kMostAxes);
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

  // Requires: size() < kMostAxes. (Who takes axes from a program checks and raises first.)
  void push_back(std::int64_t n) {
    SIM_CHECK(count_ < kMostAxes);
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

// The number of elements of a shape (1 for no axes). Requires: it fits, see new_array().
std::int64_t element_count(const Dims& shape);

// Strides of a dense array, the last axis (C) or the first one (F) next to each other.
enum class Order : std::uint8_t { c, f };
Dims dense_strides(const Dims& shape, std::int64_t itemsize, Order);

}  // namespace numpy

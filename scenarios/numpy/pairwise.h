// NumPy's pairwise summation of floats, fed element by element in order.
//
// NumPy adds blocks of up to 128 numbers with eight running sums and joins the blocks as a binary
// tree (pairwise_sum of loops_utils.h). The tree visits elements from left to right, so a stream
// can build it: the same additions, the same rounding, and each element touched once in order.

#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace numpy {

template <class T>
class PairwiseSum {
 public:
  // Of n numbers to come.
  explicit PairwiseSum(std::uint64_t n) { descend(n); }

  // Adds numbers; all of them together must be the n announced.
  void feed(const T* numbers, std::uint64_t n) {
    while (n > 0) {
      const std::uint64_t now = std::min(n, leaf_size_ - filled_);
      if (filled_ == 0 && now == leaf_size_) {
        finish(sum_leaf(numbers, now));
      } else {
        std::copy(numbers, numbers + now, leaf_ + filled_);
        filled_ += now;
        if (filled_ == leaf_size_) finish(sum_leaf(leaf_, filled_));
      }
      numbers += now;
      n -= now;
    }
  }

  // Requires: all n numbers were fed. (No numbers: 0.)
  T total() const { return total_; }

 private:
  static constexpr std::uint64_t kBlock = 128;  // PW_BLOCKSIZE

  struct Split {
    std::uint64_t right = 0;  // numbers in its right half
    bool has_left = false;
    T left{};
  };

  void descend(std::uint64_t n) {
    while (n > kBlock) {
      std::uint64_t half = n / 2;
      half -= half % 8;
      splits_.push_back({n - half, false, T{}});
      n = half;
    }
    leaf_size_ = n;
    filled_ = 0;
  }

  void finish(T sum) {
    while (!splits_.empty() && splits_.back().has_left) {
      sum = splits_.back().left + sum;
      splits_.pop_back();
    }
    if (splits_.empty()) {
      total_ = sum;
      return;
    }
    splits_.back().has_left = true;
    splits_.back().left = sum;
    descend(splits_.back().right);
  }

  static T sum_leaf(const T* a, std::uint64_t n) {
    if (n < 8) {
      T sum = 0;
      for (std::uint64_t i = 0; i < n; ++i) sum += a[i];
      return sum;
    }
    T r[8] = {a[0], a[1], a[2], a[3], a[4], a[5], a[6], a[7]};
    std::uint64_t i = 8;
    for (; i < n - n % 8; i += 8) {
      for (std::size_t k = 0; k < 8; ++k) r[k] += a[i + k];
    }
    T sum = ((r[0] + r[1]) + (r[2] + r[3])) + ((r[4] + r[5]) + (r[6] + r[7]));
    for (; i < n; ++i) sum += a[i];
    return sum;
  }

  std::vector<Split> splits_;
  T leaf_[kBlock];
  std::uint64_t leaf_size_ = 0;
  std::uint64_t filled_ = 0;
  T total_{};
};

}  // namespace numpy

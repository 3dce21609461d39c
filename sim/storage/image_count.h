// How many: exactly as long as it fits in 128 bits, and always as a power of two.

#pragma once

#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>

#include "sim/core/rng.h"

namespace sim {

class ImageCount {
 public:
  explicit ImageCount(std::uint64_t n = 0)
      : exact_(n), log2_(n == 0 ? kNothing : std::log2(static_cast<double>(n))) {}

  // Nothing when it takes more than 128 bits.
  std::optional<Uint128> exact() const { return exact_; }
  // Minus infinity for none.
  double log2() const { return log2_; }
  // Decimal; empty when it is not known exactly.
  std::string decimal() const {
    if (!exact_) return "";
    std::string digits;
    for (Uint128 rest = *exact_; rest > 0 || digits.empty(); rest /= 10) {
      digits.insert(digits.begin(), static_cast<char>('0' + static_cast<int>(rest % 10)));
    }
    return digits;
  }

  friend ImageCount operator*(const ImageCount& a, const ImageCount& b) {
    ImageCount product;
    product.log2_ = a.is_none() || b.is_none() ? kNothing : a.log2_ + b.log2_;
    Uint128 n = 0;
    const bool fits = a.exact_ && b.exact_ && !__builtin_mul_overflow(*a.exact_, *b.exact_, &n);
    product.exact_ = product.log2_ == kNothing ? Uint128{0}
                     : fits                    ? std::optional(n)
                                               : std::nullopt;
    return product;
  }
  friend ImageCount operator+(const ImageCount& a, const ImageCount& b) {
    if (a.is_none()) return b;
    if (b.is_none()) return a;
    ImageCount sum;
    const double more = std::max(a.log2_, b.log2_), less = std::min(a.log2_, b.log2_);
    sum.log2_ = more + std::log2(1 + std::exp2(less - more));
    Uint128 n = 0;
    const bool fits = a.exact_ && b.exact_ && !__builtin_add_overflow(*a.exact_, *b.exact_, &n);
    sum.exact_ = fits ? std::optional(n) : std::nullopt;
    return sum;
  }

 private:
  static constexpr double kNothing = -std::numeric_limits<double>::infinity();
  bool is_none() const { return log2_ == kNothing; }

  std::optional<Uint128> exact_;
  double log2_;
};

}  // namespace sim

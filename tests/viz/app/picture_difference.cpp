// Means of blocks.

#include "tests/viz/app/picture_difference.h"

#include <algorithm>
#include <array>
#include <cstdlib>

namespace viz_tests {
namespace {

constexpr int kBlock = 8, kMostDifference = 16;

std::array<int, 3> mean(const viz::Picture& p, int left, int top) {
  std::array<int, 3> sum{};
  const int right = std::min(left + kBlock, p.width), bottom = std::min(top + kBlock, p.height);
  for (int y = top; y < bottom; ++y) {
    for (int x = left; x < right; ++x) {
      for (std::size_t c = 0; c < 3; ++c) sum[c] += p.at(x, y)[c];
    }
  }
  for (int& s : sum) s /= (right - left) * (bottom - top);
  return sum;
}

}  // namespace

std::size_t blocks_that_differ(const viz::Picture& a, const viz::Picture& b) {
  const bool same_size = a.width == b.width && a.height == b.height;
  std::size_t differ = 0;
  for (int y = 0; y < a.height; y += kBlock) {
    for (int x = 0; x < a.width; x += kBlock) {
      bool is_same = same_size;
      for (std::size_t c = 0; is_same && c < 3; ++c) {
        is_same = std::abs(mean(a, x, y)[c] - mean(b, x, y)[c]) <= kMostDifference;
      }
      if (!is_same) ++differ;
    }
  }
  return differ;
}

}  // namespace viz_tests

// Seeded randomness, the same on every machine: SplitMix64 (Steele, Lea, Flood, OOPSLA 2014).

#pragma once

#include <cstdint>

#include "sim/core/check.h"

namespace sim {

__extension__ using Uint128 = unsigned __int128;

class Rng {
 public:
  explicit Rng(std::uint64_t seed) : state_(seed) {}

  std::uint64_t next() {
    state_ += 0x9E3779B97F4A7C15u;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
  }

  // Uniform in [0, bound) without bias (Lemire 2019). Requires: bound > 0.
  std::uint64_t below(std::uint64_t bound) {
    SIM_CHECK(bound > 0);
    while (true) {
      const auto product = static_cast<Uint128>(next()) * bound;
      const auto low = static_cast<std::uint64_t>(product);
      if (low >= bound || low >= (0 - bound) % bound)
        return static_cast<std::uint64_t>(product >> 64);
    }
  }

 private:
  std::uint64_t state_;
};

}  // namespace sim

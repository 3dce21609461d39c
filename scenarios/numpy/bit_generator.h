// The random bits behind np.random.default_rng(seed): SeedSequence and PCG64 as in NumPy 1.24, bit
// for bit, and the bounded integers that its Generator makes of them.

#pragma once

#include <cstdint>
#include <span>

namespace numpy {

// Spreads a seed, given as 32-bit words, lowest first, over a pool of entropy
// (numpy.random.SeedSequence with four words, after M. E. O'Neill's seed_seq_fe).
class SeedSequence {
 public:
  explicit SeedSequence(std::span<const std::uint32_t> entropy);
  // Requires: words.size() is even, as PCG64 asks for 64-bit words.
  void generate(std::span<std::uint32_t> words) const;

 private:
  static constexpr std::size_t kPool = 4;
  std::uint32_t pool_[kPool] = {};
};

// PCG XSL RR 128/64 (M. E. O'Neill, 2014). Half of a 64-bit output is kept for the next 32-bit one.
class Pcg64 {
 public:
  explicit Pcg64(const SeedSequence&);

  std::uint64_t next64();
  std::uint32_t next32();
  double next_double();  // in [0, 1), 53 bits
  float next_float();    // in [0, 1), 24 bits
  // Uniform in [0, greatest] by masking and drawing again, as the permutations draw their indices.
  std::uint64_t next_up_to(std::uint64_t greatest);

 private:
  __extension__ using Wide = unsigned __int128;
  void step();

  Wide state_ = 0;
  Wide increment_ = 0;
  bool has_half_ = false;
  std::uint32_t half_ = 0;
};

// Integers of one call of Generator.integers: uniform in [0, range], by D. Lemire's method, drawn
// in the units that NumPy draws them in for a dtype of that many bits.
class BoundedIntegers {
 public:
  enum class Width : std::uint8_t { one_bit, bits8, bits16, bits32, bits64 };
  BoundedIntegers(Pcg64& bits, Width width, std::uint64_t range)
      : bits_(bits), width_(width), range_(range) {}

  std::uint64_t next();

 private:
  std::uint64_t next_of_64();
  std::uint32_t next_of_32();
  std::uint32_t next_small(unsigned bits);
  std::uint32_t part(unsigned bits);

  Pcg64& bits_;
  Width width_;
  std::uint64_t range_;
  std::uint32_t buffer_ = 0;  // of a 32-bit draw that small parts are cut from
  unsigned parts_left_ = 0;
};

}  // namespace numpy

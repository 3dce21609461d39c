// NumPy 1.24's bit_generator.pyx, pcg64.h and distributions.c, told anew.

#include "scenarios/numpy/bit_generator.h"

#include <bit>

namespace numpy {

namespace {

__extension__ using Wide = unsigned __int128;

// The constants of SeedSequence.
constexpr std::uint32_t kPoolStart = 0x43b0d7e5, kPoolFactor = 0x931e8875;
constexpr std::uint32_t kStateStart = 0x8b51f9dd, kStateFactor = 0x58f38ded;
constexpr std::uint32_t kMixLeft = 0xca01f9dd, kMixRight = 0x4973f715;

// PCG's default multiplier of 128-bit generators.
constexpr Wide kMultiplier = (Wide{2549297995355413924ULL} << 64) | Wide{4865540595714422341ULL};

class Hash {
 public:
  Hash(std::uint32_t start, std::uint32_t factor) : constant_(start), factor_(factor) {}
  std::uint32_t operator()(std::uint32_t value) {
    value ^= constant_;
    constant_ *= factor_;
    value *= constant_;
    return value ^ (value >> 16);
  }

 private:
  std::uint32_t constant_, factor_;
};

std::uint32_t mix(std::uint32_t x, std::uint32_t y) {
  const std::uint32_t mixed = kMixLeft * x - kMixRight * y;
  return mixed ^ (mixed >> 16);
}

}  // namespace

SeedSequence::SeedSequence(std::span<const std::uint32_t> entropy) {
  Hash hash(kPoolStart, kPoolFactor);
  for (std::size_t i = 0; i < kPool; ++i) pool_[i] = hash(i < entropy.size() ? entropy[i] : 0);
  for (std::size_t from = 0; from < kPool; ++from) {
    for (std::size_t to = 0; to < kPool; ++to) {
      if (from != to) pool_[to] = mix(pool_[to], hash(pool_[from]));
    }
  }
  for (std::size_t from = kPool; from < entropy.size(); ++from) {
    for (std::uint32_t& word : pool_) word = mix(word, hash(entropy[from]));
  }
}

void SeedSequence::generate(std::span<std::uint32_t> words) const {
  Hash hash(kStateStart, kStateFactor);
  for (std::size_t i = 0; i < words.size(); ++i) words[i] = hash(pool_[i % kPool]);
}

Pcg64::Pcg64(const SeedSequence& seed) {
  std::uint32_t words[8];
  seed.generate(words);
  const auto wide = [&](std::size_t at) {  // two 64-bit words, the high one first
    const auto word64 = [&](std::size_t k) { return Wide{words[k]} | Wide{words[k + 1]} << 32; };
    return word64(at) << 64 | word64(at + 2);
  };
  increment_ = wide(4) << 1 | 1;
  step();
  state_ += wide(0);
  step();
}

void Pcg64::step() { state_ = state_ * kMultiplier + increment_; }

std::uint64_t Pcg64::next64() {
  step();
  const auto folded = static_cast<std::uint64_t>(state_ >> 64) ^ static_cast<std::uint64_t>(state_);
  const auto turn = static_cast<unsigned>(state_ >> 122);
  return folded >> turn | folded << (-turn & 63U);
}

std::uint32_t Pcg64::next32() {
  if (has_half_) {
    has_half_ = false;
    return half_;
  }
  const std::uint64_t whole = next64();
  has_half_ = true;
  half_ = static_cast<std::uint32_t>(whole >> 32);
  return static_cast<std::uint32_t>(whole);
}

double Pcg64::next_double() { return static_cast<double>(next64() >> 11) * 0x1p-53; }

float Pcg64::next_float() { return static_cast<float>(next32() >> 8) * 0x1p-24F; }

std::uint64_t Pcg64::next_up_to(std::uint64_t greatest) {
  if (greatest == 0) return 0;
  const std::uint64_t mask = UINT64_MAX >> std::countl_zero(greatest);
  for (;;) {
    const std::uint64_t drawn = (greatest <= UINT32_MAX ? next32() : next64()) & mask;
    if (drawn <= greatest) return drawn;
  }
}

std::uint64_t BoundedIntegers::next() {
  if (range_ == 0) return 0;
  switch (width_) {
    case Width::one_bit: return part(1);
    case Width::bits8: return next_small(8);
    case Width::bits16: return next_small(16);
    case Width::bits32: return next_of_32();
    case Width::bits64: break;
  }
  return range_ <= UINT32_MAX ? next_of_32() : next_of_64();
}

std::uint64_t BoundedIntegers::next_of_64() {
  if (range_ == UINT64_MAX) return bits_.next64();
  const std::uint64_t count = range_ + 1;
  const std::uint64_t threshold = (UINT64_MAX - range_) % count;
  for (;;) {
    const Wide product = Wide{bits_.next64()} * count;
    if (static_cast<std::uint64_t>(product) >= threshold) {
      return static_cast<std::uint64_t>(product >> 64);
    }
  }
}

std::uint32_t BoundedIntegers::next_of_32() {
  const auto range = static_cast<std::uint32_t>(range_);
  if (range == UINT32_MAX) return bits_.next32();
  const std::uint32_t count = range + 1;
  const std::uint32_t threshold = (UINT32_MAX - range) % count;
  for (;;) {
    const std::uint64_t product = std::uint64_t{bits_.next32()} * count;
    if (static_cast<std::uint32_t>(product) >= threshold) {
      return static_cast<std::uint32_t>(product >> 32);
    }
  }
}

std::uint32_t BoundedIntegers::next_small(unsigned bits) {
  const std::uint32_t mask = (1U << bits) - 1;
  const auto range = static_cast<std::uint32_t>(range_);
  if (range == mask) return part(bits);
  const std::uint32_t count = range + 1;
  const std::uint32_t threshold = (mask - range) % count;
  for (;;) {
    const std::uint32_t product = part(bits) * count;
    if ((product & mask) >= threshold) return product >> bits;
  }
}

// The lowest bits of a 32-bit draw first.
std::uint32_t BoundedIntegers::part(unsigned bits) {
  if (parts_left_ == 0) {
    buffer_ = bits_.next32();
    parts_left_ = 32 / bits;
  } else {
    buffer_ >>= bits;
  }
  --parts_left_;
  return buffer_ & ((1U << bits) - 1);
}

}  // namespace numpy

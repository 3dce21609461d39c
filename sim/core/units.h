// Positions and amounts as types, so that mixing up a page, a frame and an offset does not compile.
//
// An Amount says how much (bytes, pages); a Place says where, counted in one unit within one space.
//   place + amount -> place      place - place -> amount      place + place -> does not compile

#pragma once

#include <bit>
#include <compare>
#include <cstdint>

#include "sim/core/check.h"

namespace sim {

template <class Unit>
struct Amount {
  std::uint64_t count = 0;

  constexpr Amount() = default;
  constexpr explicit Amount(std::uint64_t n) : count(n) {}

  friend constexpr auto operator<=>(Amount, Amount) = default;
  friend constexpr Amount operator+(Amount a, Amount b) { return Amount{a.count + b.count}; }
  friend constexpr Amount operator-(Amount a, Amount b) {
    SIM_CHECK(b.count <= a.count);
    return Amount{a.count - b.count};
  }
  constexpr Amount& operator+=(Amount other) { return *this = *this + other; }
};

template <class Space, class Unit>
struct Place {
  std::uint64_t index = 0;

  constexpr Place() = default;
  constexpr explicit Place(std::uint64_t n) : index(n) {}

  friend constexpr auto operator<=>(Place, Place) = default;
  friend constexpr Place operator+(Place p, Amount<Unit> n) { return Place{p.index + n.count}; }
  // Requires: from <= to.
  friend constexpr Amount<Unit> operator-(Place to, Place from) {
    SIM_CHECK(from <= to);
    return Amount<Unit>{to.index - from.index};
  }
  constexpr Place& operator+=(Amount<Unit> n) { return *this = *this + n; }
};

struct ByteUnit;
struct PageUnit;
struct VirtualSpace;
struct PhysicalSpace;
struct FileSpace;
struct SwapSpace;

using Bytes = Amount<ByteUnit>;
using Pages = Amount<PageUnit>;

using VirtAddr = Place<VirtualSpace, ByteUnit>;
using PhysAddr = Place<PhysicalSpace, ByteUnit>;
using FileOffset = Place<FileSpace, ByteUnit>;

using Vpn = Place<VirtualSpace, PageUnit>;    // virtual page number
using Pfn = Place<PhysicalSpace, PageUnit>;   // physical frame number
using PgOff = Place<FileSpace, PageUnit>;     // page of a file (or of an anonymous mapping)
using SwapSlot = Place<SwapSpace, PageUnit>;  // place in the swap area

// Simulated time. Signed arithmetic is never needed: time only grows.
struct Nanoseconds {
  std::uint64_t count = 0;
  friend constexpr auto operator<=>(Nanoseconds, Nanoseconds) = default;
  friend constexpr Nanoseconds operator+(Nanoseconds a, Nanoseconds b) {
    return {a.count + b.count};
  }
  constexpr Nanoseconds& operator+=(Nanoseconds other) { return *this = *this + other; }
};

// How one computer cuts bytes into pages. Owned by the computer, handed to whoever needs it.
class PageGeometry {
 public:
  // Requires: page_size is a power of two from 16 B to 64 KiB.
  constexpr explicit PageGeometry(Bytes page_size)
      : shift_(static_cast<unsigned>(std::countr_zero(page_size.count))),
        offset_mask_(page_size.count - 1) {
    SIM_CHECK(std::has_single_bit(page_size.count));
    SIM_CHECK(page_size.count >= 16);
    SIM_CHECK(page_size.count <= 65536);
  }

  constexpr unsigned shift() const { return shift_; }
  constexpr Bytes page_size() const { return Bytes{offset_mask_ + 1}; }
  constexpr std::uint64_t offset_mask() const { return offset_mask_; }

  constexpr Vpn page_of(VirtAddr a) const { return Vpn{a.index >> shift_}; }
  constexpr PgOff page_of(FileOffset o) const { return PgOff{o.index >> shift_}; }
  constexpr VirtAddr start_of(Vpn p) const { return VirtAddr{p.index << shift_}; }
  constexpr FileOffset start_of(PgOff p) const { return FileOffset{p.index << shift_}; }
  constexpr Bytes within_page(VirtAddr a) const { return Bytes{a.index & offset_mask()}; }
  constexpr Bytes within_page(FileOffset o) const { return Bytes{o.index & offset_mask()}; }

  // Pages needed to hold n bytes that start at a page boundary.
  constexpr Pages pages_for(Bytes n) const {
    return Pages{(n.count >> shift_) + ((n.count & offset_mask()) != 0 ? 1 : 0)};
  }

 private:
  unsigned shift_;
  std::uint64_t offset_mask_;
};

}  // namespace sim

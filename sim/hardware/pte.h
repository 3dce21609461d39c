// One page-table entry: what the MMU reads, and the few bits the kernel keeps for itself.

#pragma once

#include <cstdint>

#include "sim/core/event.h"
#include "sim/core/units.h"

namespace sim {

// Bits of an entry. As on x86-64, hardware acts on the low ones, and when `present` is clear the
// rest belongs to the kernel.
namespace pte_bit {
inline constexpr std::uint64_t present = 1;     // a frame, or the shared zero page, is mapped
inline constexpr std::uint64_t readable = 2;    // clear after mprotect took all access away
inline constexpr std::uint64_t writable = 4;    // a store needs no fault
inline constexpr std::uint64_t accessed = 8;    // set by the MMU at any access
inline constexpr std::uint64_t dirty = 16;      // set by the MMU at a store
inline constexpr std::uint64_t swapped = 32;    // not present: the page lies in a swap slot
inline constexpr std::uint64_t zero_page = 64;  // maps the shared zero page, which is no frame
inline constexpr std::uint64_t own = 128;       // the page belongs to the mapping, not to a file
inline constexpr std::uint64_t kept = 256;      // not present: a frame is kept for it (process.h)
inline constexpr std::uint64_t shared = 512;    // with own: of shared memory without a file
}  // namespace pte_bit

class Pte {
 public:
  constexpr Pte() = default;
  constexpr explicit Pte(std::uint64_t raw) : raw_(raw) {}

  static constexpr Pte mapping(Pfn frame, std::uint64_t bits) {
    return Pte{frame.index << kNumberShift | pte_bit::present | pte_bit::readable | bits};
  }
  static constexpr Pte zero_page() {
    return Pte{pte_bit::present | pte_bit::readable | pte_bit::zero_page | pte_bit::own};
  }
  static constexpr Pte swapped_to(SwapSlot slot) {
    return Pte{slot.index << kNumberShift | pte_bit::swapped | pte_bit::own};
  }

  // A frame of shared memory that no other entry leads to, and that was not accessed here yet.
  static constexpr Pte keeping(Pfn frame) {
    return Pte{frame.index << kNumberShift | pte_bit::kept | pte_bit::own | pte_bit::shared};
  }

  constexpr std::uint64_t raw() const { return raw_; }
  constexpr bool is_empty() const { return raw_ == 0; }
  constexpr bool has(std::uint64_t bits) const { return (raw_ & bits) == bits; }
  constexpr Pte with(std::uint64_t bits) const { return Pte{raw_ | bits}; }
  constexpr Pte without(std::uint64_t bits) const { return Pte{raw_ & ~bits}; }

  constexpr bool is_present() const { return has(pte_bit::present); }
  // A frame is mapped, not the zero page.
  constexpr bool has_frame() const { return is_present() && !has(pte_bit::zero_page); }
  constexpr bool permits(Access access) const {
    constexpr std::uint64_t read = pte_bit::present | pte_bit::readable;
    return has(access == Access::read ? read : read | pte_bit::writable);
  }
  // The same, or one is kept.
  constexpr bool holds_frame() const { return has_frame() || has(pte_bit::kept); }
  // Requires: holds_frame().
  constexpr Pfn frame() const { return Pfn{raw_ >> kNumberShift}; }
  // Requires: has(pte_bit::swapped).
  constexpr SwapSlot slot() const { return SwapSlot{raw_ >> kNumberShift}; }

  friend constexpr bool operator==(Pte, Pte) = default;

 private:
  static constexpr unsigned kNumberShift = 12;  // as on x86: the low 12 bits are flags
  std::uint64_t raw_ = 0;
};

}  // namespace sim

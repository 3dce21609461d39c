// One touch: translate, fault if needed, access. Everything a program does to memory comes through
// here, and each touch ends in one access event.

#pragma once

#include <csignal>
#include <cstddef>
#include <cstdint>

#include "sim/kernel/fault_handler.h"
#include "sim/kernel/kernel.h"

namespace sim {

// Who touches: the program, or the kernel on behalf of read() or write().
enum class Toucher : std::uint8_t { program, system_call };

struct Touch {
  Vpn page;
  Access access = Access::read;
  std::uint8_t operand = 0;
  Toucher toucher = Toucher::program;
};

// The page that an entry maps, as its process knows it: of a frame that a fork shares, each has a
// page of its own. Requires: the entry is present.
PageName name_of_touched(const Kernel&, Vpn, Pte);

// The page's bytes, all of them and ready for the access, until the next touch. Null: the touch
// failed, and why.
struct TouchResult {
  std::byte* bytes = nullptr;
  FaultResult why = FaultResult::mapped;
};

TouchResult touch_slowly(Kernel&, const Touch&);

inline Event access_event(const Kernel& k, PageName page, Access access, std::uint8_t operand) {
  return {.touch = k.events.touches(),
          .page = page,
          .count = 1,
          .kind = EventKind::access,
          .operand = operand,
          .detail = static_cast<std::uint16_t>(access)};
}

inline void emit_access(Kernel& k, PageName page, Access access, std::uint8_t operand) {
  k.events.emit(access_event(k, page, access, operand));
  k.events.count_touches(1);
}

// A touch that changes nothing but the order of use: the page is mapped as the access needs, its
// accessed (and, for a store, dirty) bit is set, it has a frame, there is no TLB, and no table was
// shared with a copy of the computer, the batch of events has room. Null, and nothing done: it
// takes the long way.
//
// Inlined, without a call and with few stores: the processor then works on several touches at once,
// and most of the time of a touch is waiting for the page's bytes.
template <Access kAccess>
[[gnu::always_inline]] inline std::byte* touch_quickly(Kernel& k, Vpn vpn, std::uint8_t operand) {
  constexpr std::uint64_t load_bits = pte_bit::present | pte_bit::readable | pte_bit::accessed;
  constexpr std::uint64_t store_bits = load_bits | pte_bit::writable | pte_bit::dirty;
  constexpr std::uint64_t needed = kAccess == Access::write ? store_bits : load_bits;
  if (k.mmu.tlb().is_on() || !k.events.has_room() || k.events.is_due()) return nullptr;
  if (!k.waiting.empty()) return nullptr;  // a frame may be of two pages (name_of_touched())
  const Pte pte = k.mmu.table().get_quickly(vpn);
  if ((pte.raw() & (needed | pte_bit::zero_page)) != needed) return nullptr;
  const Pfn frame = pte.frame();
  // Bytes that are loaded may be shared with another computer, or with the disk.
  std::byte* bytes = kAccess == Access::write ? k.memory.own_bytes_of(frame)
                                              : const_cast<std::byte*>(k.memory.bytes(frame));
  if (bytes == nullptr) return nullptr;
  const PageName name = k.memory.page(frame);
  if (k.policy.try_on_access(frame) == Lru::Told::no) return nullptr;
  k.events.emit_into_room(access_event(k, name, kAccess, operand));
  k.events.count_touches(1);
  return bytes;
}

inline TouchResult touch_page(Kernel& k, const Touch& touch) {
  std::byte* bytes = touch.access == Access::write
                         ? touch_quickly<Access::write>(k, touch.page, touch.operand)
                         : touch_quickly<Access::read>(k, touch.page, touch.operand);
  if (bytes == nullptr) return touch_slowly(k, touch);
  return {bytes, FaultResult::mapped};
}

// What the program gets when its touch fails.
int signal_of(FaultResult);

// A touch of the program failed: tells so, and counts it.
void emit_signal(Kernel&, Vpn, int signal);

}  // namespace sim

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

// The page's bytes, all of them and ready for the access, until the next touch. Null: the touch
// failed, and why.
struct TouchResult {
  std::byte* bytes = nullptr;
  FaultResult why = FaultResult::mapped;
};

TouchResult touch_slowly(Kernel&, const Touch&);

inline std::uint64_t memo_version(const Kernel& k) {
  return k.mmu.changes() + k.memory.moves() + k.memo.copies();
}

inline void emit_access(Kernel& k, PageName page, const Touch& touch) {
  k.events.emit(Event{.touch = k.events.touches(),
                      .page = page,
                      .count = 1,
                      .kind = EventKind::access,
                      .operand = touch.operand,
                      .detail = static_cast<std::uint16_t>(touch.access)});
  k.events.count_touches(1);
}

inline TouchResult touch_page(Kernel& k, const Touch& touch) {
  const TouchMemo::Entry& entry = k.memo.entry(touch.page);
  const bool known = entry.page == touch.page.index && entry.version == memo_version(k);
  const bool ready = known && (touch.access == Access::read || entry.can_store);
  if (!ready || k.mmu.tlb().is_on()) return touch_slowly(k, touch);
  if (entry.frame != TouchMemo::kNoFrame) k.policy->on_access(Pfn{entry.frame});
  emit_access(k, entry.name, touch);
  return {entry.bytes, FaultResult::mapped};
}

// What the program gets when its touch fails.
int signal_of(FaultResult);

// A touch of the program failed: tells so, and counts it.
void emit_signal(Kernel&, Vpn, int signal);

}  // namespace sim

// The long way of a touch: TLB, page-table walk, fault, access.

#include "sim/kernel/touch.h"

#include "sim/kernel/timers.h"

namespace sim {

PageName name_of_touched(const Kernel& k, Vpn vpn, Pte pte) {
  const bool may_be_shared = pte.has(pte_bit::own) && !k.waiting.empty();
  if (pte.has_frame() && !may_be_shared) return k.memory.page(pte.frame());
  return k.space.find(vpn)->own_name_at(vpn);
}

namespace {

// What the touch of a page is about: the page itself if it is there, else what belongs there.
PageName name_at(const Kernel& k, Vpn vpn, Pte pte) {
  if (pte.has_frame()) return name_of_touched(k, vpn, pte);
  const Vma* area = k.space.find(vpn);
  if (area == nullptr) return {kNoObject, 0};
  return pte.has(pte_bit::own) ? area->own_name_at(vpn) : area->name_at(vpn);
}

void set_accessed_and_dirty(Kernel& k, Vpn vpn, Pte& pte, Access access) {
  const std::uint64_t bits =
      pte_bit::accessed | (access == Access::write ? pte_bit::dirty : std::uint64_t{0});
  if (pte.has(bits)) return;
  pte = pte.with(bits);
  k.mmu.change(vpn, pte);
}

}  // namespace

TouchResult touch_slowly(Kernel& k, const Touch& touch) {
  const Vpn vpn = touch.page;
  if (k.events.is_due() && !do_what_is_due(k)) return {nullptr, FaultResult::stopped};
  if (vpn.index >= k.mmu.table().span().count) return {nullptr, FaultResult::bad_address};
  Pte pte = k.mmu.walk(vpn);
  if (k.mmu.look_up(vpn) == TlbResult::miss) {
    k.events.emit(EventKind::tlb_miss, name_at(k, vpn, pte));
  }
  if (!pte.permits(touch.access)) {
    const std::uint16_t bits =
        touch.toucher == Toucher::system_call ? fault_detail::in_system_call : 0;
    const FaultResult result = handle_fault(k, {vpn, touch.access, bits});
    if (result != FaultResult::mapped) return {nullptr, result};
    pte = k.mmu.walk(vpn);
  }
  k.mmu.fill_tlb(vpn);
  set_accessed_and_dirty(k, vpn, pte, touch.access);

  const PageName name = name_at(k, vpn, pte);
  std::byte* bytes = const_cast<std::byte*>(kZeroBytes);  // only read: never mapped writable
  if (pte.has_frame()) {
    const Pfn frame = pte.frame();
    bytes = touch.access == Access::write ? k.memory.writable_bytes(frame)
                                          : const_cast<std::byte*>(k.memory.bytes(frame));
    k.policy.on_access(frame);
  }
  emit_access(k, name, touch.access, touch.operand);
  return {bytes, FaultResult::mapped};
}

int signal_of(FaultResult result) {
  switch (result) {
    case FaultResult::mapped: return 0;
    case FaultResult::bad_address: return SIGSEGV;
    case FaultResult::beyond_file:
    case FaultResult::disk_failed: return SIGBUS;
    case FaultResult::out_of_memory: return SIGKILL;
    case FaultResult::stopped: return SIGKILL;
  }
  return SIGSEGV;
}

void emit_signal(Kernel& k, Vpn vpn, int signal) {
  const bool in_span = vpn.index < k.mmu.table().span().count;
  const PageName page = in_span ? name_at(k, vpn, k.mmu.walk(vpn)) : PageName{kNoObject, 0};
  k.events.emit(EventKind::signal, page, static_cast<std::uint16_t>(signal));
  k.events.count_touches(1);
}

}  // namespace sim

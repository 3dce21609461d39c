// One row a kind of event: what its detail and its operand can be.

#include "scenarios/session/credible.h"

#include <fmt/format.h>

#include "sim/core/kernel_write.h"
#include "sim/core/unasked.h"

namespace session {
namespace {

constexpr std::uint32_t kAnyOperand = 255;
constexpr std::uint32_t kLastErrno = 4095;  // Linux: MAX_ERRNO, the largest a system call returns

struct Most {
  std::uint32_t detail = 0;
  std::uint32_t operand = 0;
};

template <class Enum>
constexpr std::uint32_t number_of(Enum last) {
  return static_cast<std::uint32_t>(last);
}

constexpr std::uint32_t kAllFaultBits = sim::fault_detail::cow | sim::fault_detail::write_notify |
                                        sim::fault_detail::swap_in | sim::fault_detail::zero_page |
                                        sim::fault_detail::in_system_call;
constexpr std::uint32_t kLastSignal = 64;  // Linux: _NSIG

Most most_of(sim::EventKind kind) {
  using sim::EventKind;
  switch (kind) {
    case EventKind::access: return {number_of(sim::Access::write), kAnyOperand};
    case EventKind::tlb_miss: return {0, kAnyOperand};
    case EventKind::fault_minor:
    case EventKind::fault_major: return {kAllFaultBits, kAnyOperand};
    case EventKind::page_in: return {number_of(sim::PageIn::unmapped_with_folio), kAnyOperand};
    case EventKind::evict: return {number_of(sim::Eviction::swapped_out), kAnyOperand};
    case EventKind::swap_out:
    case EventKind::swap_in: return {0, kAnyOperand};
    case EventKind::dirty: return {number_of(sim::Dirtied::with_folio), kAnyOperand};
    case EventKind::write_back:
      return {number_of(sim::WriteBackReason::replacement), number_of(sim::Noticed::at_look)};
    case EventKind::system_call: return {kLastErrno, sim::kSystemCalls - 1};
    case EventKind::signal: return {kLastSignal, kAnyOperand};
    case EventKind::disk_error: return {number_of(sim::DiskError::full), kAnyOperand};
    case EventKind::process_switch: return {0, kAnyOperand};
  }
  return {};
}

}  // namespace

std::string why_impossible(const sim::Event& e) {
  const auto kind = static_cast<int>(e.kind);
  if (kind >= sim::kEventKinds) return fmt::format("an event of kind {}", kind);
  const Most most = most_of(e.kind);
  if (e.detail > most.detail) {
    return fmt::format("an event of kind {} with the detail {}", sim::name_of(e.kind), e.detail);
  }
  if (e.operand > most.operand) {
    return fmt::format("an event of kind {} with the operand {}", sim::name_of(e.kind), e.operand);
  }
  return {};
}

}  // namespace session

// The cost of one event.

#include "sim/kernel/cost_model.h"

namespace sim {
namespace {

std::uint64_t minor_fault_cost(std::uint16_t detail, const CostTable& costs) {
  if (detail & fault_detail::cow) return costs.fault_cow_ns;
  if (detail & fault_detail::write_notify) return costs.fault_write_notify_ns;
  if (detail & fault_detail::zero_page) return costs.fault_zero_page_ns;
  return costs.fault_minor_ns;
}

std::uint64_t major_fault_cost(std::uint16_t detail, const CostTable& costs) {
  // A copy on top of the read costs what a minor fault's copy adds.
  const std::uint64_t copy = costs.fault_cow_ns - costs.fault_zero_page_ns;
  return costs.fault_major_ns + ((detail & fault_detail::cow) != 0 ? copy : 0);
}

}  // namespace

Nanoseconds cost_of(const Event& event, const CostTable& costs) {
  const bool next = event.operand == kNextOnDisk;
  switch (event.kind) {
    case EventKind::access: return {event.count * costs.access_ns};
    case EventKind::tlb_miss: return {costs.tlb_miss_ns};
    case EventKind::fault_minor: return {minor_fault_cost(event.detail, costs)};
    case EventKind::fault_major: return {major_fault_cost(event.detail, costs)};
    case EventKind::page_in: return {next ? costs.page_in_next_ns : costs.page_in_ns};
    case EventKind::evict: return {costs.evict_ns};
    case EventKind::swap_out: return {next ? costs.swap_out_next_ns : costs.swap_out_ns};
    case EventKind::swap_in: return {next ? costs.swap_in_next_ns : costs.swap_in_ns};
    case EventKind::dirty: return {costs.dirty_ns};
    case EventKind::write_back: {
      // The program does not wait for what the kernel writes on its own.
      const bool waits = event.detail != static_cast<std::uint16_t>(WriteBackReason::background);
      if (!waits) return {};
      return {next ? costs.write_back_next_ns : costs.write_back_ns};
    }
    case EventKind::system_call:
      return {costs.system_call_ns + event.count / costs.bytes_copied_a_ns};
    case EventKind::signal: return {costs.signal_ns};
    case EventKind::disk_error:
    case EventKind::process_switch: return {};
  }
  return {};
}

}  // namespace sim

// One switch, so that no kind of event is forgotten.

#include "scenarios/session/counters.h"

namespace session {

Counters& Counters::operator+=(const Counters& o) {
  major += o.major;
  minor += o.minor;
  cow += o.cow;
  write_notify += o.write_notify;
  swap_in_faults += o.swap_in_faults;
  for (std::size_t i = 0; i < system_calls.size(); ++i) system_calls[i] += o.system_calls[i];
  bytes_read += o.bytes_read;
  bytes_written += o.bytes_written;
  pages_in += o.pages_in;
  for (std::size_t i = 0; i < write_backs.size(); ++i) write_backs[i] += o.write_backs[i];
  evicted += o.evicted;
  swapped_in += o.swapped_in;
  swapped_out += o.swapped_out;
  tlb_misses += o.tlb_misses;
  touches += o.touches;
  simulated_ns += o.simulated_ns;
  return *this;
}

void Counters::count(const sim::Event& e) {
  using sim::EventKind;
  switch (e.kind) {
    case EventKind::access: touches += e.count; break;
    case EventKind::tlb_miss: ++tlb_misses; break;
    case EventKind::fault_minor:
    case EventKind::fault_major:
      ++(e.kind == EventKind::fault_major ? major : minor);
      if ((e.detail & sim::fault_detail::cow) != 0) ++cow;
      if ((e.detail & sim::fault_detail::write_notify) != 0) ++write_notify;
      if ((e.detail & sim::fault_detail::swap_in) != 0) ++swap_in_faults;
      break;
    case EventKind::page_in: pages_in += e.count; break;
    case EventKind::evict: ++evicted; break;
    case EventKind::swap_out: ++swapped_out; break;
    case EventKind::swap_in: ++swapped_in; break;
    case EventKind::write_back: ++write_backs[e.detail]; break;
    case EventKind::system_call:
      ++system_calls[e.operand];
      if (sim::SystemCall{e.operand} == sim::SystemCall::read) bytes_read += e.count;
      if (sim::SystemCall{e.operand} == sim::SystemCall::write) bytes_written += e.count;
      break;
    case EventKind::dirty:
    case EventKind::signal:
    case EventKind::disk_error:
    case EventKind::process_switch: break;
  }
}

}  // namespace session

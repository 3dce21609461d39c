// One event at a time.

#include "viz/model/line_figures.h"

namespace viz {

void LineFigures::add(const sim::Event& e) {
  switch (e.kind) {
    case sim::EventKind::fault_major:
    case sim::EventKind::fault_minor:
      ++(e.kind == sim::EventKind::fault_major ? major : minor);
      if ((e.detail & sim::fault_detail::cow) != 0) ++cow;
      if ((e.detail & sim::fault_detail::write_notify) != 0) ++write_notify;
      break;
    case sim::EventKind::page_in: ++read; break;
    case sim::EventKind::evict: ++evicted; break;
    case sim::EventKind::swap_out: ++swapped_out; break;
    case sim::EventKind::swap_in: ++swapped_in; break;
    case sim::EventKind::write_back: ++written; break;
    case sim::EventKind::system_call:
      ++calls;
      if (sim::SystemCall{e.operand} == sim::SystemCall::read) bytes_read += e.count;
      if (sim::SystemCall{e.operand} == sim::SystemCall::write) bytes_written += e.count;
      break;
    case sim::EventKind::access:
    case sim::EventKind::tlb_miss:
    case sim::EventKind::dirty:
    case sim::EventKind::signal:
    case sim::EventKind::disk_error:
    case sim::EventKind::process_switch: break;
  }
}

LineFigures& LineFigures::operator+=(const LineFigures& o) {
  major += o.major;
  minor += o.minor;
  cow += o.cow;
  write_notify += o.write_notify;
  swapped_in += o.swapped_in;
  swapped_out += o.swapped_out;
  evicted += o.evicted;
  read += o.read;
  written += o.written;
  bytes_read += o.bytes_read;
  bytes_written += o.bytes_written;
  calls += o.calls;
  return *this;
}

}  // namespace viz

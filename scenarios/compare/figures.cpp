// Sums over counters.

#include "scenarios/compare/figures.h"

#include <numeric>

namespace comparison {

using sim::EventKind;

void add_time(TimeSplit& split, const sim::Event& event, const sim::CostTable& prices) {
  const std::uint64_t price = sim::cost_of(event, prices).count;
  switch (event.kind) {
    case EventKind::page_in:
    case EventKind::swap_in: split.disk_read_ns += price; break;
    case EventKind::write_back:
    case EventKind::swap_out:
    case EventKind::disk_error: split.disk_write_ns += price; break;
    case EventKind::fault_minor:
    case EventKind::fault_major:
    case EventKind::tlb_miss:
    case EventKind::evict:
    case EventKind::dirty:
    case EventKind::process_switch:
    case EventKind::signal: split.fault_ns += price; break;
    case EventKind::access:
    case EventKind::system_call: split.copy_and_call_ns += price; break;
  }
}

std::uint64_t Figures::system_calls() const {
  const auto& calls = counters.system_calls;
  return std::accumulate(calls.begin(), calls.end(), std::uint64_t{0});
}

sim::Bytes Figures::copied_by_calls() const {
  return sim::Bytes{counters.bytes_read + counters.bytes_written};
}

sim::Bytes Figures::copied_on_write() const { return sim::Bytes{counters.cow * page_size.count}; }

sim::Bytes Figures::read_from_disk() const {
  return sim::Bytes{(counters.pages_in + counters.swapped_in) * page_size.count};
}

sim::Bytes Figures::written_to_disk() const {
  const auto& writes = counters.write_backs;
  const std::uint64_t pages = std::accumulate(writes.begin(), writes.end(), std::uint64_t{0});
  return sim::Bytes{(pages + counters.swapped_out) * page_size.count};
}

}  // namespace comparison

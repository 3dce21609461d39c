// Events into notes and sums.

#include "scenarios/session/touch_trace.h"

#include <fmt/format.h>

#include "scenarios/session/run.h"

namespace session {
namespace {

// SplitMix64's finalizer (Steele, Lea and Flood 2014): every bit of the input moves every bit.
std::uint64_t mixed(std::uint64_t x) {
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
  return x ^ (x >> 31);
}

}  // namespace

void TouchTrace::take(const sim::Event& e, std::size_t step) {
  if (sums.size() <= step) sums.resize(step + 1);
  TouchNote note{.touch = e.touch,
                 .page = e.page,
                 .step = static_cast<std::uint32_t>(step),
                 .detail = e.detail};
  switch (e.kind) {
    case sim::EventKind::access: {
      const std::uint64_t page = std::uint64_t{e.page.object} << 32 | e.page.index;
      const std::uint64_t how = std::uint64_t{e.operand} * 2 + e.detail + 1;
      sums[step] += mixed(page ^ mixed(how)) * e.count;
      return;
    }
    case sim::EventKind::fault_minor: break;
    case sim::EventKind::fault_major: note.major = true; break;
    case sim::EventKind::signal: note.is_signal = true; break;
    case sim::EventKind::tlb_miss:
    case sim::EventKind::page_in:
    case sim::EventKind::evict:
    case sim::EventKind::swap_out:
    case sim::EventKind::swap_in:
    case sim::EventKind::dirty:
    case sim::EventKind::write_back:
    case sim::EventKind::disk_error:
    case sim::EventKind::process_switch:
    case sim::EventKind::system_call: return;
  }
  notes.push_back(note);
}

std::string outcome_of(ComputerKind computer, const TouchNote& note) {
  if (note.is_signal) return fmt::format("signal {}", note.detail);
  return kind_of(computer, {{}, note.major, note.detail});
}

}  // namespace session

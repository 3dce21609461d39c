// Names and sums of a recorded run.

#include "scenarios/session/run.h"

#include <fmt/format.h>

#include <algorithm>
#include <csignal>

namespace session {

const char* name_of(ComputerKind kind) {
  switch (kind) {
    case ComputerKind::simulated: return "sim";
    case ComputerKind::real: return "real";
  }
  return "?";
}

const char* in_words(ComputerKind kind) {
  return kind == ComputerKind::simulated ? "the simulated computer" : "this computer";
}

const char* name_of(EndKind kind) {
  static constexpr const char* kNames[] = {"finished", "raised",      "died",    "unsupported",
                                           "budget",   "out_of_time", "stopped", "broken",
                                           "killed",   "power_cut"};
  return kNames[static_cast<std::size_t>(kind)];
}

std::string how_it_ended(const Ending& e) {
  switch (e.kind) {
    case EndKind::finished: return "came to its end";
    case EndKind::raised: return fmt::format("raised {} in line {}", e.error_line, e.line);
    case EndKind::died:
      return fmt::format("died of signal {} in line {}{}{}", e.signal, e.line,
                         e.message.empty() ? "" : ": ", e.message);
    case EndKind::killed: return fmt::format("was killed with SIGKILL at {}", e.message);
    case EndKind::power_cut: return fmt::format("had its power cut at {}", e.message);
    case EndKind::unsupported:
    case EndKind::budget:
    case EndKind::out_of_time:
    case EndKind::stopped:
    case EndKind::broken: return fmt::format("was ended in line {}: {}", e.line, e.message);
  }
  return "?";
}

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

bool Run::has_forked() const {
  return std::any_of(steps.begin(), steps.end(), [](const Step& s) { return s.process != 0; });
}

bool Run::ran_out_of_memory() const {
  return ending.kind == EndKind::died && ending.signal == SIGKILL && !deaths.empty();
}

const Note* Run::note_on(std::string_view topic) const {
  for (const Note& note : notes) {
    if (note.topic == topic) return &note;
  }
  return nullptr;
}

std::string name_of(const Run& run, const PageRun& pages) {
  const auto known = run.names.find(pages.object);
  const std::string object =
      known != run.names.end() ? known->second : fmt::format("temporary-{}", pages.object);
  if (pages.end == pages.first + 1) return fmt::format("{}:{}", object, pages.first);
  return fmt::format("{}:{}-{}", object, pages.first, pages.end - 1);
}

std::string kind_of(ComputerKind computer, const FaultRun& fault) {
  std::string labels;
  const auto label = [&](std::uint16_t bit, const char* name) {
    if ((fault.detail & bit) != 0) labels += (labels.empty() ? "" : " ") + std::string(name);
  };
  label(sim::fault_detail::cow, "cow");
  label(sim::fault_detail::write_notify, "write_notify");
  label(sim::fault_detail::swap_in, "swap_in");
  label(sim::fault_detail::zero_page, "zero_page");
  const std::string kind = fault.major ? "major" : "minor";
  if (labels.empty()) return kind;
  if (computer == ComputerKind::simulated) return kind + " " + labels;
  return fault.is_swap_in() ? fmt::format("({})", labels) : fmt::format("{} ({})", kind, labels);
}

}  // namespace session

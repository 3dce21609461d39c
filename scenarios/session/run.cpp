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
    case EndKind::finished:
      if (e.status == 0) return "came to its end";
      return fmt::format("{} in line {}", e.message, e.line);
    case EndKind::raised: return fmt::format("raised {} in line {}", e.error_line, e.line);
    case EndKind::died:
      return fmt::format("died of {} in line {}{}{}", name_of_signal(e.signal), e.line,
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
  const bool simulated = computer == ComputerKind::simulated;
  const bool major = fault.major && (simulated || !fault.is_swap_in());
  const std::string kind = major ? "major" : "minor";
  if (labels.empty()) return kind;
  return simulated ? kind + " " + labels : fmt::format("{} ({})", kind, labels);
}

}  // namespace session

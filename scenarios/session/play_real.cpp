// A program on the real computer: recorded here from what the child tells.

#include <fmt/format.h>
#include <unistd.h>

#include "real/scratch.h"
#include "scenarios/session/host_run.h"
#include "scenarios/session/play.h"

namespace session {

std::optional<Failure> problem_on_this_computer(const Settings& settings) {
  const long host = ::sysconf(_SC_PAGESIZE);
  if (settings.machine.page_size == sim::Bytes{static_cast<std::uint64_t>(host)}) {
    return std::nullopt;
  }
  return Failure{
      fmt::format("page_size={} cannot run on this computer, whose pages have {} bytes. "
                  "Add --on sim, or set page_size={}",
                  settings.machine.page_size.count, host, host)};
}

sim::MachineConfig with_habits_of_scratch(sim::MachineConfig machine) {
  const auto scratch = real::Scratch::make();
  if (const auto* made = std::get_if<real::Scratch>(&scratch)) {
    machine.format = made->filesystem().format;
  }
  return machine;  // where there is no scratch directory, the real run says so
}

std::variant<Played, Failure> play_real(const Play& play) {
  Recorder recorder(ComputerKind::real, play.settings.machine, play.settings.max_steps, play.tap);
  if (play.settings.trace == Trace::touches) recorder.trace_touches();
  auto left = run_on_host({.program = play.program,
                           .settings = play.settings,
                           .files = play.files,
                           .evictions = play.evictions,
                           .deaths = play.deaths,
                           .interrupted = play.interrupted,
                           .stop = play.stop},
                          recorder);
  if (auto* failure = std::get_if<Failure>(&left)) return *failure;
  Run run = recorder.take();
  run.mode = play.settings.mode;
  return played(std::move(run), std::get<Left>(std::move(left)));
}

}  // namespace session

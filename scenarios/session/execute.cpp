// The same conductor as a played run, told to report output only.

#include "scenarios/session/execute.h"

#include "scenarios/session/carried_files.h"
#include "scenarios/session/conductor.h"
#include "scenarios/session/host_run.h"
#include "scenarios/session/quiet_sink.h"
#include "scenarios/session/replaced_file.h"
#include "sim/machine.h"

namespace session {
namespace {

// Prints what is printed and keeps the ending.
class Printer final : public QuietSink {
 public:
  explicit Printer(const Execution& job) : job_(job) {}

  void printed(Stream stream, std::string_view text) override { job_.print(stream, text); }
  void ended(const Ending& e) override { ending = e; }

  Ending ending;

 private:
  const Execution& job_;
};

void run_simulated(const Execution& job, CarriedFiles& carried, Printer& printer, Left& left) {
  EventRelay relay(printer);
  sim::EventStream events(relay);  // the machine is not attached: nobody reads its events
  sim::Machine machine(job.settings.machine);
  const auto copy_in = [&](std::string_view name) {
    const auto bytes = carried.first_use(name);
    if (!bytes) return;
    const auto data = std::as_bytes(std::span(bytes->data(), bytes->size()));
    SIM_CHECK(machine.install_file(name, data).ok());  // plain, and not there yet
  };
  conduct({.program = job.program,
           .computer = machine,
           .events = events,
           .sink = printer,
           .budget = {job.settings.max_steps, job.settings.max_time},
           .interrupted = job.interrupted,
           .before_first_use = copy_in,
           .before_listing =
               [&] {
                 for (const std::string& name : carried.names()) copy_in(name);
               },
           .detail = Conducted::Detail::output_only},
          relay);
  left = files_left(machine);
}

}  // namespace

Executed execute(const Execution& job) {
  remove_abandoned_copies(job.folder);
  CarriedFiles carried(job.folder);
  Printer printer(job);
  Left left;
  Executed result;
  if (job.on == ComputerKind::simulated) {
    run_simulated(job, carried, printer, left);
  } else {
    const HostRun run{.program = job.program,
                      .settings = job.settings,
                      .files = {},
                      .carried = &carried,
                      .evictions = {},
                      .detail = Conducted::Detail::output_only,
                      .interrupted = job.interrupted};
    auto ended = run_on_host(run, printer);
    if (auto* failure = std::get_if<Failure>(&ended)) {
      result.failures = {*failure};
      return result;
    }
    left = std::get<Left>(std::move(ended));
  }
  result.ending = printer.ending;
  const bool is_believed = result.ending.kind != EndKind::broken || result.ending.signal != 0;
  const std::optional<Failure> failure =
      !is_believed        ? Failure{"no file was carried back: the folder is as it was before"}
      : carried.failure() ? carried.failure()
                          : problem_with(left);
  if (failure) {
    result.failures = {*failure};
  } else {
    result.failures = carried.carry_back(left.files);
  }
  return result;
}

}  // namespace session

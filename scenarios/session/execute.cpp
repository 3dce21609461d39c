// The same conductor as a played run, told to report output only.

#include "scenarios/session/execute.h"

#include "scenarios/session/carried_files.h"
#include "scenarios/session/host_run.h"
#include "scenarios/session/machine_run.h"
#include "scenarios/session/quiet_sink.h"
#include "scenarios/session/replaced_file.h"

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

}  // namespace

Executed execute(const Execution& job) {
  remove_abandoned_copies(job.folder);
  CarriedFiles carried(job.folder);
  Printer printer(job);
  Left left;
  bool is_whole = true;  // whether that is all it left
  Executed result;
  if (job.on == ComputerKind::simulated) {
    const Files none;
    MachineLeft all = run_on_machine({.program = job.program,
                                      .settings = job.settings,
                                      .files = none,
                                      .carried = &carried,
                                      .detail = Conducted::Detail::output_only,
                                      .interrupted = job.interrupted},
                                     printer);
    left = std::move(all.left);
    is_whole = all.is_whole;
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
  const bool is_believed =
      is_whole && (result.ending.kind != EndKind::broken || result.ending.signal != 0);
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

// Runs in the child, with a clock around the program.

#include "scenarios/compare/measure.h"

#include <algorithm>
#include <charconv>

#include "scenarios/session/host_run.h"
#include "scenarios/session/quiet_sink.h"

namespace comparison {
namespace {

using session::Failure;

class Stopwatch final : public session::QuietSink {
 public:
  void note(const session::Note& note) override {
    std::uint64_t* const to = note.topic == session::topic::program_time ? &ns
                              : note.topic == session::topic::own_time   ? &own_ns
                                                                         : nullptr;
    if (to != nullptr) std::from_chars(note.text.data(), note.text.data() + note.text.size(), *to);
  }
  void ended(const session::Ending& e) override { ending = e; }

  std::uint64_t ns = 0, own_ns = 0;
  session::Ending ending;
};

std::uint64_t median_of(std::vector<std::uint64_t> all) {
  SIM_CHECK(!all.empty());
  std::sort(all.begin(), all.end());
  return all[all.size() / 2];
}

}  // namespace

std::uint64_t Measured::median_ns() const { return median_of(runs_ns); }
std::uint64_t Measured::median_own_ns() const { return median_of(own_ns); }

std::variant<Measured, Failure> measure(Comparison& comparison, const Measurement& asked) {
  auto prepared = comparison.prepare(asked.strategy, asked.point);
  if (auto* bad = std::get_if<Failure>(&prepared)) return *bad;
  auto& strategy = std::get<Prepared>(prepared);
  const session::Files files = *std::get<const session::Files*>(comparison.files_at(asked.point));
  auto simulated = run({strategy, asked.interrupted});
  const session::Left expected = session::files_left(simulated.second.machine);
  strategy.settings.mode = real::Mode::kernel_default;
  strategy.settings.without.host.faults = real::FaultSource::none;
  Measured measured;
  for (unsigned i = 0; i < asked.times && !asked.interrupted(); ++i) {
    Stopwatch watch;
    const session::HostRun job{.program = strategy.program,
                               .settings = strategy.settings,
                               .files = files,
                               .evictions = {},
                               .detail = session::Conducted::Detail::output_only,
                               .interrupted = asked.interrupted};
    auto left = session::run_on_host(job, watch);
    if (auto* bad = std::get_if<Failure>(&left)) return *bad;
    measured.ending = watch.ending;
    if (!watch.ending.has_succeeded()) break;
    measured.runs_ns.push_back(watch.ns);
    measured.own_ns.push_back(watch.own_ns);
    const bool same = std::get<session::Left>(left).files == expected.files;
    measured.leaves_the_same = measured.leaves_the_same && same;
  }
  return measured;
}

}  // namespace comparison

// A program on the simulated computer: recorded here from what its child tells.

#include "scenarios/session/machine_run.h"
#include "scenarios/session/play.h"
#include "sim/machine.h"

namespace session {
namespace {

// Passes everything on, and keeps what the real computer has to be told.
class EvictionWatch final : public RunSink {
 public:
  EvictionWatch(RunSink& next, real::EvictionList& list) : next_(next), list_(list) {}
  void line_begins(std::uint32_t line) override { next_.line_begins(line); }
  void line_goes_on(std::uint32_t line) override { next_.line_goes_on(line); }
  void happened(std::span<const sim::Event> events) override {
    list_.take(events);
    next_.happened(events);
  }
  void printed(Stream stream, std::string_view text) override { next_.printed(stream, text); }
  void observed(const sim::Observation& seen) override { next_.observed(seen); }
  void named(std::uint32_t object, std::string_view name) override { next_.named(object, name); }
  void note(const Note& note) override { next_.note(note); }
  void file_now(std::string_view name, const FileTruths& truths) override {
    next_.file_now(name, truths);
  }
  void file(std::string_view name, const FileTruths& truths) override { next_.file(name, truths); }
  void ended(const Ending& ending) override { next_.ended(ending); }

 private:
  RunSink& next_;
  real::EvictionList& list_;
};

}  // namespace

Left files_left(sim::Computer& computer) {
  Left left;
  std::uint64_t room = kMostFileBytes;
  for (const sim::FileState& file : computer.observe().files) {
    if (file.name.empty()) continue;
    if (file.size.count > room) {
      left.too_large.push_back(file.name);
      continue;
    }
    const sim::FileBytes all =
        computer.bytes_of(file.name, sim::Truth::cache, sim::FileOffset{0}, file.size);
    SIM_CHECK(all.bytes);  // the simulated computer shows every truth
    room -= all.bytes->size();
    left.files[file.name].assign(reinterpret_cast<const char*>(all.bytes->data()),
                                 all.bytes->size());
  }
  return left;
}

Played played(Run run, Left left) {
  if (run.ending.kind == EndKind::killed) {
    for (const auto& [name, bytes] : left.files) {
      if (run.files.contains(name)) run.survived[name] = truth_of(bytes);
    }
    for (const std::string& name : left.too_large) {
      if (run.files.contains(name)) run.survived[name].why_not = "too large to be looked at";
    }
  }
  return {std::move(run), std::move(left)};
}

Played play_simulated(const Play& play) {
  Recorder recorder(ComputerKind::simulated, play.settings.machine, play.settings.max_steps,
                    play.tap);
  if (play.settings.trace == Trace::touches) recorder.trace_touches();
  using Of = real::EvictionList::Of;
  const bool writes_of_itself = play.settings.machine.background != sim::BackgroundWriting{};
  real::EvictionList evictions(writes_of_itself ? Of::evictions_and_background_writes
                                                : Of::evictions);
  EvictionWatch watch(recorder, evictions);
  MachineLeft left = run_on_machine({.program = play.program,
                                     .settings = play.settings,
                                     .files = play.files,
                                     .foreseen = play.foreseen,
                                     .moves_as_here = play.moves_as_here,
                                     .interrupted = play.interrupted,
                                     .stop = play.stop},
                                    watch);
  std::optional<PowerCut> cut = std::move(left.power_cut);
  Played result = played(recorder.take(), std::move(left.left));
  if (cut) {  // what the program did not use is found as it was
    const auto is_unused = [&](const std::string& name) {
      return play.files.contains(name) && result.left.files.contains(name) &&
             !result.run.files.contains(name);
    };
    std::erase_if(cut->names, [&](const auto& found) { return is_unused(found.first); });
    for (PowerCut::Drawn& image : cut->drawn) {
      std::erase_if(image.files, [&](const auto& found) { return is_unused(found.first); });
    }
  }
  result.run.power_cut = std::move(cut);
  result.evictions = std::move(evictions);
  return result;
}

}  // namespace session

// A program on the simulated computer, in this process.

#include <fmt/format.h>

#include "scenarios/session/conductor.h"
#include "scenarios/session/play.h"
#include "sim/machine.h"

namespace session {
namespace {

std::span<const std::byte> bytes_of(const std::string& text) {
  return std::as_bytes(std::span(text.data(), text.size()));
}

// Passes events on, and keeps what the real computer has to be told.
class EvictionWatch final : public sim::EventConsumer {
 public:
  EvictionWatch(sim::EventConsumer& next, real::EvictionList& list) : next_(&next), list_(&list) {}
  void consume(std::span<const sim::Event> events) override {
    list_->take(events);
    next_->consume(events);
  }

 private:
  sim::EventConsumer* next_;
  real::EvictionList* list_;
};

// Passes moves on, and knows whether there were any.
class CountedCopy final : public sim::PageCopy {
 public:
  explicit CountedCopy(sim::PageCopy* behind) : behind_(behind) {}
  void move(std::span<std::byte> page, const sim::MoveInPage& move) override {
    ++moves_;
    behind_->move(page, move);
  }
  std::uint64_t moves() const { return moves_; }
  std::string text() const {
    return fmt::format(
        "read() or write() moved bytes onto themselves within a page {} time{}. What that gives is "
        "the processor's affair: the simulated computer was told what this one gives for the same "
        "move, so these bytes are mirrored, not compared",
        moves_, moves_ == 1 ? "" : "s");
  }

 private:
  sim::PageCopy* behind_;
  std::uint64_t moves_ = 0;
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
  EventRelay relay(recorder);
  using Of = real::EvictionList::Of;
  const bool writes_of_itself = play.settings.machine.background != sim::BackgroundWriting{};
  real::EvictionList evictions(writes_of_itself ? Of::evictions_and_background_writes
                                                : Of::evictions);
  EvictionWatch watch(relay, evictions);
  sim::EventStream events(watch);
  sim::MachineConfig config = play.settings.machine;
  if (!play.foreseen.empty()) config.background = {};  // the other computer's run has all of it
  sim::Machine machine(config);
  for (const auto& [name, bytes] : play.files) {
    SIM_CHECK(machine.install_file(name, bytes_of(bytes)).ok());  // names of a folder are plain
  }
  machine.foresee(play.foreseen);
  CountedCopy copy(play.page_copy);
  if (play.page_copy != nullptr) machine.copy_within_pages_as(copy);
  machine.attach(&events);
  conduct({.program = play.program,
           .computer = machine,
           .events = events,
           .sink = recorder,
           .budget = {play.settings.max_steps, play.settings.max_time},
           .interrupted = play.interrupted,
           .stop = play.stop},
          relay);
  machine.attach(nullptr);
  if (copy.moves() > 0) recorder.note({topic::page_copy, copy.text()});
  const Ending& ending = recorder.run().ending;
  std::optional<PowerCut> cut;
  if (ending.kind == EndKind::power_cut) {
    cut = describe(machine.after_power_cut(), play.settings.machine.seed);
  }
  machine.exit();  // what a killed process leaves; after an end of its own, nothing is left to do
  Played result = played(recorder.take(), files_left(machine));
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

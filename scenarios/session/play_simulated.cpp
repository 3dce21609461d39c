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

Played play_simulated(const Play& play) {
  Recorder recorder(ComputerKind::simulated, play.settings.machine, play.settings.max_steps,
                    play.tap);
  if (play.settings.trace == Trace::touches) recorder.trace_touches();
  EventRelay relay(recorder);
  real::EvictionList evictions;
  EvictionWatch watch(relay, evictions);
  sim::EventStream events(watch);
  sim::Machine machine(play.settings.machine);
  for (const auto& [name, bytes] : play.files) {
    SIM_CHECK(machine.install_file(name, bytes_of(bytes)).ok());  // names of a folder are plain
  }
  machine.attach(&events);
  conduct({.program = play.program,
           .computer = machine,
           .events = events,
           .sink = recorder,
           .budget = {play.settings.max_steps, play.settings.max_time},
           .interrupted = play.interrupted},
          relay);
  machine.attach(nullptr);
  return {recorder.take(), files_left(machine), std::move(evictions)};
}

}  // namespace session

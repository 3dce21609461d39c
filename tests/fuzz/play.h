// A program text played on the simulated computer alone, on a budget that keeps a fuzzer fast, and
// in the fuzzer's own process: what goes wrong in another's, it would not see.

#pragma once

#include <span>
#include <string_view>
#include <variant>

#include "scenarios/session/conductor.h"
#include "scenarios/session/play.h"
#include "scenarios/session/quiet_sink.h"
#include "sim/machine.h"

namespace fuzz {

// Compiles and, if that works, runs. What comes of it is of no interest: it has to come back.
inline void play(std::string_view source, const session::Files& files = {}) {
  const auto compiled = session::compile_program(source, "fuzzed.py");
  const auto* program = std::get_if<python::Program>(&compiled);
  if (program == nullptr) return;
  session::Settings settings;
  settings.machine.frames = sim::Pages{32};
  settings.machine.swap_pages = sim::Pages{32};
  settings.max_steps = 20'000;
  settings.max_time = std::chrono::seconds{2};
  session::QuietSink unheard;
  session::EventRelay relay(unheard);
  sim::EventStream events(relay);
  sim::Machine machine(settings.machine);
  for (const auto& [name, bytes] : files) {
    const auto data = std::as_bytes(std::span(bytes.data(), bytes.size()));
    if (!machine.install_file(name, data).ok()) return;
  }
  machine.attach(&events);
  session::conduct({.program = *program,
                    .computer = machine,
                    .events = events,
                    .sink = unheard,
                    .budget = {settings.max_steps, settings.max_time}},
                   relay);
  machine.attach(nullptr);
}

}  // namespace fuzz

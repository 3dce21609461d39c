// A program text played on the simulated computer alone, on a budget that keeps a fuzzer fast.

#pragma once

#include <string_view>
#include <variant>

#include "scenarios/session/play.h"

namespace fuzz {

// Compiles and, if that works, runs. What comes of it is of no interest: it has to come back.
inline void play(std::string_view source, session::Files files = {}) {
  const auto compiled = session::compile_program(source, "fuzzed.py");
  const auto* program = std::get_if<python::Program>(&compiled);
  if (program == nullptr) return;
  session::Settings settings;
  settings.machine.frames = sim::Pages{32};
  settings.machine.swap_pages = sim::Pages{32};
  settings.max_steps = 20'000;
  settings.max_time = std::chrono::seconds{2};
  session::play_simulated({.program = *program, .settings = settings, .files = std::move(files)});
}

}  // namespace fuzz

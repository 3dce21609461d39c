// Executes a program for its output and its files alone, as an interpreter would.

#pragma once

#include <functional>
#include <string>
#include <vector>

#include "scenarios/session/play.h"
#include "scenarios/session/run_sink.h"

namespace session {

struct Execution {
  const python::Program& program;
  ComputerKind on = ComputerKind::simulated;
  Settings settings;
  std::string folder = ".";  // whose files it uses and changes
  std::function<void(Stream, std::string_view)> print;
  std::function<bool()> interrupted = [] { return false; };
};

struct Executed {
  Ending ending;
  std::vector<Failure> failures;  // files that could not be copied in or carried back
};

Executed execute(const Execution&);

}  // namespace session

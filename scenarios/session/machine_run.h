// Conducts a program on the simulated computer: in a child process that is sealed off from
// everything, with its telling delivered to a RunSink here. A defect of the machine or of the
// language is then a crash that is told (decision 17), and harms nothing that the user owns.

#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "scenarios/session/carried_files.h"
#include "scenarios/session/conductor.h"
#include "scenarios/session/play.h"

namespace session {

struct MachineRun {
  const python::Program& program;
  Settings settings;
  const Files& files;                           // there before the program starts
  CarriedFiles* carried = nullptr;              // whose files a name's first use copies in
  std::vector<sim::KernelWrite> foreseen = {};  // see play.h
  bool moves_as_here = false;                   // see play.h
  Conducted::Detail detail = Conducted::Detail::full;
  std::function<bool()> interrupted = [] { return false; };
  std::optional<Stop> stop = {};
};

struct MachineLeft {
  Left left;
  // Whether that is all. Of a run that crashed, or had to be killed, nobody knows what it left.
  bool is_whole = false;
  std::optional<PowerCut> power_cut;
};

MachineLeft run_on_machine(const MachineRun&, RunSink&);

}  // namespace session

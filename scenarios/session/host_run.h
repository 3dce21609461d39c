// Conducts a program on the real computer: in a child process, in a scratch directory, with its
// telling delivered to a RunSink here.

#pragma once

#include <functional>
#include <variant>

#include "real/memory_group.h"
#include "scenarios/session/carried_files.h"
#include "scenarios/session/conductor.h"
#include "scenarios/session/play.h"

namespace session {

// A real limit of memory for the process that runs the program, from its first line on.
struct Limit {
  const real::MemoryGroup& group;
  sim::Bytes room;  // for the program, beside what the process has by then
  // Found on the way:
  int error = 0;  // an errno: it could not be set
  real::MemoryGroup::Usage before = {};
  real::MemoryGroup::Usage after = {};
};

struct HostRun {
  const python::Program& program;
  Settings settings;
  Files files;                      // in the scratch directory before the program starts, cold
  CarriedFiles* carried = nullptr;  // whose files a name's first use copies in; none: nobody's
  std::span<const real::MirroredEviction> evictions = {};  // to be carried out in the child
  std::span<const real::Death> deaths = {};  // at which touches processes die (play.h)
  Conducted::Detail detail = Conducted::Detail::full;
  std::function<bool()> interrupted = [] { return false; };
  std::optional<Stop> stop = {};  // where the parent kills the child
  Limit* limit = nullptr;
};

// The files that the program left in the scratch directory.
std::variant<Left, Failure> run_on_host(const HostRun&, RunSink&);

}  // namespace session

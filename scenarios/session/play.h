// Plays a program on one computer or both, from the same files and cold memory, and holds the runs
// against each other: what the command and the app both call.

#pragma once

#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "real/eviction_list.h"
#include "scenarios/python/evaluator.h"
#include "scenarios/session/place.h"
#include "scenarios/session/reconcile.h"
#include "scenarios/session/recorder.h"
#include "scenarios/session/settings.h"
#include "sim/core/kernel_write.h"

namespace session {

// Files by name, whole: what a program starts with and what it leaves.
using Files = std::map<std::string, std::string>;
// More than this is not carried from program to program or copied in.
inline constexpr std::uint64_t kMostFileBytes = std::uint64_t{1} << 30;
// More than this is not given to programs to start with: up to eight copies are in memory at once,
// and a process may have 6 GiB (real/memory_limit.h).
inline constexpr std::uint64_t kMostGivenBytes = std::uint64_t{512} << 20;

// What a program left: the files, and the names of those too large to be carried anywhere.
struct Left {
  Files files;
  std::vector<std::string> too_large;
};

struct Failure {
  std::string message;  // what, where, how to put it right
};

// A failure that names the files too large to carry; nothing when there are none.
std::optional<Failure> problem_with(const Left&);

// The regular files of a folder; names only of those for which there is no room.
std::variant<Left, Failure> read_folder(const std::string& path,
                                        std::uint64_t room = kMostFileBytes);

// The same of a folder that programs start with. Refused are names that JSON cannot hold, and more
// than kMostGivenBytes.
std::variant<Files, Failure> given_files(const std::string& folder);

// Compiles with the modules that programs can import (numpy, os, ...).
std::variant<python::Program, python::CompileProblem> compile_program(std::string_view source,
                                                                      std::string file_name);

struct Play {
  const python::Program& program;
  Settings settings;
  Files files;
  EventTap* tap = nullptr;
  // Of the simulated computer's run, for the real one to do the same (exact mode).
  std::span<const real::MirroredEviction> evictions = {};
  // When its memory ran out, and a process of the program died of it each time, in either mode.
  std::span<const real::Death> deaths = {};
  // Asked now and then; true ends the run (Ctrl-C).
  std::function<bool()> interrupted = [] { return false; };
  std::optional<Stop> stop = {};
  // Whether bytes are moved onto themselves within a page as this computer does it, or byte by
  // byte.
  bool moves_as_here = false;
  // Of the real computer's run, for the simulated one to do the same.
  std::vector<sim::KernelWrite> foreseen = {};
};

struct Played {
  Run run;
  Left left;                          // for the next program
  real::EvictionList evictions = {};  // of the simulated computer
};

// A run and what it left; of a killed program, the run also tells what survived.
Played played(Run, Left);
Played play_simulated(const Play&);
// The files a simulated computer holds, as every reader gets them.
Left files_left(sim::Computer&);
std::variant<Played, Failure> play_real(const Play&);

// Where both computers run, the simulated one does with files what the file system of the scratch
// directory does: a machine that has its habits.
sim::MachineConfig with_habits_of_scratch(sim::MachineConfig);

// Why these settings cannot be had on this computer; nothing when they can.
std::optional<Failure> problem_on_this_computer(const Settings&);

}  // namespace session

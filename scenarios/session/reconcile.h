// Holds two runs of one program against each other, figure by figure and page by page. A difference
// gets a named cause with its evidence, or it is unexplained: then the simulator or the host is
// wrong.

#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "scenarios/session/accounts.h"
#include "scenarios/session/run.h"

namespace session {

struct Difference {
  std::size_t step = 0;  // index into steps
  std::uint32_t line = 0;
  std::string figure;           // "faults.minor", "dirty", "files.data.bin.size"
  std::string simulated, real;  // both values, as text
  std::string pages;            // those the computers differ in, where the figure is a set of pages
};

// Differences of one line and figure with one cause: the first of them, and how many there are.
struct Explained {
  Difference difference;
  std::string cause;     // one of cause:: in accounts.h
  std::string evidence;  // the figures that show it
  std::uint64_t times = 1;
};

struct Agreement {
  // Why the runs were not held against each other: one ended from outside. Then nothing else is
  // here.
  std::string why_not;
  std::map<std::string, std::uint64_t> compared;  // figure -> how often it was compared
  std::uint64_t equal = 0;
  // Of the equal ones, those in which nothing happened: 0, none or unchanged on both computers, or
  // which line came next, of which one interpreter tells both.
  std::uint64_t of_nothing = 0;
  // Equal figures that this computer took from the simulated one (figures.h) in which something
  // happened: figure -> how often. They are not among those compared.
  std::map<std::string, std::uint64_t> mirrored;
  real::Mode mode = real::Mode::exact;
  std::vector<Explained> explained;
  std::map<std::string, Account> accounts;  // by cause: what accounts for all that is explained
  std::vector<Difference> unexplained;
  // Rules of the simulator that could be wrong and nothing here would differ (out_of_sight.h).
  std::map<sim::Rule, std::string> out_of_sight;
  bool holds() const { return unexplained.empty(); }
  std::uint64_t explained_figures() const;
};

// Requires: the first run is the simulated one, the second the real one, of one program and one
// start.
Agreement reconcile(const Run& simulated, const Run& real);

}  // namespace session

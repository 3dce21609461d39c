// What becomes of a program after a disaster. One that is killed is killed on this computer too.
// One that goes on is run again, on a simulated computer to which the disaster happens at the
// moment that is shown.

#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "viz/model/disaster.h"
#include "viz/model/film.h"

namespace viz {

struct Aftermath {
  std::string why_not;  // it cannot happen here; then nothing else holds
  std::string file;
  std::optional<sim::Machine> struck;  // when it has just happened
  std::optional<sim::Machine> after;   // when the program is over
  std::optional<sim::Machine> spared;  // the same, had it not happened
  session::Run run;                    // with its ending
  std::uint64_t refusals = 0;          // pages that found no room
  // Of one killed on this computer: whether its files are what the simulated one's are, byte for
  // byte.
  bool is_same_here = false;
};

struct AftermathJob {
  Disaster disaster = Disaster::disk_full;  // or truncation, or kill
  python::Program program;
  std::shared_ptr<const Film> film;
  std::optional<session::Stop> stop;  // where the film is cut short
  // Where it happens: between two elements of a loop, after the one that is under way.
  Moment moment;
  std::string file;
  // Of a kill: where, and the simulated computer there.
  std::optional<session::Place> place = {};
  std::optional<sim::Machine> now = {};
  std::function<bool()> interrupted = [] { return false; };
};

std::shared_ptr<const Aftermath> make_aftermath(const AftermathJob&);

}  // namespace viz

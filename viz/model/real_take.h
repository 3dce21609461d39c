// The same program's run on this computer, and how it agrees with the film.

#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "scenarios/session/reconcile.h"
#include "viz/model/film.h"

namespace viz {

struct RealTake {
  session::Run run;
  session::Agreement agreement;
  session::Left left;
  PageHistory history;             // changes are placed by number in `events`
  std::vector<sim::Event> events;  // but accesses
  RunningTotals totals;            // of `events`
  std::vector<std::size_t> steps;  // of each event: the run's step it belongs to
  std::string why_not;             // it could not be run; then nothing else holds

  // How many of the events lie before a tick of the film.
  std::size_t events_before(const Film&, Tick) const;
};

struct RealJob {
  const python::Program& program;
  session::Settings settings;
  session::Files files;
  const Film& film;
  std::function<bool()> interrupted = [] { return false; };
  std::optional<session::Stop> stop = {};
};

std::shared_ptr<const RealTake> make_real_take(const RealJob&);

}  // namespace viz

// One program's run on the simulated computer, recorded so that every moment of it can be gone to:
// which line it is in, what happened before, and the computer as it then was.

#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "scenarios/session/place.h"
#include "scenarios/session/play.h"
#include "viz/model/page_history.h"
#include "viz/model/recording.h"
#include "viz/model/running_totals.h"

namespace viz {

// Where the picture stands: how many stops of the run lie behind. Each touch is a stop, and so is
// the end of a line that touches nothing. 0: nothing has run.
using Tick = std::uint64_t;

// One execution of a line, or what was left of it after a call.
struct Visit {
  std::uint32_t line = 0;
  bool goes_on = false;
  std::uint64_t turn = 0;  // how often the line began, this one included
  Moment begin;
  Tick first_tick = 0;             // ticks behind when it begins
  std::size_t first_event = 0;     // into events()
  std::uint64_t begin_ns = 0;      // simulated time
  std::uint64_t dirty_before = 0;  // file pages
  LineFigures line_before;         // what the line's earlier executions added up to
  std::size_t output_before = 0;   // bytes printed
};

// A variable that is an array, from a visit on.
struct NamedArray {
  std::size_t visit = 0;
  std::string variable;
  numpy::ArrayLook look;
};

class Film {
 public:
  Film(const Film&) = delete;
  Film& operator=(const Film&) = delete;
  Film() = default;

  Tick ticks() const { return ticks_; }
  const std::vector<Visit>& visits() const { return visits_; }
  // Where a visit ends: where the next begins.
  const Visit& after(std::size_t visit) const;
  // The visit whose stop this is: its line is the one that ran last. Requires: tick > 0.
  std::size_t visit_at(Tick) const;
  // The first visit that lies ahead; visits().size() at the end.
  std::size_t next_visit(Tick) const;
  std::uint64_t touches_of(std::size_t visit) const;
  // The tick before a line's first (or turn-th) execution, or after so many of its touches.
  std::optional<Tick> tick_of(const session::Place&) const;
  // Indices of the visits of a line, ascending.
  const std::vector<std::size_t>& visits_of(std::uint32_t line) const;

  // Everything that happened but accesses, and the simulated time after each.
  const std::vector<sim::Event>& events() const { return events_; }
  const std::vector<std::uint64_t>& event_ns() const { return event_ns_; }
  // How many of the events lie before a tick.
  std::size_t events_before(Tick) const;
  // The tick in whose course an event comes: from 0.
  Tick tick_of_event(std::size_t event) const;
  // Simulated time when so many ticks are over: as it was where an event or a visit begins or ends,
  // in even steps between.
  std::uint64_t about_ns(Tick) const;
  // The last tick that is over at that time, so told.
  Tick tick_about(std::uint64_t ns) const;
  std::uint64_t all_ns() const { return end_.begin_ns; }
  // What a line added up to so far.
  LineFigures figures_of(std::uint32_t line, Tick) const;
  LineFigures totals(Tick) const;
  // What the events before that one add up to.
  LineFigures figures_before(std::size_t event) const { return totals_.before(event, events_); }

  const PageHistory& history() const { return history_; }
  const Recording& recording() const { return *recording_; }
  const session::Played& played() const { return played_; }
  const session::Run& run() const { return played_.run; }
  const std::vector<NamedArray>& arrays() const { return arrays_; }
  const std::string& output() const { return output_; }
  const session::Settings& settings() const { return settings_; }
  const std::vector<std::string>& source() const { return source_; }

 private:
  friend class FilmMaker;

  session::Settings settings_;
  std::vector<std::string> source_;
  std::unique_ptr<Recording> recording_;
  session::Played played_;
  std::vector<Visit> visits_;
  Visit end_;  // where the last visit ends
  std::unordered_map<std::uint32_t, std::vector<std::size_t>> visits_of_;
  std::vector<sim::Event> events_;
  std::vector<std::uint64_t> event_ns_;
  RunningTotals totals_;  // of the events
  std::vector<NamedArray> arrays_;
  std::string output_;
  PageHistory history_;
  Tick ticks_ = 0;
};

struct FilmJob {
  const python::Program& program;
  session::Settings settings;
  session::Files files;
  // Asked now and then with the touches made so far; true ends the run.
  std::function<bool(std::uint64_t touches)> interrupted = [](std::uint64_t) { return false; };
  std::optional<session::Stop> stop = {};  // where the run is cut short
  // Beyond this the run ends, and says so: what a recording may take.
  std::uint64_t most_bytes = std::uint64_t{1} << 30;
};

std::shared_ptr<const Film> make_film(const FilmJob&);

}  // namespace viz

// Strategies run on the simulated computer and held against each other, at any values of their
// parameters and settings. One call runs them all; nothing is printed and no clock is read but for
// the time budget of a run.

#pragma once

#include <functional>
#include <optional>
#include <utility>
#include <variant>
#include <vector>

#include "scenarios/compare/answer.h"
#include "scenarios/compare/figures.h"
#include "scenarios/compare/setup.h"

namespace comparison {

// Where a comparison is made.
struct Point {
  Values values = {};                  // parameters; the others as the programs have them
  std::vector<std::string> sets = {};  // "frames=64", over the settings of every strategy
};

struct Outcome {
  session::Ending ending;
  Figures figures;
  std::optional<Difference> difference;  // from the answer that most strategies give

  bool is_right() const { return ending.has_succeeded() && !difference.has_value(); }
  std::uint64_t time_ns() const { return figures.time.total(); }
};

struct Result {
  std::vector<Outcome> outcomes;       // as Setup::strategies
  std::optional<std::size_t> fastest;  // by simulated time, among those that are right
};

// Asked now and then; true ends a run.
using Interrupted = std::function<bool()>;
inline bool never_interrupted() { return false; }

// One strategy, ready to run.
struct Prepared {
  python::Program program;
  session::Settings settings;
  sim::Machine machine;  // cold, with the files on its disk
};

class Comparison {
 public:
  static std::variant<Comparison, session::Failure> make(Setup);

  const Setup& setup() const { return setup_; }
  const std::vector<Parameter>& parameters() const { return parameters_; }
  const Parameter* parameter(std::string_view name) const;  // null when there is none

  // Runs every strategy. Fails where a program cannot be compiled, a maker does not come to its
  // end, or a setting does not make a machine. An interrupted run has an ending that says so.
  std::variant<Result, session::Failure> at(const Point&, const Interrupted& = never_interrupted);

  // For whoever runs a strategy in another way.
  std::string source_of(std::size_t strategy, const Point&) const;
  std::variant<Prepared, session::Failure> prepare(std::size_t strategy, const Point&);
  // The files that all strategies start with.
  std::variant<const session::Files*, session::Failure> files_at(const Point&);

 private:
  explicit Comparison(Setup setup) : setup_(std::move(setup)) {}
  std::variant<session::Settings, session::Failure> settings_of(std::size_t, const Point&) const;
  sim::Machine start_of(const sim::MachineConfig&);
  std::optional<session::Failure> make_files(const std::vector<std::string>& sources);

  Setup setup_;
  std::vector<Parameter> parameters_;
  // What the makers made last, and machines that have it on their disk: a copy shares its pages.
  std::vector<std::string> made_by_;
  session::Files files_;
  bool is_made_ = false;
  std::vector<std::pair<sim::MachineConfig, sim::Machine>> starts_;
};

// Runs a strategy. `also` receives its events too; may be null.
struct Job {
  const Prepared& strategy;
  Interrupted interrupted = never_interrupted;
  sim::EventConsumer* also = nullptr;
};
std::pair<Outcome, Answer> run(const Job&);

}  // namespace comparison

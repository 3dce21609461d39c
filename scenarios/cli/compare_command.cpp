// Sets a comparison up, runs what was asked for, and tells what was found, also when interrupted.

#include "scenarios/cli/compare_command.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cmath>
#include <csignal>
#include <filesystem>
#include <iostream>
#include <nlohmann/json.hpp>

#include "scenarios/cli/compare_report.h"
#include "scenarios/cli/exit_status.h"
#include "scenarios/cli/input.h"
#include "scenarios/cli/interrupt.h"
#include "scenarios/cli/progress.h"
#include "scenarios/compare/findings.h"
#include "scenarios/session/nearest.h"

namespace cli {
namespace {

using comparison::Comparison;
using comparison::Findings;
using comparison::Setup;
using session::Failure;

class Comparer {
 public:
  explicit Comparer(const CompareOptions& options) : options_(options) {}
  int run();

 private:
  std::variant<Setup, Failure> read_setup() const;
  std::variant<Setup, Failure> setup_of_programs() const;
  std::optional<Failure> read_files(Setup&) const;
  std::optional<int> refusal_of_programs(const Comparison&) const;
  std::optional<Failure> read_values(const Comparison&);
  std::optional<Failure> read_value(const Comparison&, std::string_view assignment);
  std::optional<Failure> find(Comparison&);
  std::optional<Failure> measure(Comparison&);
  std::optional<Failure> sweep(Comparison&, const comparison::Axis&);
  std::optional<Failure> chart_policies(Comparison&);
  int status() const;
  int fail(const Failure& failure) const {
    std::cerr << "pagewalk: " << failure.message << '\n';
    return kBadInput;
  }

  const CompareOptions& options_;
  Findings found_;
};

std::variant<Setup, Failure> Comparer::setup_of_programs() const {
  Setup setup;
  for (const std::string& path : options_.what) {
    auto text = read_text(path);
    if (auto* bad = std::get_if<Failure>(&text)) return *bad;
    const std::filesystem::path file(path);
    setup.strategies.push_back(
        {file.stem().string(), {file.filename().string(), std::get<std::string>(text)}, {}});
  }
  return setup;
}

std::variant<Setup, Failure> Comparer::read_setup() const {
  Setup setup;
  const bool is_program = options_.what.front().ends_with(".py");
  if (is_program) {
    auto read = setup_of_programs();
    if (auto* bad = std::get_if<Failure>(&read)) return *bad;
    setup = std::get<Setup>(std::move(read));
  } else {
    if (options_.what.size() > 1) {
      return Failure{fmt::format("{} is no program. Give programs (FILE.py), or one lesson",
                                 options_.what.front())};
    }
    auto input = read_input(options_.what.front());
    if (auto* bad = std::get_if<Failure>(&input)) return *bad;
    const auto* lesson = std::get_if<lesson::Lesson>(&std::get<Input>(input));
    if (lesson == nullptr) return Failure{options_.what.front() + ": give programs as FILE.py"};
    auto read = comparison::setup_of(*lesson);
    if (auto* bad = std::get_if<Failure>(&read)) return *bad;
    setup = std::get<Setup>(std::move(read));
  }
  for (comparison::Strategy& strategy : setup.strategies) {
    if (auto bad = apply(options_.settings, strategy.settings)) return *bad;
  }
  if (!options_.each.empty()) {
    auto read = comparison::under_each(setup, options_.each);
    if (auto* bad = std::get_if<Failure>(&read)) return Failure{"--each " + bad->message};
    setup = std::get<Setup>(std::move(read));
  }
  if (setup.strategies.size() < 2) {
    return Failure{
        fmt::format("{} alone is nothing to compare. Name another program, or machines "
                    "with --each policy=lru,clock",
                    options_.what.front())};
  }
  setup.answer_files = options_.answer;
  if (auto bad = read_files(setup)) return *bad;
  return setup;
}

std::optional<Failure> Comparer::read_files(Setup& setup) const {
  if (options_.files.empty()) return std::nullopt;
  auto given = session::given_files(options_.files);
  if (auto* bad = std::get_if<Failure>(&given)) {
    return Failure{fmt::format("--files {}: {}", options_.files, bad->message)};
  }
  setup.files = std::get<session::Files>(std::move(given));
  return std::nullopt;
}

// A program that cannot be run is told as `run` tells it.
std::optional<int> Comparer::refusal_of_programs(const Comparison& comparison) const {
  for (std::size_t i = 0; i < comparison.setup().strategies.size(); ++i) {
    const std::string& name = comparison.setup().strategies[i].program.name;
    const auto compiled = session::compile_program(comparison.source_of(i, found_.point), name);
    const auto* bad = std::get_if<python::CompileProblem>(&compiled);
    if (bad == nullptr) continue;
    std::cerr << text_of(*bad, name);
    return bad->kind == python::CompileProblem::Kind::syntax ? kProgramFailed : kBadInput;
  }
  return std::nullopt;
}

std::optional<Failure> Comparer::read_value(const Comparison& comparison,
                                            std::string_view assignment) {
  const auto equals = assignment.find('=');
  const std::string name(assignment.substr(0, equals));
  const comparison::Parameter* parameter = comparison.parameter(name);
  if (parameter == nullptr) {
    if (comparison.parameters().empty()) {
      return Failure{
          "the programs have no parameters. One is a line such as: share = 0.05  "
          "# parameter 0.001..1 log: share of pages touched"};
    }
    std::vector<std::string_view> names;
    for (const comparison::Parameter& p : comparison.parameters()) names.push_back(p.name);
    return Failure{fmt::format("there is no parameter '{}'. Did you mean '{}'?", name,
                               session::nearest(name, names))};
  }
  const std::string text(equals < assignment.size() ? assignment.substr(equals + 1) : "");
  char* end = nullptr;
  const double value = std::strtod(text.c_str(), &end);
  const bool is_number = !text.empty() && *end == '\0' && std::isfinite(value);
  if (!is_number || value < parameter->least || value > parameter->most) {
    return Failure{fmt::format("{}: {} takes a number from {} to {}", assignment, name,
                               parameter->least, parameter->most)};
  }
  found_.point.values[name] = comparison::rounded(parameter->kind, value);
  return std::nullopt;
}

std::optional<Failure> Comparer::read_values(const Comparison& comparison) {
  for (const std::string& assignment : options_.values) {
    if (auto bad = read_value(comparison, assignment)) return Failure{"--param " + bad->message};
  }
  return std::nullopt;
}

std::optional<Failure> Comparer::measure(Comparison& comparison) {
  constexpr unsigned kTimes = 3;
  Progress progress("measured");
  for (std::size_t i = 0; i < comparison.setup().strategies.size() && !interrupted(); ++i) {
    progress.is_at(i, comparison.setup().strategies.size());
    const auto& settings = comparison.setup().strategies[i].settings;
    if (auto bad = session::problem_on_this_computer(settings)) return bad;
    auto measured = comparison::measure(comparison, {i, found_.point, kTimes, interrupted});
    if (auto* bad = std::get_if<Failure>(&measured)) return *bad;
    found_.measured.resize(comparison.setup().strategies.size());
    found_.measured[i] = std::get<comparison::Measured>(std::move(measured));
  }
  return std::nullopt;
}

std::optional<Failure> Comparer::sweep(Comparison& comparison, const comparison::Axis& axis) {
  found_.over.emplace(comparison::Swept{axis, {}, {}});
  auto& points = found_.over->points;
  const std::vector<double> values = comparison::values_of(axis);
  Progress progress(axis.name);
  for (const double value : values) {
    progress.is_at(points.size(), values.size());
    auto result = comparison.at(comparison::point_on(axis, value, found_.point), interrupted);
    if (auto* bad = std::get_if<Failure>(&result)) return *bad;
    if (interrupted()) return std::nullopt;
    points.push_back({value, std::get<comparison::Result>(std::move(result))});
  }
  for (std::size_t i = 0; i + 1 < points.size(); ++i) {
    if (points[i].result.fastest == points[i + 1].result.fastest) continue;
    auto found = comparison::narrowed(comparison, {axis, found_.point, interrupted},
                                      {points[i], points[i + 1]});
    if (auto* bad = std::get_if<Failure>(&found)) return *bad;
    if (interrupted()) return std::nullopt;
    found_.over->break_evens.push_back(std::get<comparison::BreakEven>(std::move(found)));
  }
  return std::nullopt;
}

// Over the frames of --over, or from the fewest that most programs run with to enough for all.
std::optional<Failure> Comparer::chart_policies(Comparison& comparison) {
  Progress progress("frames");
  for (std::size_t i = 0; i < comparison.setup().strategies.size(); ++i) {
    auto made = comparison::PolicyChart::make(comparison, i, found_.point);
    if (auto* bad = std::get_if<Failure>(&made)) return *bad;
    const auto& chart = std::get<comparison::PolicyChart>(made);
    const bool is_given = found_.over && found_.over->axis.name == "frames";
    const auto axis = is_given ? found_.over->axis : comparison::frames_axis(chart.pages_used());
    found_.policies.push_back({i, chart.pages_used(), {}});
    const std::vector<double> values = comparison::values_of(axis);
    for (const double frames : values) {
      auto& points = found_.policies.back().points;
      progress.is_at(points.size(), values.size());
      auto point = chart.at(static_cast<std::uint64_t>(frames), interrupted);
      if (auto* bad = std::get_if<Failure>(&point)) return *bad;
      if (interrupted()) return std::nullopt;
      points.push_back(std::get<comparison::FramesPoint>(std::move(point)));
    }
  }
  return std::nullopt;
}

std::optional<Failure> Comparer::find(Comparison& comparison) {
  std::optional<comparison::Axis> axis;
  if (!options_.over.empty()) {
    auto parsed = comparison::parse_axis(options_.over, comparison);
    if (auto* bad = std::get_if<Failure>(&parsed)) return Failure{"--over " + bad->message};
    axis = std::get<comparison::Axis>(parsed);
  }
  auto result = comparison.at(found_.point, interrupted);
  if (auto* bad = std::get_if<Failure>(&result)) return *bad;
  found_.result = std::get<comparison::Result>(std::move(result));
  if (options_.on == "both") {
    if (auto bad = measure(comparison)) return bad;
  }
  if (axis && !interrupted()) {
    if (auto bad = sweep(comparison, *axis)) return bad;
  }
  if (options_.policies && !interrupted()) {
    if (auto bad = chart_policies(comparison)) return bad;
  }
  found_.was_stopped = interrupted();
  return std::nullopt;
}

int Comparer::status() const {
  if (found_.was_stopped) return kSignalBase + SIGINT;
  for (const comparison::Outcome& outcome : found_.result.outcomes) {
    if (const int status = status_of(outcome.ending); status != kOk) return status;
  }
  return kOk;
}

int Comparer::run() {
  auto setup = read_setup();
  if (auto* bad = std::get_if<Failure>(&setup)) return fail(*bad);
  auto made = Comparison::make(std::get<Setup>(std::move(setup)));
  if (auto* bad = std::get_if<Failure>(&made)) return fail(*bad);
  auto& comparison = std::get<Comparison>(made);
  if (auto bad = read_values(comparison)) return fail(*bad);
  if (const auto refused = refusal_of_programs(comparison)) return *refused;
  if (auto bad = find(comparison)) return fail(*bad);
  if (options_.json) {
    std::cout << comparison::to_json(comparison, found_).dump(1) << '\n';
  } else {
    const Page page{Paint::for_stream(STDOUT_FILENO), terminal_width(STDOUT_FILENO)};
    std::cout << report(comparison, found_, page);
  }
  return status();
}

}  // namespace

int compare(const CompareOptions& options) { return Comparer(options).run(); }

}  // namespace cli

// Start states are made once for the same files; every strategy runs on a copy.

#include "scenarios/compare/comparison.h"

#include <fmt/format.h>

#include <algorithm>

#include "scenarios/session/conductor.h"
#include "scenarios/session/quiet_sink.h"

namespace comparison {
namespace {

using session::Failure;

// More machines than strategies have at once are not kept.
constexpr std::size_t kMostStarts = 8;

class Tally final : public session::QuietSink, public python::LineListener {
 public:
  explicit Tally(sim::EventConsumer* also) : also_(also) {}

  void before_line(std::uint32_t) override { ++figures.lines; }
  void back_on_line(std::uint32_t) override {}
  void happened(std::span<const sim::Event> events) override {
    for (const sim::Event& event : events) {
      figures.counters.count(event);
      add_time(figures.time, event);
    }
    if (also_ != nullptr) also_->consume(events);
  }
  void printed(session::Stream stream, std::string_view text) override {
    if (stream == session::Stream::out) output += text;
  }
  void ended(const session::Ending& e) override { ending = e; }

  Figures figures;
  std::string output;
  session::Ending ending;

 private:
  sim::EventConsumer* also_;
};

std::variant<python::Program, Failure> compiled(const ProgramText& text) {
  auto result = session::compile_program(text.source, text.name);
  if (auto* bad = std::get_if<python::CompileProblem>(&result)) {
    return Failure{fmt::format("{}:{}:{}: {}", text.name, bad->line, bad->column, bad->message)};
  }
  return std::get<python::Program>(std::move(result));
}

// The first answer of those that most strategies give.
std::size_t common_answer(const std::vector<std::pair<Outcome, Answer>>& runs,
                          const std::vector<std::string>& files) {
  std::vector<std::pair<std::size_t, std::size_t>> groups;  // first of its kind, how many
  for (std::size_t i = 0; i < runs.size(); ++i) {
    if (!runs[i].first.ending.has_succeeded()) continue;
    const auto same = std::find_if(groups.begin(), groups.end(), [&](const auto& group) {
      return !difference_of(runs[i].second, runs[group.first].second, files);
    });
    if (same == groups.end()) {
      groups.emplace_back(i, 1);
    } else {
      ++same->second;
    }
  }
  std::pair<std::size_t, std::size_t> best{0, 0};
  for (const auto& group : groups) {
    if (group.second > best.second) best = group;
  }
  return best.first;
}

}  // namespace

std::pair<Outcome, Answer> run(const Job& job) {
  Tally tally(job.also);
  session::EventRelay relay(tally);
  sim::EventStream events(relay);
  sim::Machine machine = job.strategy.machine;
  machine.attach(&events);
  const session::Settings& settings = job.strategy.settings;
  session::conduct({.program = job.strategy.program,
                    .computer = machine,
                    .events = events,
                    .sink = tally,
                    .budget = {settings.max_steps, settings.max_time},
                    .interrupted = job.interrupted,
                    .detail = session::Conducted::Detail::output_only,
                    .lines = &tally},
                   relay);
  machine.attach(nullptr);
  Outcome outcome{tally.ending, tally.figures, std::nullopt};
  outcome.figures.peak = sim::peak_frames(machine);
  outcome.figures.frames_taken = sim::frames_taken(machine);
  outcome.figures.dirty_left = machine.kernel().dirty_pages;
  outcome.figures.page_size = settings.machine.page_size;
  return {std::move(outcome), Answer{std::move(tally.output), std::move(machine)}};
}

std::variant<Comparison, Failure> Comparison::make(Setup setup) {
  if (setup.strategies.size() < 2) {
    return Failure{"a comparison needs two or more strategies"};
  }
  Comparison comparison(std::move(setup));
  auto parameters = parameters_of(comparison.setup_);
  if (auto* bad = std::get_if<Failure>(&parameters)) return *bad;
  comparison.parameters_ = std::get<0>(std::move(parameters));
  return comparison;
}

const Parameter* Comparison::parameter(std::string_view name) const {
  const auto found = std::find_if(parameters_.begin(), parameters_.end(),
                                  [&](const Parameter& p) { return p.name == name; });
  return found == parameters_.end() ? nullptr : &*found;
}

std::string Comparison::source_of(std::size_t strategy, const Point& point) const {
  return with_values(setup_.strategies[strategy].program.source, point.values);
}

std::variant<session::Settings, Failure> Comparison::settings_of(std::size_t strategy,
                                                                 const Point& point) const {
  session::Settings settings = setup_.strategies[strategy].settings;
  for (const std::string& set : point.sets) {
    if (auto bad = session::apply_setting(settings, set)) return Failure{*bad};
  }
  if (auto bad = session::check_settings(settings)) return Failure{*bad};
  return settings;
}

// On a textbook machine: what a maker costs is nobody's figure.
std::optional<Failure> Comparison::make_files(const std::vector<std::string>& sources) {
  if (is_made_ && made_by_ == sources) return std::nullopt;
  is_made_ = false;
  starts_.clear();
  files_ = setup_.files;
  for (std::size_t i = 0; i < sources.size(); ++i) {
    auto program = compiled({setup_.makers[i].name, sources[i]});
    if (auto* bad = std::get_if<Failure>(&program)) return *bad;
    const session::Settings textbook;
    const Prepared maker{std::get<0>(std::move(program)), textbook, start_of(textbook.machine)};
    auto [outcome, answer] = run({maker, never_interrupted});
    if (!outcome.ending.has_succeeded()) {
      return Failure{fmt::format("{}, which makes the files: {}", maker.program.file_name,
                                 outcome.ending.kind == session::EndKind::raised
                                     ? outcome.ending.error_line
                                     : outcome.ending.message)};
    }
    session::Left left = session::files_left(answer.machine);
    if (auto bad = session::problem_with(left)) return bad;
    files_ = std::move(left.files);
    starts_.clear();
  }
  made_by_ = sources;
  is_made_ = true;
  return std::nullopt;
}

// Requires: the files are made.
sim::Machine Comparison::start_of(const sim::MachineConfig& config) {
  const auto known = std::find_if(starts_.begin(), starts_.end(),
                                  [&](const auto& start) { return start.first == config; });
  if (known != starts_.end()) return known->second;
  sim::Machine machine(config);
  for (const auto& [name, bytes] : files_) {
    const auto data = std::as_bytes(std::span(bytes.data(), bytes.size()));
    SIM_CHECK(machine.install_file(name, data).ok());  // names of a folder are plain
  }
  if (starts_.size() == kMostStarts) starts_.erase(starts_.begin());
  starts_.emplace_back(config, machine);
  return machine;
}

std::variant<const session::Files*, Failure> Comparison::files_at(const Point& point) {
  std::vector<std::string> sources;
  for (const ProgramText& maker : setup_.makers) {
    sources.push_back(with_values(maker.source, point.values));
  }
  if (auto bad = make_files(sources)) return *bad;
  return &files_;
}

std::variant<Prepared, Failure> Comparison::prepare(std::size_t strategy, const Point& point) {
  const auto files = files_at(point);
  if (auto* bad = std::get_if<Failure>(&files)) return *bad;
  auto settings = settings_of(strategy, point);
  if (auto* bad = std::get_if<Failure>(&settings)) return *bad;
  auto program = compiled({setup_.strategies[strategy].program.name, source_of(strategy, point)});
  if (auto* bad = std::get_if<Failure>(&program)) return *bad;
  const auto& chosen = std::get<session::Settings>(settings);
  return Prepared{std::get<0>(std::move(program)), chosen, start_of(chosen.machine)};
}

std::variant<Result, Failure> Comparison::at(const Point& point, const Interrupted& interrupted) {
  std::vector<std::pair<Outcome, Answer>> runs;
  for (std::size_t i = 0; i < setup_.strategies.size(); ++i) {
    auto prepared = prepare(i, point);
    if (auto* bad = std::get_if<Failure>(&prepared)) return *bad;
    runs.push_back(run({std::get<Prepared>(prepared), interrupted}));
  }
  Result result;
  const std::size_t right = common_answer(runs, setup_.answer_files);
  for (auto& [outcome, answer] : runs) {
    const bool has_answer = outcome.ending.has_succeeded();
    if (has_answer) {
      outcome.difference = difference_of(answer, runs[right].second, setup_.answer_files);
    }
    result.outcomes.push_back(outcome);
  }
  for (std::size_t i = 0; i < result.outcomes.size(); ++i) {
    const Outcome& outcome = result.outcomes[i];
    if (!outcome.is_right()) continue;
    if (!result.fastest || outcome.time_ns() < result.outcomes[*result.fastest].time_ns()) {
      result.fastest = i;
    }
  }
  return result;
}

}  // namespace comparison

// Runs what was named and tells it.

#include "scenarios/cli/run_command.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>
#include <set>

#include "scenarios/cli/event_file.h"
#include "scenarios/cli/exit_status.h"
#include "scenarios/cli/input.h"
#include "scenarios/cli/interrupt.h"
#include "scenarios/cli/lesson_report.h"
#include "scenarios/cli/limit_command.h"
#include "scenarios/cli/text_report.h"
#include "scenarios/cli/watched.h"
#include "scenarios/session/inject.h"

namespace cli {
namespace {

using json = nlohmann::ordered_json;
using session::Failure;

// One program's runs on the computers asked for, with what each left behind.
struct Outcome {
  session::Source source;
  std::vector<session::Played> played;
  std::optional<session::Agreement> agreement;

  std::vector<const session::Run*> runs() const {
    std::vector<const session::Run*> list;
    for (const session::Played& p : played) list.push_back(&p.run);
    return list;
  }
  const session::Agreement* agreed() const { return agreement ? &*agreement : nullptr; }
};

// Differences come first: how the program ended is told beside them, on stderr.
int status_of(const Outcome& outcome) {
  const bool agrees = !outcome.agreement || outcome.agreement->holds();
  int status = agrees ? kOk : kDisagreement;
  for (const session::Played& p : outcome.played) {
    const int of_program = cli::status_of(p.run.ending);
    if (of_program != kOk && !agrees) {
      std::cerr << fmt::format(
          "pagewalk: on {} the program {}; the exit status is {}, not {}, for the computers "
          "differ in {} figures and nothing explains it\n",
          in_words(p.run.computer), how_it_ended(p.run.ending), +kDisagreement, of_program,
          outcome.agreement->unexplained.size());
    }
    status = worse(status, of_program);
  }
  return status;
}

// False: there is no rule of this name.
bool turn_off(const std::string& name, session::Settings& settings) {
  if (name.empty()) return true;
  for (int i = 0; i < sim::kRules; ++i) {
    const auto rule = static_cast<sim::Rule>(i);
    if (name != sim::name_of(rule)) continue;
    settings.machine.rule_off = rule;
    return true;
  }
  return false;
}

class Runner {
 public:
  explicit Runner(const RunOptions& options)
      : options_(options),
        page_{Paint::for_stream(STDOUT_FILENO), terminal_width(STDOUT_FILENO),
              options.each_turn ? Turns::each : Turns::summed},
        on_(options.on) {}

  int run();

 private:
  std::optional<Failure> prepare(const Input&);
  std::optional<Failure> complete_settings();
  std::optional<Failure> turn_to(const lesson::ProgramBlock&);
  std::optional<Failure> read_place(const Input&);
  void play_again(session::Play, const session::Files&, Outcome&) const;
  std::variant<Outcome, Failure> play(const python::Program&, const std::vector<session::Files>&);
  std::variant<Outcome, int> compile_and_play(const ProgramText&,
                                              const std::vector<session::Files>&);
  int run_program(const ProgramText&);
  int run_lesson(const lesson::Lesson&);
  std::optional<Failure> problem_with_limit(const Input&) const;
  int fail(const Failure& failure) const {
    std::cerr << "pagewalk: " << failure.message << '\n';
    return kBadInput;
  }

  Failure cannot_write_events() const {
    return {
        fmt::format("--events {}: not all events could be written. Name a file on a disk with "
                    "room",
                    options_.events)};
  }

  bool on_simulated() const { return on_ != "real"; }
  bool on_real() const { return on_ != "sim"; }
  std::size_t computers() const { return on_ == "both" ? 2 : 1; }

  const RunOptions& options_;
  Page page_;
  session::Files files_;
  std::unique_ptr<EventFile> events_;
  // Of the program that runs now:
  session::Settings settings_;
  std::optional<session::Stop> stop_;
  std::string on_;  // as options_.on
};

// --kill and --power-cut.
std::optional<Failure> Runner::read_place(const Input& input) {
  using How = session::Stop::How;
  if (options_.kill.empty() && options_.power_cut.empty()) return std::nullopt;
  if (!options_.kill.empty() && !options_.power_cut.empty()) {
    return Failure{"--kill and --power-cut: a run ends once. Give one of the two"};
  }
  const bool killed = options_.power_cut.empty();
  const std::string option = killed ? "--kill " : "--power-cut ";
  if (!killed && on_real()) {
    return Failure{"--power-cut: this computer's power is not cut. Leave --on away, or --on sim"};
  }
  const auto* program = std::get_if<ProgramText>(&input);
  if (program == nullptr) {
    return Failure{option + "takes a program: a lesson has several. Name a file such as prog.py"};
  }
  const auto place = session::parse_place(killed ? options_.kill : options_.power_cut);
  if (const auto* bad = std::get_if<std::string>(&place)) return Failure{option + *bad};
  stop_ = session::Stop{killed ? How::killed : How::power_cut, std::get<session::Place>(place)};
  return std::nullopt;
}

// What the options say over what settings_ holds.
std::optional<Failure> Runner::complete_settings() {
  if (auto bad = apply(options_.settings, settings_)) return bad;
  if (!options_.trace.empty()) settings_.trace = session::Trace::touches;
  if (!turn_off(options_.plant, settings_))
    return Failure{"--plant " + options_.plant + ": no such rule"};
  for (const std::string& fault : options_.inject) {
    if (auto bad = session::inject(settings_.machine, fault)) return Failure{"--inject " + *bad};
  }
  settings_.mode = options_.mode == "default" ? real::Mode::kernel_default : real::Mode::exact;
  if (auto bad = session::do_without(settings_.without, options_.without)) {
    return Failure{"--without " + *bad};
  }
  const bool asks_for_writing = settings_.machine.background != sim::BackgroundWriting{};
  if (asks_for_writing && on_real() && settings_.mode == real::Mode::kernel_default) {
    return Failure{
        "dirty_expire_ms and dirty_ratio: in default mode this computer's kernel writes when it "
        "sees fit. Leave --mode default away, add --on sim, or set both to 0"};
  }
  if (asks_for_writing && !on_simulated()) {
    return Failure{
        "dirty_expire_ms and dirty_ratio: it is the simulated computer that decides what is "
        "written when. Leave --on away, or set both to 0"};
  }
  if (!on_real()) return std::nullopt;
  if (on_simulated()) settings_.machine = session::with_habits_of_scratch(settings_.machine);
  return session::problem_on_this_computer(settings_);
}

// A lesson's program brings its machine, its end, and where it can run.
std::optional<Failure> Runner::turn_to(const lesson::ProgramBlock& program) {
  const bool sim_only = program.on == lesson::ProgramBlock::Computers::simulated;
  on_ = sim_only ? "sim" : options_.on;
  stop_ = program.stop;
  settings_ = program.settings;
  return complete_settings();
}

std::optional<Failure> Runner::prepare(const Input& input) {
  if (auto bad = read_place(input)) return bad;
  if (!options_.inject.empty() && on_real()) {
    return Failure{
        "--inject: this computer's disk is not made to fail. Leave --on away, or --on sim"};
  }
  if (const auto* lesson = std::get_if<lesson::Lesson>(&input)) {
    for (const lesson::Block& block : lesson->blocks) {
      const auto* program = std::get_if<lesson::ProgramBlock>(&block);
      if (program == nullptr) continue;
      if (auto bad = turn_to(*program)) return bad;
    }
  } else if (auto bad = complete_settings()) {
    return bad;
  }
  if (!options_.files.empty()) {
    auto given = session::given_files(options_.files);
    if (auto* bad = std::get_if<Failure>(&given))
      return Failure{fmt::format("--files {}: {}", options_.files, bad->message)};
    files_ = std::get<session::Files>(std::move(given));
  }
  if (!options_.events.empty()) {
    events_ = std::make_unique<EventFile>(options_.events);
    if (!events_->is_open()) return cannot_write_events();
  }
  return std::nullopt;
}

// What the real kernel wrote back unasked is an event from outside: the simulated computer runs
// once more, and has it happen before the same touch.
void Runner::play_again(session::Play play, const session::Files& files, Outcome& outcome) const {
  const session::Run& simulated = outcome.played[0].run;
  const session::Run& real = outcome.played[1].run;
  const auto pages = [](const session::Run& run) {
    std::multiset<sim::PageName> set;
    for (const sim::KernelWrite& write : run.unasked) set.insert(write.page);
    return set;
  };
  if (real.unasked.empty() || pages(real) == pages(simulated)) return;
  play.files = files;
  play.tap = nullptr;  // told once already
  play.foreseen = real.unasked;
  outcome.played[0] = session::play_simulated(play);
}

// `files` holds what each computer starts with: one entry per computer that runs.
std::variant<Outcome, Failure> Runner::play(const python::Program& program,
                                            const std::vector<session::Files>& files) {
  Outcome outcome;
  outcome.source = {program.file_name, program.lines};
  session::Play play{.program = program,
                     .settings = settings_,
                     .files = {},
                     .tap = events_.get(),
                     .interrupted = interrupted,
                     .stop = stop_};
  play.moves_as_here = on_simulated() && on_real();
  if (on_simulated()) {
    const Watched watched(play, program.file_name + " on the simulated computer");
    play.files = files.front();
    outcome.played.push_back(session::play_simulated(play));
    if (outcome.played.front().run.ending.kind == session::EndKind::broken) return outcome;
  }
  if (on_real()) {
    const Watched watched(play, program.file_name + " on this computer");
    play.files = files.back();
    if (on_simulated() && settings_.mode == real::Mode::exact) {
      play.evictions = outcome.played.front().evictions.all();
    }
    if (on_simulated()) play.deaths = outcome.played.front().run.deaths;
    auto played = session::play_real(play);
    if (auto* bad = std::get_if<Failure>(&played)) return *bad;
    outcome.played.push_back(std::get<session::Played>(std::move(played)));
    if (on_simulated()) play_again(play, files.front(), outcome);
  }
  if (outcome.played.size() == 2) {
    outcome.agreement = session::reconcile(outcome.played[0].run, outcome.played[1].run);
  }
  return outcome;
}

// Or the exit status, once the reason has been told.
std::variant<python::Program, int> compile(const ProgramText& text) {
  auto compiled = session::compile_program(text.text, text.file_name);
  if (auto* program = std::get_if<python::Program>(&compiled)) return std::move(*program);
  const auto& bad = std::get<python::CompileProblem>(compiled);
  std::cerr << text_of(bad, text.file_name);
  return bad.kind == python::CompileProblem::Kind::syntax ? kProgramFailed : kBadInput;
}

std::variant<Outcome, int> Runner::compile_and_play(const ProgramText& text,
                                                    const std::vector<session::Files>& files) {
  const auto compiled = compile(text);
  if (const int* status = std::get_if<int>(&compiled)) return *status;
  auto outcome = play(std::get<python::Program>(compiled), files);
  if (auto* bad = std::get_if<Failure>(&outcome)) return fail(*bad);
  return std::get<Outcome>(std::move(outcome));
}

int Runner::run_program(const ProgramText& text) {
  auto result = compile_and_play(text, std::vector<session::Files>(computers(), files_));
  if (const int* status = std::get_if<int>(&result)) return *status;
  const auto& outcome = std::get<Outcome>(result);
  if (options_.json) {
    std::cout
        << session::to_json(outcome.source, settings_, outcome.runs(), outcome.agreed()).dump(1)
        << '\n';
  } else {
    std::cout << report(outcome.source, outcome.runs(), outcome.agreed(), page_);
  }
  const int status = status_of(outcome);
  for (const session::Run* run : outcome.runs()) {
    const session::Note* note = run->note_on(session::topic::place_not_reached);
    if (note == nullptr) continue;
    const Failure failure{fmt::format("the place {} was not reached: {}",
                                      session::name_of(stop_->place), note->text)};
    return worse(fail(failure), status);
  }
  return status;
}

std::optional<Failure> Runner::problem_with_limit(const Input& input) const {
  const std::string option = "--mode cgroup ";
  if (!std::holds_alternative<ProgramText>(input)) {
    return Failure{option + "takes a program: a lesson has several. Name a file such as prog.py"};
  }
  if (options_.on != "both") return Failure{option + "runs on both computers. Leave --on away"};
  const bool has_more = !options_.kill.empty() || !options_.power_cut.empty() ||
                        !options_.trace.empty() || !options_.events.empty() ||
                        !options_.plant.empty();
  if (!has_more) return std::nullopt;
  return Failure{option +
                 "counts faults and nothing else. Leave --kill, --power-cut, --inject, "
                 "--trace and --events away"};
}

int Runner::run_lesson(const lesson::Lesson& lesson) {
  std::map<std::string, std::vector<session::Files>> left;
  std::map<std::string, json> results;
  LessonReport told(lesson, page_);
  json programs = json::array();
  int status = kOk;
  for (const lesson::Block& block : lesson.blocks) {
    const auto* program = std::get_if<lesson::ProgramBlock>(&block);
    if (program == nullptr) continue;
    const bool fresh = program->after.empty();
    if (auto bad = turn_to(*program)) return worse(status, fail(*bad));
    const std::vector<session::Files> start =
        fresh ? std::vector<session::Files>(computers(), files_) : left.at(program->after);
    if (on_simulated() && options_.on == "real") {
      told.left_out(program->name);
      left[program->name] = start;
      continue;
    }
    auto result = compile_and_play({program->name, program->source}, start);
    if (const int* bad = std::get_if<int>(&result)) return worse(status, *bad);
    const auto& outcome = std::get<Outcome>(result);
    for (const session::Played& p : outcome.played) {
      if (auto bad = session::problem_with(p.left)) return worse(status, fail(*bad));
      left[program->name].push_back(p.left.files);
    }
    json j = session::to_json(outcome.source, settings_, outcome.runs(), outcome.agreed());
    told.ran(program->name, report(outcome.source, outcome.runs(), outcome.agreed(), page_), j);
    programs.push_back(std::move(j));
    status = worse(status, status_of(outcome));
  }
  if (options_.json) {
    const json predictions = told.predictions();
    std::cout << json{{"schema", "pagewalk.lesson/1"},
                      {"lesson", lesson.name},
                      {"programs", programs},
                      {"predictions", predictions}}
                     .dump(1)
              << '\n';
  } else {
    std::cout << told.text();
  }
  return status;
}

int Runner::run() {
  auto input = read_input(options_.what);
  if (auto* bad = std::get_if<Failure>(&input)) return fail(*bad);
  const Input& named = std::get<Input>(input);
  if (options_.mode == "cgroup") {
    if (auto bad = problem_with_limit(named)) return fail(*bad);
  }
  if (auto bad = prepare(named)) return fail(*bad);
  const auto* program = std::get_if<ProgramText>(&named);
  if (options_.mode == "cgroup") {
    const auto compiled = compile(*program);
    if (const int* status = std::get_if<int>(&compiled)) return *status;
    session::Play play{.program = std::get<python::Program>(compiled),
                       .settings = settings_,
                       .files = files_,
                       .interrupted = interrupted};
    return run_under_limit(play, options_.json ? As::json : As::text, page_);
  }
  const int status = program ? run_program(*program) : run_lesson(std::get<lesson::Lesson>(named));
  if (events_ && !events_->finish()) return worse(fail(cannot_write_events()), status);
  return status;
}

}  // namespace

int run(const RunOptions& options) { return Runner(options).run(); }

int list_lessons() {
  for (const lesson::Shipped& shipped : lesson::shipped_lessons()) {
    const auto parsed = lesson::parse(shipped.name, shipped.text);
    if (const auto* lesson = std::get_if<lesson::Lesson>(&parsed)) {
      std::cout << fmt::format("{:<20} {}\n", shipped.name, lesson->summary);
    }
  }
  return kOk;
}

}  // namespace cli

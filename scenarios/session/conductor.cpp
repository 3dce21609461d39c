// The run from the first line to the exit.

#include "scenarios/session/conductor.h"

#include <fmt/format.h>

#include <csignal>
#include <new>
#include <stdexcept>
#include <unordered_set>

#include "scenarios/numpy/module.h"
#include "scenarios/python/error.h"
#include "scenarios/python/object.h"
#include "scenarios/session/processes.h"
#include "scenarios/session/stopping_computer.h"

namespace session {
namespace {

using Clock = std::chrono::steady_clock;

// Cuts the stream of events where a new line begins, and looks at the computer where something
// happened.
class Conductor final : public python::LineListener, public python::Surroundings {
 public:
  Conductor(const Conducted& job, EventRelay& relay)
      : job_(job), relay_(relay), deadline_(Clock::now() + job.budget.time) {
    if (job.stop) watch_.emplace(job.stop->place, job.computer);
  }

  Ending run();

  void before_line(std::uint32_t line) override {
    if (watch_) watch_->line_begins(line);
    if (is_at_place()) throw python::Died{SIGKILL, {}};
    end_step(line);
    job_.sink.line_begins(line);
    ++lines_;
  }
  void back_on_line(std::uint32_t line) override {
    if (watch_) watch_->line_goes_on(line);
    end_step(line);
    job_.sink.line_goes_on(line);
  }
  void write_stdout(std::string_view text) override { print(Stream::out, text); }
  void write_stderr(std::string_view text) override { print(Stream::err, text); }
  void before_first_use(std::string_view name) override {
    if (used_.emplace(name).second) job_.before_first_use(name);
  }
  void before_listing() override { job_.before_listing(); }
  bool must_stop() override {
    if (is_at_place()) return true;
    if (job_.interrupted()) reason_ = "interrupted";
    if (Clock::now() > deadline_) {
      reason_ = fmt::format("the time budget of {} s is spent (--set max_seconds=N allows more)",
                            job_.budget.time.count());
    }
    return !reason_.empty();
  }

 private:
  bool is_at_place() const { return watch_ && watch_->is_reached(); }
  void print(Stream to, std::string_view text) {
    if (!is_at_place()) job_.sink.printed(to, text);
  }
  void end_step(std::uint32_t next_line);
  void look();
  void name_memory();
  void name_inherited(const Process& parent, Process& child, const sim::Forked&);
  Ending ending(const python::Evaluator&) const;
  Ending run_to_its_end();
  Ending run_processes();
  void end_process();
  void take_turns();
  void tell_end();
  Ending stop_at_place();

  const Conducted& job_;
  EventRelay& relay_;
  Clock::time_point deadline_;
  std::optional<PlaceWatch> watch_;                   // if the run is to stop somewhere
  StoppingComputer computer_{job_.computer, watch_};  // what the program runs on
  std::optional<Processes> processes_;                // after what they run on
  std::uint64_t lines_ = 0;
  bool happened_ = false;
  std::unordered_set<std::uint32_t> summed_lines_;
  std::map<std::uint32_t, std::string> names_;
  std::map<std::string, int> times_used_;
  UsedNames used_;
  std::string reason_;
};

// A step is looked at when it ends, if it touched or called anything: both computers make the same
// touches and calls, so both look after the same steps. Once steps are summed, only when a line
// comes that was not summed before, so that a loop of a million turns does not look a million
// times.
void Conductor::end_step(std::uint32_t next_line) {
  job_.events.flush();
  if (lines_ == 0) return;
  happened_ = relay_.take_happened() || happened_;
  if (relay_.take_mapped()) name_memory();
  if (!happened_) return;
  if (lines_ >= kStepsKeptApart && !summed_lines_.insert(next_line).second) return;
  look();
}

void Conductor::look() {
  happened_ = false;
  if (job_.detail != Conducted::Detail::full) return;
  sim::Observation seen;
  do {
    seen = job_.computer.observe();
    std::erase_if(seen.files, [&](const sim::FileState& file) {
      return !file.name.empty() && !used_.contains(file.name);
    });
    job_.events
        .flush();  // looking can find pages that the kernel wrote back: they belong to this step
    (void)relay_.take_happened();
    for (const sim::FileState& file : seen.files) {
      if (!file.name.empty()) job_.sink.file_now(file.name, hashes_of(job_.computer, file));
    }
    job_.events.flush();
  } while (relay_.take_happened());  // looking can make it write: what was seen is no longer so
  job_.sink.observed(seen);
}

// A mapping is called what the program's first variable for it is called; a second one of that name
// (the variable was bound anew) gets a number.
void Conductor::name_memory() {
  const Process& process = processes_->running();
  for (const auto& [variable, value] : process.evaluator->globals()) {
    auto look = numpy::look_of(value);
    if (!look) continue;
    const auto inherited = process.objects.find(look->object);
    if (inherited != process.objects.end()) look->object = inherited->second;
    job_.sink.array(variable, *look);
    if (names_.contains(look->object)) continue;
    const int use = ++times_used_[variable];
    const std::string name = use == 1 ? variable : fmt::format("{}#{}", variable, use);
    names_[look->object] = name;
    job_.sink.named(look->object, name);
  }
}

Ending Conductor::ending(const python::Evaluator& evaluator) const {
  Ending ending;
  ending.line = evaluator.line();
  switch (evaluator.state()) {
    case python::RunState::more:
    case python::RunState::finished:
      ending.kind = EndKind::finished;
      ending.status = evaluator.exit_status();
      if (ending.status != 0) ending.message = fmt::format("left with status {}", ending.status);
      break;
    case python::RunState::raised:
      ending.kind = EndKind::raised;
      ending.message = evaluator.error_text();
      ending.error_line = evaluator.error_line();
      break;
    case python::RunState::died:
      ending.kind = EndKind::died;
      ending.signal = evaluator.signal();
      if (ending.signal == SIGKILL) ending.message = job_.why_killed;
      break;
    case python::RunState::unsupported:
      ending.kind = EndKind::unsupported;
      ending.message = evaluator.error_text();
      break;
    case python::RunState::budget:
      ending.kind = EndKind::budget;
      ending.message = fmt::format(
          "the budget of {} steps is spent (--set max_steps=N allows more)", job_.budget.max_steps);
      break;
    case python::RunState::stopped:
      ending.kind = reason_ == "interrupted" ? EndKind::stopped : EndKind::out_of_time;
      ending.message = reason_;
      break;
  }
  return ending;
}

// What a process inherits is called as its parent's, and whose it is.
void Conductor::name_inherited(const Process& parent, Process& child, const sim::Forked& forked) {
  job_.events.flush();
  name_memory();
  const std::uint32_t number = child.id.number;
  const std::string suffix = number == 1 ? " (child)" : fmt::format(" (child {})", number);
  const std::map<std::uint32_t, std::uint32_t> now(forked.mappings.begin(), forked.mappings.end());
  child.objects = now;  // of arrays that the parent made itself
  for (const auto& [made, parents] : parent.objects) {
    if (now.contains(parents)) child.objects[made] = now.at(parents);
  }
  for (const auto& [parents, childs] : forked.mappings) {
    if (!names_.contains(parents)) continue;
    names_[childs] = names_.at(parents) + suffix;
    job_.sink.named(childs, names_[childs]);
  }
}

// One that is not the first: what a shell would show of it, and its end.
void Conductor::end_process() {
  const python::Evaluator& evaluator = processes_->evaluator();
  if (processes_->running().id.number != 0 && evaluator.state() == python::RunState::raised) {
    print(Stream::err, evaluator.error_text());
  }
  processes_->end_running();
}

void Conductor::take_turns() {
  const auto next = processes_->next_turn();
  if (!next) return;
  end_step(processes_->evaluator().line());
  processes_->give_turn_to(*next);
  back_on_line(processes_->evaluator().line());
}

// Until the first has come to its end and no other is left, or something ends all of them.
Ending Conductor::run_processes() {
  for (;;) {
    python::Evaluator& evaluator = processes_->evaluator();
    switch (evaluator.run()) {
      case python::RunState::more: processes_->serve(); break;
      case python::RunState::finished:
      case python::RunState::raised:
      case python::RunState::died:
        if (is_at_place()) return ending(evaluator);
        end_process();
        break;
      case python::RunState::unsupported:
      case python::RunState::budget:
      case python::RunState::stopped: return ending(evaluator);
    }
    take_turns();
    if (processes_->are_over()) return ending(processes_->evaluator());
  }
}

// The interpreter's own objects are memory of this process, which has a limit (memory_limit.h).
Ending Conductor::run_to_its_end() {
  try {
    return run_processes();
  } catch (const std::bad_alloc&) {
  } catch (const std::length_error&) {
  }
  const std::string what =
      "MemoryError: the program's own objects take more memory than it may use";
  const python::Evaluator& evaluator = processes_->evaluator();
  return {EndKind::raised,
          fmt::format("Traceback (most recent call last):\n  File \"{}\", line {}\n{}\n",
                      job_.program.file_name, evaluator.line(), what),
          what, 0, evaluator.line()};
}

// The last step's figures and the files, and then what the interpreter does at its end.
void Conductor::tell_end() {
  if (lines_ == 0) before_line(0);
  end_step(0);
  if (happened_) look();
  if (job_.detail == Conducted::Detail::full) tell_files(job_.computer, used_, job_.sink);
  job_.sink.line_begins(0);
  ++lines_;
  if (watch_) job_.sink.note({topic::place_not_reached, watch_->why_not()});
}

// The run stops here: no line follows, and no exit.
Ending Conductor::stop_at_place() {
  if (lines_ == 0) job_.sink.line_begins(0);
  ++lines_;
  end_step(0);
  if (happened_) look();
  tell_files(job_.computer, used_, job_.sink);
  const bool killed = job_.stop->how == Stop::How::killed;
  const Ending end{.kind = killed ? EndKind::killed : EndKind::power_cut,
                   .message = name_of(job_.stop->place),
                   .error_line = "",
                   .signal = killed ? SIGKILL : 0,
                   .line = job_.stop->place.line};
  job_.sink.ended(end);
  relay_.close();
  return end;
}

Ending Conductor::run() {
  const bool has_steps = job_.detail != Conducted::Detail::output_only;
  python::Evaluator first(job_.program, computer_, *this,
                          python::Limits{.max_steps = job_.budget.max_steps});
  python::LineListener* const listener = has_steps ? this : job_.lines;
  first.set_line_listener(listener);
  processes_.emplace(std::move(first), computer_, *this,
                     [this, has_steps, listener](const Process& parent, Process& child,
                                                 const sim::Forked& forked) {
                       child.evaluator->set_line_listener(listener);
                       if (has_steps) name_inherited(parent, child, forked);
                     });
  Ending end = run_to_its_end();
  processes_->evaluator().set_line_listener(nullptr);
  if (is_at_place()) return stop_at_place();
  if (has_steps) tell_end();
  processes_->shut_down();
  if (end.kind == EndKind::finished) end = ending(processes_->evaluator());  // died at its exit
  job_.events.flush();
  if (has_steps) look();
  job_.sink.ended(end);
  relay_.close();
  return end;
}

}  // namespace

void EventRelay::consume(std::span<const sim::Event> events) {
  if (sink_ == nullptr) return;
  happened_ = happened_ || !events.empty();
  for (const sim::Event& e : events) {
    if (e.kind == sim::EventKind::system_call &&
        sim::SystemCall{e.operand} == sim::SystemCall::mmap) {
      mapped_ = true;
    }
  }
  sink_->happened(events);
}

Ending conduct(const Conducted& job, EventRelay& relay) { return Conductor(job, relay).run(); }

}  // namespace session

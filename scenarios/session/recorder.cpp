// Events into steps.

#include "scenarios/session/recorder.h"

#include <fmt/format.h>

#include <algorithm>
#include <csignal>

#include "scenarios/session/page_sets.h"
#include "sim/core/unasked.h"

namespace session {
namespace {

using sim::Event;
using sim::EventKind;

// A step of a huge array can meet millions of scattered pages; the counters stay exact, the lists
// stop.
constexpr std::size_t kMostRunsListed = 100'000;

PageRun run_of(const Event& e) {
  return {e.page.object, e.page.index, std::uint64_t{e.page.index} + 1};
}

bool continues(const PageRun& last, const PageRun& next) {
  return last.object == next.object && last.end == next.first;
}

void add(std::vector<PageRun>& runs, const PageRun& next) {
  if (!runs.empty() && continues(runs.back(), next)) {
    runs.back().end = next.end;
  } else if (runs.size() < kMostRunsListed) {
    runs.push_back(next);
  }
}

void add(std::vector<FaultRun>& runs, const FaultRun& next) {
  if (!runs.empty() && continues(runs.back().pages, next.pages) &&
      runs.back().major == next.major && runs.back().detail == next.detail) {
    runs.back().pages.end = next.pages.end;
  } else if (runs.size() < kMostRunsListed) {
    runs.push_back(next);
  }
}

void add(std::vector<WriteBackRun>& runs, const WriteBackRun& next) {
  if (!runs.empty() && continues(runs.back().pages, next.pages) &&
      runs.back().reason == next.reason) {
    runs.back().pages.end = next.pages.end;
  } else if (runs.size() < kMostRunsListed) {
    runs.push_back(next);
  }
}

std::vector<PageRun>& pages_come_by(Step& step, sim::PageIn how) {
  switch (how) {
    case sim::PageIn::asked: break;
    case sim::PageIn::read_ahead: return step.read_ahead;
    case sim::PageIn::mapped_around: return step.mapped_around;
    case sim::PageIn::mapped_with_folio: return step.mapped_with_folio;
    case sim::PageIn::unmapped_with_folio: return step.unmapped_with_folio;
  }
  return step.pages_in;
}

void append(std::vector<PageRun>& to, std::uint32_t object, const sim::PageRanges& pages) {
  for (const sim::PageRange& r : pages.ranges()) to.push_back({object, r.first, r.end});
}

std::uint64_t pages_in(const std::vector<PageRun>& runs) {
  std::uint64_t pages = 0;
  for (const PageRun& r : runs) pages += r.end - r.first;
  return pages;
}

// A file that was removed, or replaced by another of its name, is gone; its pages may stay in their
// frames. One that is still open can be read and written: it has an entry of its own.
State state_of(const sim::Observation& seen, const std::map<std::uint32_t, std::string>& names) {
  State state;
  for (const sim::FileState& file : seen.files) {
    append(state.resident, file.object, file.resident);
    state.cached += file.resident.count();
    append(state.dirty, file.object, file.dirty);
    append(state.writing, file.object, file.writing);
    const bool removed = file.name.empty();
    if (removed && file.descriptors.empty()) continue;
    FileFigures figures{file.size.count, std::nullopt, file.object};
    if (!file.descriptors.empty()) figures.position = file.descriptors.back().position.index;
    const auto known = names.find(file.object);
    const std::string was = known == names.end() ? "a file" : known->second;
    state.files[removed ? was + " (removed)" : file.name] = figures;
  }
  for (const sim::MemoryState& memory : seen.memory) {
    append(state.resident, memory.object, memory.resident);
    append(state.shared, memory.object, memory.shared);
    append(state.swapped, memory.object, memory.swapped);
  }
  for (const sim::ProcessState& process : seen.processes) {
    Mapped& mapped = state.mapped[process.id.number];
    mapped = {process.reserved.count, process.resident, process.swapped.count};
    for (const sim::FileEntries& entries : process.file_entries) {
      append(mapped.of_files, entries.object, entries.pages);
    }
    std::sort(mapped.of_files.begin(), mapped.of_files.end());
  }
  state.resident = without(state.resident, state.shared);
  std::sort(state.shared.begin(), state.shared.end());
  std::sort(state.swapped.begin(), state.swapped.end());
  std::sort(state.dirty.begin(), state.dirty.end());
  std::sort(state.writing.begin(), state.writing.end());
  return state;
}

}  // namespace

Recorder::Recorder(ComputerKind kind, const sim::MachineConfig& machine, std::uint64_t max_steps,
                   EventTap* tap)
    : tap_(tap) {
  run_.computer = kind;
  run_.machine = machine;
  run_.max_steps = max_steps;
}

Step& Recorder::current() {
  SIM_CHECK(!run_.steps.empty());
  return run_.steps[current_];
}

void Recorder::line_begins(std::uint32_t line) {
  resumed_.reset();
  enter(line, Entry::anew);
  turns().begin();
}

// Most calls are a line's last doing: a step for its rest opens only when something happens there.
void Recorder::line_goes_on(std::uint32_t line) { resumed_ = line; }

void Recorder::resume() {
  if (!resumed_) return;
  enter(*resumed_, Entry::again);
  resumed_.reset();
}

void Recorder::enter(std::uint32_t line, Entry entry) {
  if (run_.steps.size() < kStepsKeptApart) {
    open_step(line, entry);
    return;
  }
  const auto known = summed_.find({line, process_});
  if (known == summed_.end()) {
    open_step(line, entry);
    summed_[{line, process_}] = current_;
  } else {
    current_ = known->second;
    if (entry == Entry::anew) ++current().times;
  }
  if (std::find(restless_.begin(), restless_.end(), current_) == restless_.end()) {
    restless_.push_back(current_);
  }
}

void Recorder::open_step(std::uint32_t line, Entry entry) {
  Step step;
  step.line = line;
  step.process = process_;
  step.times = entry == Entry::anew ? 1 : 0;
  if (!run_.steps.empty()) step.after = current().after;
  current_ = run_.steps.size();
  run_.steps.push_back(std::move(step));
}

void Recorder::happened(std::span<const Event> events) {
  if (!events.empty()) resume();
  Step& step = current();
  LineTurns& turns = this->turns();
  for (const Event& event : events) {
    count(step, event);
    turns.count(event);
  }
  if (tap_ != nullptr) tap_->tap(run_, step.line, events);
}

void Recorder::count(Step& step, const Event& e) {
  if (run_.trace) run_.trace->take(e, current_);
  Counters& c = step.counters;
  if (run_.computer == ComputerKind::simulated) {
    c.simulated_ns += sim::cost_of(e, prices_).count;
  }
  c.count(e);
  switch (e.kind) {
    case EventKind::fault_minor:
    case EventKind::fault_major:
      add(step.faults, FaultRun{run_of(e), e.kind == EventKind::fault_major, e.detail});
      break;
    case EventKind::page_in:
      came_in_ = e.touch;
      add(pages_come_by(step, sim::PageIn{e.detail}), run_of(e));
      break;
    case EventKind::evict: add(step.evicted, run_of(e)); break;
    case EventKind::dirty:
      if (sim::Dirtied{e.detail} == sim::Dirtied::with_folio) add(step.dirtied_in_folio, run_of(e));
      break;
    case EventKind::write_back:
      if (sim::WriteBackReason{e.detail} == sim::WriteBackReason::background) {
        run_.unasked.push_back({e.touch, e.page, sim::Noticed{e.operand}, calls_});
      }
      add(step.write_backs, WriteBackRun{run_of(e), sim::WriteBackReason{e.detail}});
      break;
    case EventKind::access:
    case EventKind::tlb_miss:
    case EventKind::swap_out:
    case EventKind::swap_in: break;
    case EventKind::system_call: ++calls_; break;
    case EventKind::signal:
      take_fatal(e);
      if (e.detail == SIGKILL) {
        const bool came = came_in_ == e.touch;
        using After = real::Death::After;
        run_.deaths.push_back({e.touch, calls_, came ? After::page_in : After::nothing});
      }
      break;
    case EventKind::process_switch: process_ = e.count; break;
    case EventKind::disk_error: refused_ = {e.touch, sim::DiskError{e.detail}}; break;
  }
}

void Recorder::take_fatal(const Event& e) {
  FatalTouch touch{e.page, e.detail, std::nullopt};
  if (refused_ && refused_->first == e.touch) touch.disk = refused_->second;
  run_.fatal_touch = touch;
}

void Recorder::printed(Stream stream, std::string_view text) {
  if (stream != Stream::out) return;
  resume();
  current().output += text;
  run_.output += text;
}

void Recorder::observed(const sim::Observation& seen) {
  for (const sim::FileState& file : seen.files) name_file(file);
  State state = state_of(seen, run_.names);
  for (auto& [name, truths] : truths_now_) {
    const auto found = state.files.find(name);
    if (found != state.files.end()) found->second.truths = std::move(truths);
  }
  truths_now_.clear();
  remark_growth(current(), state);
  turns().observed(pages_in(state.resident), pages_in(state.dirty));
  restless_.push_back(current_);
  for (const std::size_t step : restless_) {
    run_.steps[step].after = state;
    run_.steps[step].looked = true;
  }
  restless_.clear();
}

// The newest file of a name bears it; the one that it replaced is told apart.
void Recorder::name_file(const sim::FileState& file) {
  if (file.name.empty()) return;
  files_.insert(file.object);
  const auto known = run_.names.find(file.object);
  if (known != run_.names.end() && known->second == file.name) return;
  const auto is_taken = [&](const std::string& name) {
    return std::any_of(run_.names.begin(), run_.names.end(),
                       [&](const auto& entry) { return entry.second == name; });
  };
  for (auto& [object, name] : run_.names) {
    if (!files_.contains(object) || object == file.object || name != file.name) continue;
    std::string old = name + " (old)";
    for (int n = 2; is_taken(old); ++n) old = fmt::format("{} (old {})", name, n);
    name = old;
  }
  run_.names[file.object] = file.name;
}

// A write at the end of a file that had bytes makes it longer: the classroom surprise of program 2.
void Recorder::remark_growth(Step& step, const State& now) {
  const auto writes = static_cast<std::size_t>(sim::SystemCall::write);
  if (step.counters.system_calls[writes] == 0 || step.times > 1 || current_ == 0) return;
  for (const auto& [name, before] : run_.steps[current_ - 1].after.files) {
    const auto after = now.files.find(name);
    if (after == now.files.end() || after->second.object != before.object) continue;
    const bool at_end = before.size > 0 && before.position == before.size;
    if (at_end && after->second.size > before.size) {
      step.remarks.push_back(
          fmt::format("line {} appends: the file position is {}", step.line, *before.position));
    }
  }
}

void Recorder::named(std::uint32_t object, std::string_view name) {
  run_.names[object] = std::string(name);
}

void Recorder::note(const Note& note) {
  if (note.topic == topic::device_pages_in) {
    run_.device_pages_in = std::stoull(note.text);
  } else {
    run_.notes.push_back(note);
  }
}

void Recorder::file_now(std::string_view name, const FileTruths& truths) {
  truths_now_[std::string(name)] = truths;
}

void Recorder::file(std::string_view name, const FileTruths& truths) {
  run_.files[std::string(name)] = truths;
}

void Recorder::ended(const Ending& ending) { run_.ending = ending; }

Run Recorder::take() {
  run_.totals = {};
  for (auto& [_, turns] : run_.turns) turns.finish();
  if (const std::string cause = cause_of_death(run_); !cause.empty()) {
    std::string& message = run_.ending.message;
    message = message.empty() ? cause : cause + ": " + message;
  }
  for (const Step& step : run_.steps) {
    run_.totals += step.counters;
    if (step.faults.size() < kMostRunsListed) continue;
    run_.notes.push_back(
        {"fault_pages", fmt::format("line {}: only the first {} runs of faulting pages are listed",
                                    step.line, kMostRunsListed)});
  }
  return std::move(run_);
}

}  // namespace session

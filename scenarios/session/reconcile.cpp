// Step by step, figure by figure. Figures that a computer cannot observe are not compared; the
// run's notes say which and why.

#include "scenarios/session/reconcile.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <set>
#include <span>

#include "scenarios/session/kernel_deeds.h"
#include "scenarios/session/page_sets.h"

namespace session {
namespace {

// Page sets as text. Small differences are shown, large ones counted.
std::string show(const Run& run, const std::vector<PageRun>& pages) {
  constexpr std::size_t kMostShown = 8;
  std::string text;
  for (std::size_t i = 0; i < pages.size() && i < kMostShown; ++i) {
    text += (i == 0 ? "" : " ") + name_of(run, pages[i]);
  }
  if (pages.size() > kMostShown) text += fmt::format(" and {} more", pages.size() - kMostShown);
  return text.empty() ? "none" : text;
}

std::string show(const Run& run, const std::vector<FaultRun>& faults) {
  constexpr std::size_t kMostShown = 8;
  std::string text;
  for (std::size_t i = 0; i < faults.size() && i < kMostShown; ++i) {
    text += fmt::format("{}{} {}", i == 0 ? "" : ", ", kind_of(faults[i]),
                        name_of(run, faults[i].pages));
  }
  if (faults.size() > kMostShown) text += fmt::format(", and {} more", faults.size() - kMostShown);
  return text.empty() ? "none" : text;
}

std::string show(const Run& run, std::span<const TouchNote> notes) {
  std::string text;
  for (const TouchNote& note : notes) {
    const PageRun page{note.page.object, note.page.index, note.page.index + std::uint64_t{1}};
    text += fmt::format("{}{} {}", text.empty() ? "" : ", ", outcome_of(note), name_of(run, page));
  }
  return text.empty() ? "none" : text;
}

PageSet faulting(const Step& step) {
  std::vector<PageRun> pages;
  for (const FaultRun& fault : step.faults) pages.push_back(fault.pages);
  return set_of(pages);
}

class Comparison {
 public:
  Comparison(const Run& simulated, const Run& real) : sim_(simulated), real_(real) {
    for (const Step& step : sim_.steps) {
      for (const auto& [name, figures] : step.after.files) file_objects_.insert(figures.object);
    }
  }
  Agreement run();

 private:
  void compare_step(std::size_t index);
  void compare_counters(const Counters&, const Counters&);
  void compare_states(const State&, const State&);
  void compare_touches();
  void compare_files();
  void compare_truths(const std::string& file, const FileTruths* simulated, const FileTruths* real);
  void compare_survivors();
  void compare_device();
  void compare_endings();

  void figure(const std::string& name, const std::string& kind, const std::string& simulated,
              const std::string& real);
  template <class Runs>
  void pages(const std::string& name, const Runs& simulated, const Runs& real,
             const PageSet& differing_pages);
  void differ(const Difference&, const PageSet& pages);
  void number(const std::string& name, std::uint64_t simulated, std::uint64_t real) {
    figure(name, name, std::to_string(simulated), std::to_string(real));
  }
  std::optional<Explained> explain(const Difference&, const PageSet& pages) const;
  std::optional<Explained> explain_by_deeds(const Difference&, const PageSet& pages) const;
  PageSet pages_behind(const std::string& figure, const PageSet& pages) const;
  PageSet of_files(const std::vector<PageRun>&) const;

  const Run& sim_;
  const Run& real_;
  Agreement agreement_;
  std::size_t step_ = 0;
  std::uint32_t line_ = 0;
  std::set<std::uint32_t> file_objects_;
  KernelDeeds deeds_;
  PageSet cleaned_unasked_;  // by background write-back of the real run
};

void Comparison::figure(const std::string& name, const std::string& kind,
                        const std::string& simulated, const std::string& real) {
  ++agreement_.compared[kind];
  if (simulated == real) {
    ++agreement_.equal;
  } else {
    differ({step_, line_, name, simulated, real, ""}, {});
  }
}

// Large sets are cut short as text, so it is the sets that are compared.
template <class Runs>
void Comparison::pages(const std::string& name, const Runs& simulated, const Runs& real,
                       const PageSet& differing_pages) {
  ++agreement_.compared[name];
  if (simulated == real) {
    ++agreement_.equal;
  } else {
    differ(
        {step_, line_, name, show(sim_, simulated), show(real_, real), show(sim_, differing_pages)},
        differing_pages);
  }
}

void Comparison::differ(const Difference& difference, const PageSet& pages) {
  if (const auto explained = explain(difference, pages)) {
    agreement_.explained.push_back(*explained);
  } else {
    agreement_.unexplained.push_back(difference);
  }
}

// What could account for a difference. Bytes, printed text, file sizes, positions and system calls
// have no excuse: on those the two computers always agree.
std::optional<Explained> Comparison::explain(const Difference& d, const PageSet& pages) const {
  const auto starts = [&](const char* prefix) { return d.figure.starts_with(prefix); };
  const bool of_faults =
      starts("faults") || starts("touches.") || starts("fault_pages") || starts("pages_in");
  const bool of_writing =
      starts("write_backs") || d.figure == "dirty" || d.figure.ends_with(".durable");
  const bool of_eviction = starts("evicted") || starts("swapped") || d.figure == "resident";
  if (!of_faults && !of_writing && !of_eviction) return std::nullopt;
  if (real_.mode == real::Mode::kernel_default) return explain_by_deeds(d, pages);
  if (!cleaned_unasked_.empty() && !of_eviction && without(pages, cleaned_unasked_).empty()) {
    return Explained{d, cause::background_write_back,
                     fmt::format("the kernel had written back {} without being asked by this line",
                                 show(sim_, cleaned_unasked_))};
  }
  if (const Note* note = real_.note_on(topic::disk_filesystem); note != nullptr) {
    return Explained{d, cause::not_a_disk, note->text};
  }
  return std::nullopt;
}

// The pages that a difference is about: a number differs because of what happened to some pages.
PageSet Comparison::pages_behind(const std::string& figure, const PageSet& pages) const {
  if (step_ >= std::min(sim_.steps.size(), real_.steps.size())) return pages;
  const Step& s = sim_.steps[step_];
  const Step& r = real_.steps[step_];
  if (figure.starts_with("fault") || figure == "swapped_in") return differing_in_faults(s, r);
  if (figure == "pages_in") return differing_in_pages_in(s, r);
  if (figure.starts_with("write_backs")) return differing_in_write_backs(s, r);
  if (figure == "evicted" || figure == "swapped_out") return set_of(s.evicted);
  if (figure.ends_with(".durable")) return differing(s.after.dirty, r.after.dirty);
  return pages;
}

std::optional<Explained> Comparison::explain_by_deeds(const Difference& d,
                                                      const PageSet& pages) const {
  using About = KernelDeeds::About;
  const auto starts = [&](const char* prefix) { return d.figure.starts_with(prefix); };
  const PageSet behind = pages_behind(d.figure, pages);
  std::optional<KernelDeeds::Cause> cause;
  if (starts("fault")) {
    cause = deeds_.cause_of_faults(behind);
  } else if (starts("pages_in")) {
    cause = deeds_.cause_of(behind, About::pages_in);
  } else if (d.figure == "resident") {
    cause = deeds_.cause_of(behind, About::residence);
  } else if (starts("evicted") || starts("swapped")) {
    cause = deeds_.cause_of(behind, About::eviction);
  } else {
    cause = deeds_.cause_of(behind, starts("touches.") ? About::touches : About::writing);
  }
  if (!cause) {
    const Note* note = real_.note_on(topic::disk_filesystem);
    if (note == nullptr) return std::nullopt;
    return Explained{d, cause::not_a_disk, note->text};
  }
  std::string evidence;
  for (const auto& [name, part] : cause->all) {
    evidence += fmt::format("{}{}: {}", evidence.empty() ? "" : "; ", name, show(sim_, part));
  }
  return Explained{d, cause->name, evidence};
}

void Comparison::compare_counters(const Counters& s, const Counters& r) {
  number("faults.major", s.major, r.major);
  number("faults.minor", s.minor, r.minor);
  number("faults.cow", s.cow, r.cow);
  number("faults.write_notify", s.write_notify, r.write_notify);
  for (std::size_t i = 0; i < s.system_calls.size(); ++i) {
    if (s.system_calls[i] + r.system_calls[i] == 0) continue;
    const char* call = sim::name_of(static_cast<sim::SystemCall>(i));
    figure(fmt::format("syscalls.{}", call), "syscalls", std::to_string(s.system_calls[i]),
           std::to_string(r.system_calls[i]));
  }
  number("bytes_read", s.bytes_read, r.bytes_read);
  number("bytes_written", s.bytes_written, r.bytes_written);
  if (real_.shows_cached()) number("pages_in", s.pages_in, r.pages_in);
  for (std::size_t i = 0; i < s.write_backs.size() && real_.shows_dirty(); ++i) {
    const char* reason = sim::name_of(static_cast<sim::WriteBackReason>(i));
    figure(fmt::format("write_backs.{}", reason), "write_backs", std::to_string(s.write_backs[i]),
           std::to_string(r.write_backs[i]));
  }
  number("evicted", s.evicted, r.evicted);
  number("swapped_in", s.swapped_in, r.swapped_in);
  number("swapped_out", s.swapped_out, r.swapped_out);
}

// The pages that belong to files, where those of memory cannot be observed.
PageSet Comparison::of_files(const std::vector<PageRun>& pages) const {
  PageSet some;
  for (const PageRun& run : pages) {
    if (file_objects_.contains(run.object)) some.push_back(run);
  }
  return some;
}

void Comparison::compare_states(const State& s, const State& r) {
  if (real_.shows_resident()) {
    pages("resident", s.resident, r.resident, differing(s.resident, r.resident));
  } else if (real_.shows_cached()) {
    const PageSet simulated = of_files(s.resident), real = of_files(r.resident);
    pages("resident", simulated, real, differing(simulated, real));
  }
  if (real_.shows_dirty()) pages("dirty", s.dirty, r.dirty, differing(s.dirty, r.dirty));
  const auto describe = [](const State& state, const std::string& name, bool position) {
    const auto found = state.files.find(name);
    if (found == state.files.end()) return std::string("no such file");
    if (!position) return std::to_string(found->second.size);
    return found->second.position ? std::to_string(*found->second.position) : std::string("closed");
  };
  std::map<std::string, int> names;
  for (const auto* state : {&s, &r}) {
    for (const auto& [name, figures] : state->files) names[name] = 0;
  }
  for (const auto& [name, unused] : names) {
    figure("files." + name + ".size", "size", describe(s, name, false), describe(r, name, false));
    figure("files." + name + ".position", "position", describe(s, name, true),
           describe(r, name, true));
    compare_truths(name, s.files.find(name) == s.files.end() ? nullptr : &s.files.at(name).truths,
                   r.files.find(name) == r.files.end() ? nullptr : &r.files.at(name).truths);
  }
}

// At the end of a step or of the run; a truth that one computer cannot show says why not there.
void Comparison::compare_truths(const std::string& file, const FileTruths* s, const FileTruths* r) {
  if (s == nullptr || r == nullptr) return;  // told as a file that one of them does not have
  const auto truth = [&](const char* which, const FileTruth& a, const FileTruth& b) {
    if (!a.known || !b.known) return;
    figure(fmt::format("files.{}.{}", file, which), which, a.sha256, b.sha256);
  };
  truth("program", s->program, r->program);
  truth("cache", s->cache, r->cache);
  truth("durable", s->durable, r->durable);
}

void Comparison::compare_step(std::size_t index) {
  const Step& s = sim_.steps[index];
  const Step& r = real_.steps[index];
  step_ = index;
  line_ = s.line;
  for (const WriteBackRun& w : r.write_backs) {
    if (w.reason != sim::WriteBackReason::background) continue;
    cleaned_unasked_ = united(cleaned_unasked_, {w.pages});
  }
  deeds_.add_step(s, r);
  figure("line", "line", std::to_string(s.line), std::to_string(r.line));
  number("times", s.times, r.times);
  figure("stdout", "stdout", s.output, r.output);
  compare_counters(s.counters, r.counters);
  pages("fault_pages", s.faults, r.faults, differing(faulting(s), faulting(r)));
  compare_states(s.after, r.after);
}

void Comparison::compare_files() {
  std::map<std::string, int> names;
  for (const Run* run : {&sim_, &real_}) {
    for (const auto& [name, truths] : run->files) names[name] = 0;
  }
  for (const auto& [name, unused] : names) {
    const auto s = sim_.files.find(name), r = real_.files.find(name);
    figure("files." + name, "files", s == sim_.files.end() ? "absent" : "present",
           r == real_.files.end() ? "absent" : "present");
    if (s == sim_.files.end() || r == real_.files.end()) continue;
    compare_truths(name, &s->second, &r->second);
  }
}

// After a kill: what the next process finds.
void Comparison::compare_survivors() {
  std::map<std::string, int> names;
  for (const Run* run : {&sim_, &real_}) {
    for (const auto& [name, truth] : run->survived) names[name] = 0;
  }
  const auto describe = [](const Run& run, const std::string& name) {
    const auto found = run.survived.find(name);
    if (found == run.survived.end()) return std::string("absent");
    return fmt::format("{} bytes {}", found->second.size, found->second.sha256);
  };
  for (const auto& [name, unused] : names) {
    figure("survived." + name, "survived", describe(sim_, name), describe(real_, name));
  }
}

// The kernel's counter knows nothing of faults and pages: what the real run's events say came from
// the disk (the simulated one's are held against those), it has read.
void Comparison::compare_device() {
  if (!real_.device_pages_in || !real_.shows_cached()) return;
  step_ = sim_.steps.size();
  line_ = 0;
  number("device_pages_in", real_.totals.pages_in, *real_.device_pages_in);
}

void Comparison::compare_endings() {
  const auto describe = [](Ending e) {
    if (e.kind == EndKind::died || e.kind == EndKind::killed) e.message.clear();
    return how_it_ended(e);
  };
  line_ = std::max(sim_.ending.line, real_.ending.line);
  figure("ending", "ending", describe(sim_.ending), describe(real_.ending));
}

// Both lists of what happened, in step. Only a touch at which the two say different things is a
// difference; the rest of a list that is longer differs from nothing.
void Comparison::compare_touches() {
  if (!sim_.trace || !real_.trace) return;
  const TouchTrace &s = *sim_.trace, &r = *real_.trace;
  std::uint64_t differing_touches = 0;
  auto mine = s.notes.begin(), theirs = r.notes.begin();
  while (mine != s.notes.end() || theirs != r.notes.end()) {
    const std::uint64_t touch = std::min(mine == s.notes.end() ? UINT64_MAX : mine->touch,
                                         theirs == r.notes.end() ? UINT64_MAX : theirs->touch);
    const auto at = [&](const TouchNote& note) { return note.touch == touch; };
    const auto mine_end = std::find_if_not(mine, s.notes.end(), at);
    const auto theirs_end = std::find_if_not(theirs, r.notes.end(), at);
    if (!std::equal(mine, mine_end, theirs, theirs_end)) {
      ++differing_touches;
      const TouchNote& first = mine != mine_end ? *mine : *theirs;
      step_ = first.step;
      line_ = sim_.steps.at(std::min<std::size_t>(step_, sim_.steps.size() - 1)).line;
      const PageRun page{first.page.object, first.page.index, first.page.index + std::uint64_t{1}};
      differ({step_, line_, fmt::format("touches.{}", touch), show(sim_, std::span(mine, mine_end)),
              show(sim_, std::span(theirs, theirs_end)), name_of(sim_, page)},
             {page});
    }
    mine = mine_end;
    theirs = theirs_end;
  }
  agreement_.compared["touches"] += sim_.totals.touches;
  agreement_.equal += sim_.totals.touches - std::min(sim_.totals.touches, differing_touches);
  for (step_ = 0; step_ < std::min(sim_.steps.size(), real_.steps.size()); ++step_) {
    const auto sum = [&](const TouchTrace& trace) {
      return fmt::format("{:016x}", step_ < trace.sums.size() ? trace.sums[step_] : 0);
    };
    line_ = sim_.steps[step_].line;
    figure("touched_pages", "touched_pages", sum(s), sum(r));
  }
}

Agreement Comparison::run() {
  const std::size_t steps = std::min(sim_.steps.size(), real_.steps.size());
  for (std::size_t i = 0; i < steps; ++i) compare_step(i);
  number("steps", sim_.steps.size(), real_.steps.size());
  compare_touches();
  compare_files();
  compare_survivors();
  compare_device();
  compare_endings();
  return std::move(agreement_);
}

}  // namespace

Agreement reconcile(const Run& simulated, const Run& real) {
  for (const Run* run : {&simulated, &real}) {
    if (!run->ending.is_from_outside()) continue;
    Agreement none;
    none.why_not =
        fmt::format("on {} the program {}", in_words(run->computer), how_it_ended(run->ending));
    return none;
  }
  return Comparison(simulated, real).run();
}

}  // namespace session

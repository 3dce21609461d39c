// Step by step, figure by figure. Figures that a computer cannot observe are not compared; the
// run's notes say which and why.

#include "scenarios/session/reconcile.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <set>
#include <tuple>

#include "scenarios/session/explainer.h"
#include "scenarios/session/figures.h"
#include "scenarios/session/held_touches.h"
#include "scenarios/session/kernel_deeds.h"
#include "scenarios/session/mapped_figures.h"
#include "scenarios/session/out_of_sight.h"
#include "scenarios/session/page_sets.h"
#include "scenarios/session/shown_values.h"
#include "scenarios/session/without_disk.h"

namespace session {
namespace {

// A figure that is held against its like.
struct Held {
  std::string name;
  std::string kind = name;  // what it is counted as
  Origin origin = Origin::counted;
  bool is_nothing = false;  // where it is equal, nothing happened in it
};

class Comparison {
 public:
  Comparison(const Run& simulated, const Run& real)
      : sim_(simulated), real_(real), explainer_(simulated, real) {
    for (const Step& step : sim_.steps) {
      for (const auto& [name, figures] : step.after.files) file_objects_.insert(figures.object);
    }
  }
  Agreement run();

 private:
  void compare_step(std::size_t index);
  void compare_counters(const Counters&, const Counters&);
  void compare_faults(const Step&, const Step&);
  void compare_states(const Step&, const Step&);
  void compare_files_of(const State&, const State&);
  void compare_touches();
  void compare_files();
  enum class When : std::uint8_t { after_step, at_end };
  void compare_truths(const std::string& file, const FileTruths* simulated, const FileTruths* real,
                      When);
  void compare_survivors();
  void compare_device();
  void compare_endings();

  void count(const Held&);
  void figure(const Held&, const std::string& simulated, const std::string& real);
  template <class Runs>
  void pages(const Held&, const Runs& simulated, const Runs& real, const PageSet& differing_pages);
  void differ(const Difference&, const PageSet& pages);
  void number(Held held, std::uint64_t simulated, std::uint64_t real) {
    held.is_nothing = simulated == 0 && real == 0;
    figure(held, std::to_string(simulated), std::to_string(real));
  }
  void account_for(const Difference&, const Cause&);
  PageSet of_files(const std::vector<PageRun>&) const;

  const Run& sim_;
  const Run& real_;
  Agreement agreement_;
  std::size_t step_ = 0;
  std::uint32_t line_ = 0;
  State before_;  // of the simulated computer, when the step began
  std::set<std::uint32_t> file_objects_;
  Explainer explainer_;
  // Where in the list the differences of a line, figure and cause are told.
  std::map<std::tuple<std::uint32_t, std::string, std::string>, std::size_t> listed_;
};

// One that is equal.
void Comparison::count(const Held& held) {
  if (held.origin == Origin::mirrored) {
    if (!held.is_nothing) ++agreement_.mirrored[held.kind];
    return;
  }
  ++agreement_.compared[held.kind];
  ++agreement_.equal;
  if (held.is_nothing) ++agreement_.of_nothing;
}

void Comparison::figure(const Held& held, const std::string& simulated, const std::string& real) {
  if (simulated == real) return count(held);
  ++agreement_.compared[held.kind];
  differ({step_, line_, held.name, simulated, real, ""}, {});
}

// Large sets are cut short as text, so it is the sets that are compared.
template <class Runs>
void Comparison::pages(const Held& held, const Runs& simulated, const Runs& real,
                       const PageSet& differing_pages) {
  if (simulated == real) return count(held);
  ++agreement_.compared[held.kind];
  differ({step_, line_, held.name, show(sim_, simulated), show(real_, real),
          show(sim_, differing_pages)},
         differing_pages);
}

void Comparison::differ(const Difference& difference, const PageSet& pages) {
  if (const auto found = explainer_.explain(difference, pages)) {
    account_for(difference, *found);
  } else {
    agreement_.unexplained.push_back(difference);
  }
}

// Each touch is a figure of its own; here they are one.
void Comparison::account_for(const Difference& d, const Cause& found) {
  for (const auto& [cause, part] : found.parts) {
    Account& account = agreement_.accounts[cause];
    account.pages = united(account.pages, part);
    account.lines.insert(d.line);
  }
  Account& account = agreement_.accounts[found.name];
  if (account.figures++ == 0) account.evidence = found.evidence;
  account.lines.insert(d.line);
  const std::string figure =
      d.figure.substr(0, d.figure.starts_with("touches.") ? 7 : d.figure.npos);
  const auto [place, is_new] =
      listed_.emplace(std::tuple{d.line, figure, found.name}, agreement_.explained.size());
  if (is_new) {
    agreement_.explained.push_back({d, found.name, found.evidence});
  } else {
    ++agreement_.explained[place->second].times;
  }
}

void Comparison::compare_counters(const Counters& s, const Counters& r) {
  for (const CounterFigure& f : counter_figures()) {
    if (f.shows != nullptr && !(real_.*f.shows)()) continue;
    number({.name = f.name, .origin = f.origin(real_.mode)}, f.of(s), f.of(r));
  }
  for (std::size_t i = 0; i < s.system_calls.size(); ++i) {
    if (s.system_calls[i] + r.system_calls[i] == 0) continue;
    const char* call = sim::name_of(static_cast<sim::SystemCall>(i));
    number({fmt::format("syscalls.{}", call), "syscalls"}, s.system_calls[i], r.system_calls[i]);
  }
}

// Which pages faulted, and whether the disk was waited for; and what else the faults are called,
// swap-ins among it. (A cause of other pages has to account for the labels, too.)
void Comparison::compare_faults(const Step& s, const Step& r) {
  const auto mine = without_labels(s.faults), theirs = without_labels(r.faults);
  pages({.name = "fault_pages", .is_nothing = mine.empty()}, mine, theirs,
        differing(faulting(s), faulting(r)));
  if (mine != theirs) return;
  const bool has_labels = std::any_of(s.faults.begin(), s.faults.end(),
                                      [](const FaultRun& f) { return f.detail != 0; });
  pages({.name = kFaultLabels, .origin = Origin::mirrored, .is_nothing = !has_labels}, s.faults,
        r.faults, differing_in_faults(s, r));
}

// The pages that belong to files, where those of memory cannot be observed.
PageSet Comparison::of_files(const std::vector<PageRun>& pages) const {
  PageSet some;
  for (const PageRun& run : pages) {
    if (file_objects_.contains(run.object)) some.push_back(run);
  }
  return some;
}

void Comparison::compare_states(const Step& s, const Step& r) {
  const auto held = [&](const char* name, std::vector<PageRun> State::*which) {
    return Held{.name = name, .is_nothing = s.after.*which == before_.*which};
  };
  const auto &mine = s.after.resident, &theirs = r.after.resident;
  if (real_.shows_resident()) {
    pages(held("resident", &State::resident), mine, theirs, differing(mine, theirs));
  } else if (real_.shows_cached()) {
    const PageSet simulated = of_files(mine), real = of_files(theirs);
    pages(held("resident", &State::resident), simulated, real, differing(simulated, real));
  }
  if (real_.shows_dirty()) {
    pages(held("dirty", &State::dirty), s.after.dirty, r.after.dirty,
          differing(s.after.dirty, r.after.dirty));
  }
  if (real_.shows_memory()) {
    pages(held("shared", &State::shared), s.after.shared, r.after.shared,
          differing(s.after.shared, r.after.shared));
  }
  for (const MappedFigure& f : mapped_figures(before_, s.after, r.after)) {
    figure({f.name, f.kind, f.origin, f.is_nothing}, std::to_string(f.simulated),
           std::to_string(f.real));
  }
  compare_files_of(s.after, r.after);
}

void Comparison::compare_files_of(const State& s, const State& r) {
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
    for (const bool position : {false, true}) {
      const char* kind = position ? "position" : "size";
      const std::string now = describe(s, name, position);
      figure({.name = fmt::format("files.{}.{}", name, kind),
              .kind = kind,
              .is_nothing = now == describe(before_, name, position)},
             now, describe(r, name, position));
    }
    compare_truths(name, s.files.find(name) == s.files.end() ? nullptr : &s.files.at(name).truths,
                   r.files.find(name) == r.files.end() ? nullptr : &r.files.at(name).truths,
                   When::after_step);
  }
}

// At the end of a step or of the run; a truth that one computer cannot show says why not there.
void Comparison::compare_truths(const std::string& file, const FileTruths* s, const FileTruths* r,
                                When when) {
  if (s == nullptr || r == nullptr) return;  // told as a file that one of them does not have
  const auto known = before_.files.find(file);
  const auto truth = [&](const char* which, FileTruth FileTruths::*of) {
    const FileTruth &a = s->*of, &b = r->*of;
    if (!a.known || !b.known) return;
    const bool unchanged = when == When::after_step && known != before_.files.end() &&
                           a.sha256 == (known->second.truths.*of).sha256;
    figure({.name = fmt::format("files.{}.{}", file, which),
            .kind = which,
            .is_nothing = unchanged || a.size == 0},
           a.sha256, b.sha256);
  };
  truth("program", &FileTruths::program);
  truth("cache", &FileTruths::cache);
  truth("durable", &FileTruths::durable);
}

void Comparison::compare_step(std::size_t index) {
  const Step& s = sim_.steps[index];
  const Step& r = real_.steps[index];
  step_ = index;
  line_ = s.line;
  explainer_.add_step(index);
  figure({.name = "line", .is_nothing = true}, std::to_string(s.line), std::to_string(r.line));
  figure({.name = "times", .is_nothing = true}, std::to_string(s.times), std::to_string(r.times));
  figure({.name = "stdout", .is_nothing = s.output.empty()}, s.output, r.output);
  compare_counters(s.counters, r.counters);
  compare_faults(s, r);
  if (!s.looked || !r.looked) return;
  compare_states(s, r);
  before_ = s.after;
}

void Comparison::compare_files() {
  std::map<std::string, int> names;
  for (const Run* run : {&sim_, &real_}) {
    for (const auto& [name, truths] : run->files) names[name] = 0;
  }
  for (const auto& [name, unused] : names) {
    const auto s = sim_.files.find(name), r = real_.files.find(name);
    figure({"files." + name, "files"}, s == sim_.files.end() ? "absent" : "present",
           r == real_.files.end() ? "absent" : "present");
    if (s == sim_.files.end() || r == real_.files.end()) continue;
    compare_truths(name, &s->second, &r->second, When::at_end);
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
    figure({"survived." + name, "survived"}, describe(sim_, name), describe(real_, name));
  }
}

// The kernel's counter knows nothing of faults and pages: what the real run's events say came from
// the disk (the simulated one's are held against those), it has read.
void Comparison::compare_device() {
  if (!real_.device_pages_in || !real_.shows_cached()) return;
  step_ = sim_.steps.size();
  line_ = 0;
  number({"device_pages_in"}, real_.totals.pages_in, *real_.device_pages_in);
}

void Comparison::compare_endings() {
  const auto describe = [](Ending e) {
    if (e.kind == EndKind::died || e.kind == EndKind::killed) e.message.clear();
    return how_it_ended(e);
  };
  line_ = std::max(sim_.ending.line, real_.ending.line);
  Held held{.name = "ending", .is_nothing = sim_.ending.kind == EndKind::finished};
  if (sim_.ran_out_of_memory()) held = {.name = kMomentOfDeath, .origin = Origin::mirrored};
  figure(held, describe(sim_.ending), describe(real_.ending));
}

void Comparison::compare_touches() {
  if (!sim_.trace || !real_.trace) return;
  const HeldTouches held = hold_touches(*sim_.trace, *real_.trace);
  for (const DifferingTouch& d : held.differing) {
    const TouchNote& first = d.first();
    step_ = first.step;
    line_ = sim_.steps.at(std::min<std::size_t>(step_, sim_.steps.size() - 1)).line;
    const PageRun page{first.page.object, first.page.index, first.page.index + std::uint64_t{1}};
    differ({step_, line_, fmt::format("touches.{}", first.touch), show(sim_, d.simulated),
            show(real_, d.real), name_of(sim_, page)},
           {page});
  }
  const std::uint64_t touches = sim_.totals.touches;
  const std::uint64_t compared = touches - std::min(touches, held.swap_ins);
  agreement_.compared["touches"] += compared;
  agreement_.equal += compared - std::min<std::uint64_t>(compared, held.differing.size());
  agreement_.of_nothing += compared - std::min(compared, held.noted);
  if (held.swap_ins > 0) agreement_.mirrored["touches"] += held.swap_ins;
  const auto sum_of = [](const TouchTrace& trace, std::size_t step) {
    return fmt::format("{:016x}", step < trace.sums.size() ? trace.sums[step] : 0);
  };
  for (step_ = 0; step_ < std::min(sim_.steps.size(), real_.steps.size()); ++step_) {
    line_ = sim_.steps[step_].line;
    figure({.name = "touched_pages", .is_nothing = true}, sum_of(*sim_.trace, step_),
           sum_of(*real_.trace, step_));
  }
}

Agreement Comparison::run() {
  agreement_.mode = real_.mode;
  if (real_.mode == real::Mode::exact) agreement_.out_of_sight = rules_out_of_sight(real_);
  const std::size_t steps = std::min(sim_.steps.size(), real_.steps.size());
  for (std::size_t i = 0; i < steps; ++i) compare_step(i);
  figure({.name = "steps", .is_nothing = true}, std::to_string(sim_.steps.size()),
         std::to_string(real_.steps.size()));
  compare_touches();
  compare_files();
  compare_survivors();
  compare_device();
  compare_endings();
  return std::move(agreement_);
}

}  // namespace

std::uint64_t Agreement::explained_figures() const {
  std::uint64_t n = 0;
  for (const Explained& e : explained) n += e.times;
  return n;
}

Agreement reconcile(const Run& simulated, const Run& real) {
  for (const Run* run : {&simulated, &real}) {
    if (!run->ending.is_from_outside()) continue;
    Agreement none;
    none.why_not =
        fmt::format("on {} the program {}", in_words(run->computer), how_it_ended(run->ending));
    return none;
  }
  if (!real.shows_disk()) {
    const auto [left_of_simulated, left_of_real] = without_disk(simulated, real);
    return Comparison(left_of_simulated, left_of_real).run();
  }
  return Comparison(simulated, real).run();
}

}  // namespace session

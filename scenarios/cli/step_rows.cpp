// Figures in words.

#include "scenarios/cli/step_rows.h"

#include <fmt/format.h>

#include <functional>
#include <set>

#include "scenarios/cli/memory_rows.h"

#include "scenarios/session/figures.h"
#include "scenarios/session/shown_values.h"

namespace cli {
namespace {

using session::ComputerKind;
using session::Counters;
using session::Run;
using session::Step;

std::string plural(std::uint64_t n, const char* one, const char* many) {
  return fmt::format("{} {}", n, n == 1 ? one : many);
}

std::string page_list(const Run& run, const std::vector<session::PageRun>& pages) {
  constexpr std::size_t kMostShown = 6;
  std::uint64_t count = 0;
  std::string names;
  for (std::size_t i = 0; i < pages.size(); ++i) {
    count += pages[i].end - pages[i].first;
    if (i < kMostShown) names += " " + session::name_of(run, pages[i]);
  }
  if (pages.size() > kMostShown) names += " ...";
  return count == 0 ? "none" : fmt::format("{}:{}", plural(count, "page", "pages"), names);
}

// What came back from swap is a major fault on the textbook's computer; on this one Pagewalk swaps,
// and the kernel counts no fault.
std::string fault_counts(const Run& run, const Counters& c) {
  const std::uint64_t swap_ins = c.swap_in_faults;
  if (swap_ins == 0) return fmt::format("{} major, {} minor", c.major, c.minor);
  if (run.computer == ComputerKind::simulated) {
    return fmt::format("{} major ({} from swap), {} minor", c.major, swap_ins, c.minor);
  }
  return fmt::format("{} major, {} minor ({} from swap)", c.major_from_files(), c.minor, swap_ins);
}

std::string fault_list(const Run& run, const Step& step) {
  constexpr std::size_t kMostShown = 6;
  const Counters& c = step.counters;
  if (c.major + c.minor == 0) return "none";
  std::string text;
  for (std::size_t i = 0; i < step.faults.size() && i < kMostShown; ++i) {
    const session::FaultRun& f = step.faults[i];
    text += fmt::format("{}{} {} {}", i == 0 ? "" : ", ", f.pages.end - f.pages.first,
                        session::kind_of(run.computer, f), session::name_of(run, f.pages));
  }
  if (step.faults.size() > kMostShown) {
    text = fmt::format("{}: {}, ...", fault_counts(run, c), text);
  }
  return text;
}

std::string moved(std::uint64_t calls, std::uint64_t bytes) {
  if (calls == 0) return "none";
  return fmt::format("{} in {}", plural(bytes, "byte", "bytes"), plural(calls, "call", "calls"));
}

std::string write_back_list(const Run& run, const Step& step) {
  constexpr std::size_t kMostShown = 6;
  std::string text;
  for (std::size_t i = 0; i < step.write_backs.size() && i < kMostShown; ++i) {
    const session::WriteBackRun& w = step.write_backs[i];
    text += fmt::format("{}{} by {}: {}", i == 0 ? "" : ", ",
                        plural(w.pages.end - w.pages.first, "page", "pages"),
                        sim::name_of(w.reason), session::name_of(run, w.pages));
  }
  if (step.write_backs.size() > kMostShown) text += ", ...";
  return text.empty() ? "none" : text;
}

std::string write_back_counts(const Counters& c) {
  std::string text;
  for (std::size_t i = 0; i < c.write_backs.size(); ++i) {
    if (c.write_backs[i] == 0) continue;
    text += fmt::format("{}{} by {}", text.empty() ? "" : ", ",
                        plural(c.write_backs[i], "page", "pages"),
                        sim::name_of(static_cast<sim::WriteBackReason>(i)));
  }
  return text.empty() ? "none" : text;
}

std::string swapping(const Counters& c) {
  if (c.swapped_in + c.swapped_out == 0) return "none";
  return fmt::format("{} out, {} in", c.swapped_out, c.swapped_in);
}

std::uint64_t calls(const Counters& c, sim::SystemCall call) {
  return c.system_calls[static_cast<std::size_t>(call)];
}

std::string other_calls(const Counters& c) {
  std::string text;
  for (std::size_t i = 0; i < c.system_calls.size(); ++i) {
    const auto call = static_cast<sim::SystemCall>(i);
    if (call == sim::SystemCall::read || call == sim::SystemCall::write) continue;
    if (c.system_calls[i] == 0) continue;
    text += fmt::format("{}{}", text.empty() ? "" : ", ", sim::name_of(call));
    if (c.system_calls[i] > 1) text += fmt::format(" x{}", c.system_calls[i]);
  }
  return text.empty() ? "none" : text;
}

std::string file_figures(const session::State& state, const std::string& name) {
  const auto found = state.files.find(name);
  if (found == state.files.end()) return "does not exist";
  const auto& f = found->second;
  const std::string at = f.position ? fmt::format("position {}", *f.position) : "not open";
  return fmt::format("{}, {}", plural(f.size, "byte", "bytes"), at);
}

template <class Of>
Row row(const char* label, Ink ink, const std::vector<const Run*>& runs, Of of) {
  Row r{.label = label, .values = {}, .keys = {}, .ink = ink};
  for (const Run* run : runs) r.values.push_back(of(*run));
  return r;
}

bool says_something(const Row& r) {
  return std::any_of(r.values.begin(), r.values.end(),
                     [](const std::string& v) { return v != "none"; });
}

// A figure that not every computer can observe: its notes say why.
Row hidden_where(const std::vector<const Run*>& runs, bool (Run::*shows)() const, Row r) {
  for (std::size_t i = 0; i < runs.size(); ++i) {
    if ((runs[i]->*shows)()) continue;
    if (says_something(r)) r.values[i] = "not known";
    r.compared = Compared::not_observable;
  }
  return r;
}

void keep(std::vector<Row>& rows, Row r) {
  if (says_something(r)) rows.push_back(std::move(r));
}

// Which pages faulted and how, or how many: the kernel's own words, without the labels.
std::string fault_key(const Step& step) {
  std::string key;
  for (const session::FaultRun& f : session::without_labels(step.faults)) {
    key += fmt::format("{} {}:{}-{} ", f.major, f.pages.object, f.pages.first, f.pages.end);
  }
  return fmt::format("{} {} {}", step.counters.major_from_files(), step.counters.minor, key);
}

// A figure that this computer took from the simulated one, in the mode that it ran in.
void keep_mirrored(std::vector<Row>& rows, const std::vector<const Run*>& runs, const char* figure,
                   Row r) {
  const session::Origin origin = session::counter_figure(figure).origin(runs.back()->mode);
  if (origin == session::Origin::mirrored) r.compared = Compared::mirrored;
  keep(rows, std::move(r));
}

// A figure of the simulated computer alone.
void keep_simulated(std::vector<Row>& rows, Row r) {
  r.compared = Compared::no;
  keep(rows, std::move(r));
}

}  // namespace

std::vector<Row> rows_of_step(const std::vector<const Run*>& runs, std::size_t index) {
  using sim::SystemCall;
  std::vector<Row> rows;
  const auto add = [&](const char* label, Ink ink, auto of) {
    keep(rows, row(label, ink, runs, [&](const Run& r) { return of(r, r.steps[index]); }));
  };
  Row faults = row("page faults", Ink::fault, runs,
                   [&](const Run& r) { return fault_list(r, r.steps[index]); });
  for (const Run* run : runs) faults.keys.push_back(fault_key(run->steps[index]));
  keep(rows, std::move(faults));
  add("read", Ink::plain, [](const Run&, const Step& s) {
    return moved(calls(s.counters, SystemCall::read), s.counters.bytes_read);
  });
  add("written", Ink::plain, [](const Run&, const Step& s) {
    return moved(calls(s.counters, SystemCall::write), s.counters.bytes_written);
  });
  add("other calls", Ink::plain, [](const Run&, const Step& s) { return other_calls(s.counters); });
  const auto add_shown = [&](const char* label, Ink ink, bool (Run::*shows)() const, auto of) {
    Row all = row(label, ink, runs, [&](const Run& r) { return of(r, r.steps[index]); });
    keep(rows, hidden_where(runs, shows, std::move(all)));
  };
  add_shown("pages from disk", Ink::plain, &Run::shows_cached, [](const Run&, const Step& s) {
    return s.counters.pages_in == 0 ? std::string("none") : std::to_string(s.counters.pages_in);
  });
  add_shown("written back", Ink::dirty, &Run::shows_dirty, write_back_list);
  const auto add_unasked = [&](const char* label, std::vector<session::PageRun> Step::*pages) {
    Row all = row(label, Ink::plain, runs,
                  [&](const Run& r) { return page_list(r, r.steps[index].*pages); });
    all.compared = Compared::no;
    keep(rows, std::move(all));
  };
  add_unasked("read ahead", &Step::read_ahead);
  add_unasked("mapped around", &Step::mapped_around);
  add_unasked("mapped by folio", &Step::mapped_with_folio);
  add_unasked("dirty by folio", &Step::dirtied_in_folio);
  keep_mirrored(rows, runs, "evicted", row("evicted", Ink::plain, runs, [&](const Run& r) {
                  return page_list(r, r.steps[index].evicted);
                }));
  keep_mirrored(rows, runs, "swapped_in", row("swapped", Ink::plain, runs, [&](const Run& r) {
                  return swapping(r.steps[index].counters);
                }));
  // What a line that did nothing left is what the line before it left.
  if (!runs.front()->steps[index].looked) return rows;
  add_shown("resident now", Ink::plain, &Run::shows_resident,
            [](const Run& r, const Step& s) { return page_list(r, s.after.resident); });
  for (Row& memory : memory_rows(runs, index)) rows.push_back(std::move(memory));
  add_shown("dirty now", Ink::dirty, &Run::shows_dirty,
            [](const Run& r, const Step& s) { return page_list(r, s.after.dirty); });
  std::set<std::string> names;
  for (const Run* run : runs) {
    for (const auto& [name, figures] : run->steps[index].after.files) names.insert(name);
  }
  for (const std::string& name : names) {
    add(name.c_str(), Ink::plain,
        [&](const Run&, const Step& s) { return file_figures(s.after, name); });
  }
  return rows;
}

std::vector<Row> rows_of_totals(const std::vector<const Run*>& runs) {
  using sim::SystemCall;
  std::vector<Row> rows;
  const auto add = [&](const char* label, Ink ink, auto of) {
    rows.push_back(row(label, ink, runs, [&](const Run& r) { return of(r.totals); }));
  };
  Row faults =
      row("page faults", Ink::fault, runs, [](const Run& r) { return fault_counts(r, r.totals); });
  for (const Run* run : runs) {
    faults.keys.push_back(fmt::format("{} {}", run->totals.major_from_files(), run->totals.minor));
  }
  rows.push_back(std::move(faults));
  add("read", Ink::plain,
      [](const Counters& c) { return moved(calls(c, SystemCall::read), c.bytes_read); });
  add("written", Ink::plain,
      [](const Counters& c) { return moved(calls(c, SystemCall::write), c.bytes_written); });
  const auto add_shown = [&](const char* label, Ink ink, bool (Run::*shows)() const, auto of) {
    Row all = row(label, ink, runs, [&](const Run& r) { return of(r.totals); });
    rows.push_back(hidden_where(runs, shows, std::move(all)));
  };
  add_shown("pages from disk", Ink::plain, &Run::shows_cached,
            [](const Counters& c) { return std::to_string(c.pages_in); });
  add_shown("written back", Ink::dirty, &Run::shows_dirty, write_back_counts);
  keep_mirrored(rows, runs, "evicted", row("evicted", Ink::plain, runs, [](const Run& r) {
                  return r.totals.evicted == 0 ? std::string("none")
                                               : std::to_string(r.totals.evicted);
                }));
  keep_mirrored(rows, runs, "swapped_in",
                row("swapped", Ink::plain, runs, [](const Run& r) { return swapping(r.totals); }));
  keep_simulated(rows, row("TLB misses", Ink::plain, runs, [](const Run& r) {
                   return r.totals.tlb_misses == 0 ? std::string("none")
                                                   : std::to_string(r.totals.tlb_misses);
                 }));
  keep_simulated(rows, row("simulated time", Ink::plain, runs, [](const Run& r) {
                   if (r.computer == session::ComputerKind::real)
                     return std::string("not simulated");
                   return fmt::format("{:.1f} us",
                                      static_cast<double>(r.totals.simulated_ns) / 1000.0);
                 }));
  return rows;
}

}  // namespace cli

// Figures in words.

#include "scenarios/cli/step_rows.h"

#include <fmt/format.h>

#include <functional>
#include <set>
#include <utility>

#include "scenarios/cli/memory_rows.h"
#include "scenarios/cli/page_sums.h"
#include "scenarios/cli/turn_words.h"
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
  std::uint64_t count = 0;
  std::string names;
  for (std::size_t i = 0; i < pages.size(); ++i) {
    count += pages[i].end - pages[i].first;
    if (i < kMostRangesShown) names += " " + session::name_of(run, pages[i]);
  }
  if (pages.size() > kMostRangesShown) names += " ...";
  return count == 0 ? "none" : fmt::format("{}:{}", plural(count, "page", "pages"), names);
}

// What came back from swap is a major fault on the textbook's computer; on this one Pagewalk swaps,
// and the kernel calls it minor.
std::string fault_counts(const Run& run, const Counters& c) {
  const std::uint64_t swap_ins = c.swap_in_faults;
  if (swap_ins == 0) return fmt::format("{} major, {} minor", c.major, c.minor);
  if (run.computer == ComputerKind::simulated) {
    return fmt::format("{} major ({} from swap), {} minor", c.major, swap_ins, c.minor);
  }
  return fmt::format("{} major, {} minor ({} from swap)", c.major_from_files(), c.minor + swap_ins,
                     swap_ins);
}

std::string fault_list(const Run& run, const Step& step) {
  const Counters& c = step.counters;
  if (c.major + c.minor == 0) return "none";
  std::string text;
  for (std::size_t i = 0; i < step.faults.size() && i < kMostRangesShown; ++i) {
    const session::FaultRun& f = step.faults[i];
    text += fmt::format("{}{} {} {}", i == 0 ? "" : ", ", f.pages.end - f.pages.first,
                        session::kind_of(run.computer, f), session::name_of(run, f.pages));
  }
  if (step.faults.size() > kMostRangesShown) {
    text = fmt::format("{}: {}, ...", fault_counts(run, c), text);
  }
  return text;
}

std::string moved(std::uint64_t calls, std::uint64_t bytes) {
  if (calls == 0) return "none";
  return fmt::format("{} in {}", plural(bytes, "byte", "bytes"), plural(calls, "call", "calls"));
}

std::string write_back_list(const Run& run, const Step& step) {
  std::string text;
  for (std::size_t i = 0; i < step.write_backs.size() && i < kMostRangesShown; ++i) {
    const session::WriteBackRun& w = step.write_backs[i];
    text += fmt::format("{}{} by {}: {}", i == 0 ? "" : ", ",
                        plural(w.pages.end - w.pages.first, "page", "pages"),
                        sim::name_of(w.reason), session::name_of(run, w.pages));
  }
  if (step.write_backs.size() > kMostRangesShown) text += ", ...";
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

// Where files lie in memory, what hangs on a disk is shown and not compared.
Row of_disk(const std::vector<const Run*>& runs, Row r) {
  const bool all =
      std::all_of(runs.begin(), runs.end(), [](const Run* run) { return run->shows_disk(); });
  if (!all) r.compared = Compared::not_observable;
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
  const session::CounterFigure& held = session::counter_figure(figure);
  const bool is_mirrored = held.origin(runs.back()->mode) == session::Origin::mirrored;
  if (is_mirrored) r.compared = Compared::mirrored;
  keep(rows, held.shows == &Run::shows_disk ? of_disk(runs, std::move(r)) : std::move(r));
}

// A figure of the simulated computer alone.
void keep_simulated(std::vector<Row>& rows, Row r) {
  r.compared = Compared::no;
  keep(rows, std::move(r));
}

// What the turns of a line have in common with a single step: each figure once, then where and how
// often it comes up.
class LineRows {
 public:
  LineRows(const std::vector<const Run*>& runs, const ToldLine& told) : runs_(runs), told_(told) {}

  std::vector<Row> rows() {
    what_happened();
    what_the_kernel_did();
    what_is_where();
    return std::move(rows_);
  }

 private:
  using Figure = session::TurnFigure;

  // `of` takes a run and what its steps add up to.
  template <class Of>
  Row each(const char* label, Ink ink, Of of) const {
    Row r{.label = label, .values = {}, .keys = {}, .ink = ink};
    for (std::size_t i = 0; i < runs_.size(); ++i) {
      r.values.push_back(of(*runs_[i], told_.parts[i]));
    }
    return r;
  }

  // A list of a single turn in order, of several turns as sums.
  template <class List>
  std::string pages(const Run& run, const Step& step, const List& list,
                    std::string (*in_order)(const Run&, const Step&)) const {
    return told_.is_summed() ? sums_of(run, list) : in_order(run, step);
  }
  std::string pages(const Run& run, const std::vector<session::PageRun>& list) const {
    return told_.is_summed() ? sums_of(run, list) : page_list(run, list);
  }

  // In which turns, and how much in one.
  std::string noted(std::string text, const ToldPart& part, Figure figure) const {
    if (!told_.is_summed() || part.spread == nullptr) return text;
    const std::string words = in_words(part.spread->spread(figure), told_.turns);
    return words.empty() ? text : text + "; " + words;
  }
  // Of one kind without its name.
  std::string noted_faults(std::string text, const ToldPart& part) const {
    if (!told_.is_summed() || part.spread == nullptr) return text;
    std::vector<std::pair<const char*, std::string>> notes;
    for (const auto& [name, figure] :
         {std::pair{"major", Figure::major}, std::pair{"minor", Figure::minor},
          std::pair{"from swap", Figure::swap_in_faults}}) {
      const std::string words = in_words(part.spread->spread(figure), told_.turns);
      if (!words.empty()) notes.emplace_back(name, words);
    }
    for (const auto& [name, words] : notes) {
      text += notes.size() == 1 ? "; " + words : fmt::format("; {}: {}", name, words);
    }
    return text;
  }
  std::string noted(std::string text, const ToldPart& part,
                    const session::Range& (session::LineTurns::*range)() const) const {
    if (!told_.is_summed() || part.spread == nullptr) return text;
    const std::string words = in_words((part.spread->*range)());
    return words.empty() ? text : text + "; " + words;
  }

  void what_happened() {
    using sim::SystemCall;
    Row faults = each("page faults", Ink::fault, [&](const Run& r, const ToldPart& p) {
      return noted_faults(pages(r, p.sum, p.sum.faults, fault_list), p);
    });
    for (const ToldPart& part : told_.parts) faults.keys.push_back(fault_key(part.sum));
    keep(rows_, of_disk(runs_, std::move(faults)));
    keep(rows_, each("read", Ink::plain, [&](const Run&, const ToldPart& p) {
           const Counters& c = p.sum.counters;
           return noted(moved(calls(c, SystemCall::read), c.bytes_read), p, Figure::read_calls);
         }));
    keep(rows_, each("written", Ink::plain, [&](const Run&, const ToldPart& p) {
           const Counters& c = p.sum.counters;
           return noted(moved(calls(c, SystemCall::write), c.bytes_written), p,
                        Figure::write_calls);
         }));
    keep(rows_, each("other calls", Ink::plain, [&](const Run&, const ToldPart& p) {
           return noted(other_calls(p.sum.counters), p, Figure::other_calls);
         }));
    Row from_disk = each("pages from disk", Ink::plain, [&](const Run&, const ToldPart& p) {
      const std::uint64_t n = p.sum.counters.pages_in;
      return n == 0 ? std::string("none") : noted(std::to_string(n), p, Figure::pages_in);
    });
    keep(rows_, hidden_where(runs_, &Run::shows_reads, std::move(from_disk)));
    Row written = each("written back", Ink::dirty, [&](const Run& r, const ToldPart& p) {
      return noted(pages(r, p.sum, p.sum.write_backs, write_back_list), p, Figure::written_back);
    });
    keep(rows_, hidden_where(runs_, &Run::shows_dirty, std::move(written)));
  }

  void what_the_kernel_did() {
    const auto add = [&](const char* label, std::vector<session::PageRun> Step::*list) {
      Row all = each(label, Ink::plain,
                     [&](const Run& r, const ToldPart& p) { return pages(r, p.sum.*list); });
      all.compared = Compared::no;
      keep(rows_, std::move(all));
    };
    add("read ahead", &Step::read_ahead);
    add("mapped around", &Step::mapped_around);
    add("mapped by folio", &Step::mapped_with_folio);
    add("unmapped by folio", &Step::unmapped_with_folio);
    add("dirty by folio", &Step::dirtied_in_folio);
    Row evicted = each("evicted", Ink::plain, [&](const Run& r, const ToldPart& p) {
      return noted(pages(r, p.sum.evicted), p, Figure::evicted);
    });
    keep_mirrored(rows_, runs_, "evicted", std::move(evicted));
    Row swapped = each("swapped", Ink::plain, [&](const Run&, const ToldPart& p) {
      return noted(swapping(p.sum.counters), p, Figure::swapped);
    });
    keep_mirrored(rows_, runs_, "swapped_in", std::move(swapped));
  }

  // After the last turn. What a line that did nothing left is what the line before it left.
  void what_is_where() {
    if (!told_.parts.front().sum.looked) return;
    Row resident = each("resident now", Ink::plain, [&](const Run& r, const ToldPart& p) {
      return noted(page_list(r, p.sum.after.resident), p, &session::LineTurns::resident);
    });
    keep(rows_, of_disk(runs_, hidden_where(runs_, &Run::shows_resident, std::move(resident))));
    for (Row& memory : memory_rows(runs_, told_)) rows_.push_back(std::move(memory));
    Row dirty = each("dirty now", Ink::dirty, [&](const Run& r, const ToldPart& p) {
      return noted(page_list(r, p.sum.after.dirty), p, &session::LineTurns::dirty);
    });
    keep(rows_, hidden_where(runs_, &Run::shows_dirty, std::move(dirty)));
    std::set<std::string> names;
    for (const ToldPart& part : told_.parts) {
      for (const auto& [name, figures] : part.sum.after.files) names.insert(name);
    }
    for (const std::string& name : names) {
      keep(rows_, each(name.c_str(), Ink::plain, [&](const Run&, const ToldPart& p) {
             return file_figures(p.sum.after, name);
           }));
    }
  }

  const std::vector<const Run*>& runs_;
  const ToldLine& told_;
  std::vector<Row> rows_;
};

}  // namespace

std::vector<Row> rows_of(const std::vector<const Run*>& runs, const ToldLine& told) {
  return LineRows(runs, told).rows();
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
  rows.push_back(of_disk(runs, std::move(faults)));
  add("read", Ink::plain,
      [](const Counters& c) { return moved(calls(c, SystemCall::read), c.bytes_read); });
  add("written", Ink::plain,
      [](const Counters& c) { return moved(calls(c, SystemCall::write), c.bytes_written); });
  const auto add_shown = [&](const char* label, Ink ink, bool (Run::*shows)() const, auto of) {
    Row all = row(label, ink, runs, [&](const Run& r) { return of(r.totals); });
    rows.push_back(hidden_where(runs, shows, std::move(all)));
  };
  add_shown("pages from disk", Ink::plain, &Run::shows_reads,
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

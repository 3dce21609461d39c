// A table of figures, then of time, then of what the ranges show.

#include "scenarios/cli/compare_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <sstream>

namespace cli {
namespace {

using comparison::Comparison;
using comparison::Figures;
using comparison::Findings;
using comparison::Outcome;

// Columns wide enough for what stands in them; the first to the left, the others to the right.
class Table {
 public:
  explicit Table(std::vector<std::string> heads) { rows_.push_back(std::move(heads)); }
  void add(std::vector<std::string> cells) { rows_.push_back(std::move(cells)); }

  std::string text(const Page& page) const {
    std::vector<std::size_t> widths;
    for (const auto& row : rows_) {
      widths.resize(std::max(widths.size(), row.size()));
      for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], columns(row[i]));
    }
    std::string out;
    for (const auto& row : rows_) {
      std::string line;
      for (std::size_t i = 0; i < row.size(); ++i) {
        const std::string space(widths[i] - columns(row[i]), ' ');
        line += i == 0 ? row[i] + space : "  " + space + row[i];
      }
      line.erase(line.find_last_not_of(' ') + 1);
      out += (&row == rows_.data() ? page.paint(Ink::dim, line) : line) + '\n';
    }
    return out;
  }

 private:
  std::vector<std::vector<std::string>> rows_;
};

std::string with_commas(std::uint64_t n) {
  std::string digits = std::to_string(n);
  for (std::size_t at = digits.size(); at > 3; at -= 3) digits.insert(at - 3, ",");
  return digits;
}

std::string mebibytes(sim::Bytes bytes) {
  return fmt::format("{:.2f}", static_cast<double>(bytes.count) / (1 << 20));
}
std::string milliseconds(std::uint64_t ns) {
  return fmt::format("{:.2f}", static_cast<double>(ns) / 1e6);
}

class Report {
 public:
  Report(const Comparison& comparison, const Findings& found, const Page& page)
      : comparison_(comparison),
        found_(found),
        page_(page),
        verdict_(comparison::verdict_of(found.result, found.measured)) {}

  std::string text() {
    head();
    figures();
    remarks();
    time();
    if (found_.over) over(*found_.over);
    for (const comparison::PolicyCurve& curve : found_.policies) policies(curve);
    if (found_.was_stopped) out_ << "\nstopped: what is above was found before\n";
    return out_.str();
  }

 private:
  const Outcome& outcome(std::size_t i) const { return found_.result.outcomes[i]; }
  std::size_t strategies() const { return found_.result.outcomes.size(); }
  std::string name(std::size_t i) const {
    return comparison::letter_of(i) + "  " + comparison_.setup().strategies[i].label;
  }
  bool is_fastest(std::size_t i) const { return verdict_.fastest == i; }

  void head() {
    if (!comparison_.setup().title.empty()) {
      out_ << page_.paint(Ink::bold, comparison_.setup().title) << '\n';
    }
    for (const comparison::Parameter& p : comparison_.parameters()) {
      const auto given = found_.point.values.find(p.name);
      const double value = given == found_.point.values.end() ? p.value : given->second;
      out_ << fmt::format("{} = {}  ({}; {} to {})\n", p.name, comparison::text_of(p.kind, value),
                          p.label, comparison::text_of(p.kind, p.least),
                          comparison::text_of(p.kind, p.most));
    }
    out_ << '\n';
  }

  void figures() {
    Table table({"MiB where not said otherwise", "faults", "calls", "from disk", "to disk",
                 "copied", "anonymous", "file pages"});
    for (std::size_t i = 0; i < strategies(); ++i) {
      const Figures& f = outcome(i).figures;
      const auto pages = [&](std::uint64_t n) { return sim::Bytes{n * f.page_size.count}; };
      table.add({name(i), with_commas(f.faults()), with_commas(f.system_calls()),
                 mebibytes(f.read_from_disk()), mebibytes(f.written_to_disk()),
                 mebibytes(f.copied_by_calls() + f.copied_on_write()), mebibytes(pages(f.peak.own)),
                 mebibytes(pages(f.peak.file))});
    }
    out_ << table.text(page_);
  }

  // What must be known before times are compared.
  void remarks() {
    for (std::size_t i = 0; i < strategies(); ++i) {
      const Outcome& o = outcome(i);
      if (o.difference) {
        remark(i, "another answer than the others: " + o.difference->why);
      } else if (!o.ending.has_succeeded()) {
        const bool raised = o.ending.kind == session::EndKind::raised;
        remark(i, fmt::format("{} in line {}: {}", session::name_of(o.ending.kind), o.ending.line,
                              raised ? o.ending.error_line : o.ending.message));
      } else if (o.figures.dirty_left > 0) {
        remark(i, fmt::format("leaves {} dirty pages: not safe from a power cut",
                              with_commas(o.figures.dirty_left)));
      }
      if (found_.measured.empty() || !found_.measured[i]) continue;
      if (!found_.measured[i]->leaves_the_same) {
        remark(i, "leaves other files on this computer than on the simulated one");
      }
    }
  }
  void remark(std::size_t i, const std::string& text) {
    out_ << page_.paint(Ink::bad, comparison::letter_of(i) + ": " + text) << '\n';
  }

  void time() {
    out_ << '\n';
    const bool measured = !found_.measured.empty();
    Table table({"milliseconds", "read from disk", "faults", "copies and calls", "write to disk",
                 "simulated", measured ? "measured here" : ""});
    for (std::size_t i = 0; i < strategies(); ++i) {
      const comparison::TimeSplit& t = outcome(i).figures.time;
      table.add({name(i), milliseconds(t.disk_read_ns), milliseconds(t.fault_ns),
                 milliseconds(t.copy_and_call_ns), milliseconds(t.disk_write_ns),
                 milliseconds(t.total()), measured ? measured_time(i) : "",
                 is_fastest(i)           ? "fastest"
                 : outcome(i).is_right() ? ""
                                         : "does not count"});
    }
    out_ << table.text(page_);
    if (!verdict_.why_not.empty()) {
      for (const std::string& line :
           wrapped("no fastest is named: " + verdict_.why_not, page_.width)) {
        out_ << page_.paint(Ink::dirty, line) << '\n';
      }
    }
    if (!measured) return;
    out_ << page_.paint(Ink::dim,
                        "measured: the median of real runs, cold, Pagewalk's interpreter "
                        "included; not to be mixed with simulated time\n");
  }
  std::string measured_time(std::size_t i) const {
    const auto& m = found_.measured[i];
    return !m || m->runs_ns.empty() ? "no run ended" : milliseconds(m->median_ns());
  }

  void over(const comparison::Swept& swept) {
    out_ << '\n';
    std::vector<std::string> heads{"ms over " + swept.axis.name};
    for (std::size_t i = 0; i < strategies(); ++i) heads.push_back(comparison::letter_of(i));
    heads.push_back("fastest");
    Table table(std::move(heads));
    bool is_undecided = false;
    for (const comparison::SweepPoint& point : swept.points) {
      std::vector<std::string> cells{comparison::text_of(swept.axis, point.value)};
      for (const Outcome& o : point.result.outcomes) {
        const bool has_ended = o.ending.has_succeeded();
        cells.push_back(has_ended ? milliseconds(o.time_ns()) : session::name_of(o.ending.kind));
      }
      const comparison::Verdict verdict = comparison::verdict_of(point.result);
      is_undecided = is_undecided || !verdict.why_not.empty();
      cells.push_back(verdict.fastest ? comparison::letter_of(*verdict.fastest)
                      : verdict.why_not.empty()
                          ? "none"
                          : comparison::letter_of(*point.result.fastest) + "?");
      table.add(std::move(cells));
    }
    out_ << table.text(page_);
    if (is_undecided) {
      out_ << page_.paint(Ink::dirty,
                          "?: ahead by simulated time, which has nothing of the interpreter's own "
                          "time, and that\ndecides here\n");
    }
    for (const comparison::BreakEven& b : swept.break_evens) break_even(swept.axis, b);
  }
  void break_even(const comparison::Axis& axis, const comparison::BreakEven& b) {
    const auto fastest = [](const comparison::SweepPoint& p) {
      return p.result.fastest ? comparison::letter_of(*p.result.fastest) : std::string("none");
    };
    out_ << fmt::format("up to {} = {} {} is the fastest, from {} on {}", axis.name,
                        comparison::text_of(axis, b.below.value), fastest(b.below),
                        comparison::text_of(axis, b.above.value), fastest(b.above));
    if (b.below.result.fastest && b.above.result.fastest) {
      const auto pages_at = [&](const std::optional<std::size_t>& strategy) {
        const Figures& f = b.above.result.outcomes[*strategy].figures;
        return fmt::format("{} reads {} pages from the disk", comparison::letter_of(*strategy),
                           with_commas(f.counters.pages_in));
      };
      out_ << fmt::format(" (there {}, {})", pages_at(b.below.result.fastest),
                          pages_at(b.above.result.fastest));
    }
    out_ << '\n';
  }

  void policies(const comparison::PolicyCurve& curve) {
    out_ << fmt::format("\n{}: pages given a frame, over frames (everything fits in {})\n",
                        name(curve.strategy), with_commas(curve.pages_used));
    Table table({"frames", "lru", "fifo", "clock", "random", "best possible"});
    const auto shown = [](const std::optional<std::uint64_t>& n) {
      return n ? with_commas(*n) : std::string("does not run");
    };
    for (const comparison::FramesPoint& point : curve.points) {
      std::vector<std::string> cells{with_commas(point.frames)};
      for (const auto& [_, taken] : point.taken) cells.push_back(shown(taken));
      cells.push_back(point.best_possible ? with_commas(*point.best_possible) : "trace too long");
      table.add(std::move(cells));
    }
    out_ << table.text(page_);
  }

  const Comparison& comparison_;
  const Findings& found_;
  const Page& page_;
  comparison::Verdict verdict_;
  std::ostringstream out_;
};

}  // namespace

std::string report(const Comparison& comparison, const Findings& found, const Page& page) {
  return Report(comparison, found, page).text();
}

}  // namespace cli

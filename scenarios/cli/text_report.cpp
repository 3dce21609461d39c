// Two columns, one per computer, and a mark between what is equal and what is not.

#include "scenarios/cli/text_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <sstream>

#include "scenarios/cli/step_rows.h"
#include "scenarios/cli/stop_report.h"
#include "scenarios/session/figures.h"

namespace cli {
namespace {

using session::ComputerKind;
using session::Run;
using session::Step;

constexpr std::size_t kLabelWidth = 19;

std::string without_trailing_spaces(std::string line) {
  line.erase(line.find_last_not_of(' ') + 1);
  return line;
}

class Report {
 public:
  Report(const session::Source& source, const std::vector<const Run*>& runs, const Page& page)
      : source_(source), runs_(runs), page_(page) {
    const std::size_t marks = runs.size() > 1 ? 3 : 0;
    column_ = (page.width - kLabelWidth - marks) / runs.size() - 1;
  }

  std::string text(const session::Agreement* agreement) {
    head();
    for (const ToldLine& told : told_lines(runs_, page_.turns)) line(told);
    totals();
    output();
    for (const auto& [name, truths] : runs_.front()->files) file(name);
    survivors();
    for (const Run* run : runs_) {
      if (run->power_cut) out_ << report_of_power_cut(*run->power_cut, page_);
    }
    endings();
    if (agreement != nullptr) agree(*agreement);
    notes();
    return out_.str();
  }

 private:
  void head() {
    std::string line(kLabelWidth, ' ');
    for (const Run* run : runs_) {
      const bool simulated = run->computer == ComputerKind::simulated;
      line += padded(simulated ? "simulated computer" : "this computer", column_ + 1);
    }
    out_ << page_.paint(Ink::dim, without_trailing_spaces(line)) << '\n';
  }

  static std::string turns_of(const ToldLine& told) {
    if (told.turns == 1) return "";
    return told.turns == 0 ? "  (goes on)" : fmt::format("  ({} turns)", told.turns);
  }

  void line(const ToldLine& told) {
    const Step& s = told.parts.front().sum;
    const std::string number = s.line == 0 ? "exit" : fmt::format("{:>4}", s.line);
    const std::string_view code = s.line == 0 ? "" : source_.line(s.line);
    const std::vector<Row> rows = rows_of(runs_, told);
    if (s.line == 0 && rows.empty()) return;
    const std::string title = without_trailing_spaces(fmt::format("{}  {}", number, code));
    out_ << page_.paint(Ink::bold, title) << turns_of(told) << process_of(s) << '\n';
    for (const Row& row : rows) put(row);
    remarks(s);
    prints(told);
  }

  void remarks(const Step& s) {
    constexpr std::size_t kMostShown = 3;
    for (std::size_t i = 0; i < s.remarks.size() && i < kMostShown; ++i) {
      out_ << "      " << page_.paint(Ink::dirty, s.remarks[i]) << '\n';
    }
    if (s.remarks.size() > kMostShown) {
      out_ << fmt::format("      ... and {} times more\n", s.remarks.size() - kMostShown);
    }
  }

  // What several turns print stands at the end, with what other lines print between.
  void prints(const ToldLine& told) {
    const std::string& output = told.parts.front().sum.output;
    const auto lines = std::count(output.begin(), output.end(), '\n');
    if (told.is_summed() && lines > 1) {
      is_output_due_ = true;
      out_ << page_.paint(Ink::dim, fmt::format("      prints {} lines, see below", lines)) << '\n';
      return;
    }
    std::istringstream printed(output);
    for (std::string line; std::getline(printed, line);) {
      out_ << page_.paint(Ink::dim, "      prints ") << line << '\n';
    }
  }

  // Which process ran it, where there are several.
  std::string process_of(const Step& s) const {
    if (!runs_.front()->has_forked()) return "";
    return page_.paint(Ink::dim, fmt::format("  (process {})", session::pid_of(s.process)));
  }

  void output() {
    if (!is_output_due_) return;
    out_ << page_.paint(Ink::bold, "      all that it prints, in order") << '\n';
    std::istringstream printed(runs_.front()->output);
    for (std::string line; std::getline(printed, line);) out_ << "  " << line << '\n';
  }

  // What stands between two computers' values: equal, different, or one of them cannot be seen.
  enum class Mark { equal, different, mirrored, hidden, none };

  static Mark mark_of(const Row& row) {
    if (row.values.size() < 2 || row.compared == Compared::no) return Mark::none;
    if (row.compared == Compared::not_observable) return Mark::hidden;
    if (!row.is_equal()) return Mark::different;
    return row.compared == Compared::mirrored ? Mark::mirrored : Mark::equal;
  }

  std::string shown(Mark mark) const {
    switch (mark) {
      case Mark::equal: return page_.paint(Ink::good, "=");
      case Mark::different: return page_.paint(Ink::bad, "≠");
      case Mark::mirrored: return page_.paint(Ink::dim, "←");
      case Mark::hidden: return "?";
      case Mark::none: return "";
    }
    return "";
  }

  // A row is as high as its longest cell needs, each cell wrapped within its column.
  void put(const Row& row) {
    std::vector<std::vector<std::string>> cells;
    std::size_t height = 1;
    for (const std::string& value : row.values) {
      cells.push_back(wrapped(value, column_));
      height = std::max(height, cells.back().size());
    }
    std::string label = "  " + row.label;
    if (columns(label) >= kLabelWidth) {  // a long name of a file
      out_ << page_.paint(Ink::dim, label) << '\n';
      label.clear();
    }
    for (std::size_t i = 0; i < height; ++i) {
      std::string line = page_.paint(Ink::dim, padded(i == 0 ? label : "", kLabelWidth));
      for (const auto& cell : cells) {
        const std::string text = i < cell.size() ? cell[i] : "";
        const bool none = text == "none" || text == "0";
        line += page_.paint(none ? Ink::dim : row.ink, padded(text, column_)) + ' ';
      }
      if (i == 0) line += shown(mark_of(row));
      out_ << without_trailing_spaces(line) << '\n';
    }
  }

  void totals() {
    out_ << page_.paint(Ink::bold, " all  the whole program") << '\n';
    for (const Row& row : rows_of_totals(runs_)) put(row);
  }

  void file(const std::string& name) {
    out_ << page_.paint(Ink::bold, fmt::format("      {} {}", name, when_it_ends(*runs_.front())))
         << '\n';
    const auto truth = [&](const char* label, session::FileTruth session::FileTruths::*which) {
      Row row{.label = label, .values = {}, .keys = {}};
      for (const Run* run : runs_) {
        const auto found = run->files.find(name);
        const bool exists = found != run->files.end();
        if (exists && !(found->second.*which).known) row.compared = Compared::not_observable;
        row.values.push_back(exists ? cli::shown(found->second.*which) : "no such file");
      }
      put(row);
    };
    truth("program sees", &session::FileTruths::program);
    truth("page cache", &session::FileTruths::cache);
    truth("after power cut", &session::FileTruths::durable);
  }

  // What the next process finds after a kill.
  void survivors() {
    for (const auto& [name, truth] : runs_.front()->survived) {
      Row row{.label = "found afterwards", .values = {}, .keys = {}};
      for (const Run* run : runs_) {
        const auto found = run->survived.find(name);
        row.values.push_back(found == run->survived.end() ? "no such file"
                                                          : cli::shown(found->second));
      }
      out_ << page_.paint(Ink::bold, fmt::format("      {} after the kill", name)) << '\n';
      put(row);
    }
  }

  void endings() {
    for (const Run* run : runs_) {
      const session::Ending& e = run->ending;
      if (e.has_succeeded()) continue;
      const bool simulated = run->computer == ComputerKind::simulated;
      const char* where = simulated ? "simulated computer" : "this computer";
      const std::string what = in_words(e);
      out_ << page_.paint(Ink::bad, fmt::format("{}: ", where)) << what << '\n';
      if (runs_.size() == 2 && runs_[0]->ending.message == runs_[1]->ending.message) break;
    }
  }

  static std::string in_words(const session::Ending& e) {
    switch (e.kind) {
      case session::EndKind::died:
        return fmt::format("died of {} in line {}{}{}", session::name_of_signal(e.signal), e.line,
                           e.message.empty() ? "" : ": ", e.message);
      case session::EndKind::finished: return how_it_ended(e);
      case session::EndKind::killed: return fmt::format("killed with SIGKILL at {}", e.message);
      case session::EndKind::power_cut: return fmt::format("power cut at {}", e.message);
      default: return e.message;
    }
  }

  void tell(Ink ink, const std::string& text) {
    for (const std::string& line : wrapped(text, page_.width)) {
      out_ << page_.paint(ink, line) << '\n';
    }
  }

  void agree(const session::Agreement& a) {
    if (!a.why_not.empty()) {
      out_ << page_.paint(Ink::bad, "agreement: not compared, since " + a.why_not) << '\n';
      return;
    }
    std::uint64_t compared = 0, mirrored = 0;
    for (const auto& [figure, times] : a.compared) compared += times;
    for (const auto& [figure, times] : a.mirrored) mirrored += times;
    const std::string sum = fmt::format(
        "{} figures compared, {} equal ({} where something happened, {} where nothing "
        "did), {} explained, {} unexplained",
        compared, a.equal, a.equal - a.of_nothing, a.of_nothing, a.explained_figures(),
        a.unexplained.size());
    tell(a.holds() ? Ink::good : Ink::bad, "agreement: " + sum);
    if (mirrored > 0) {
      tell(
          Ink::plain,
          fmt::format("mirrored (← and words in brackets): {} figures that this computer took from "
                      "the simulated one or named by its rules; they are not counted",
                      mirrored));
    }
    tell(Ink::dim, std::string(session::reach_of_agreement(a.mode)));
    std::string out_of_sight;
    for (const auto& [rule, why] : a.out_of_sight) {
      out_of_sight += (out_of_sight.empty() ? "" : "; ") + why;
    }
    if (!out_of_sight.empty()) tell(Ink::dim, "Out of sight here: " + out_of_sight + ".");
    constexpr std::size_t kMostShown = 20;
    for (std::size_t i = 0; i < a.unexplained.size() && i < kMostShown; ++i) {
      const session::Difference& d = a.unexplained[i];
      out_ << page_.paint(Ink::bad, "  ≠ ")
           << fmt::format("line {}, {}: simulated {}, real {}; unexplained\n", d.line, d.figure,
                          d.simulated, d.real);
    }
    if (a.unexplained.size() > kMostShown) out_ << "  ... the rest is in --json\n";
    for (const auto& [cause, account] : a.accounts) {
      tell(Ink::plain,
           fmt::format("≈ {} {} in line {}: {}", account.figures,
                       account.figures == 1 ? "figure" : "figures",
                       session::in_words(account.lines), session::sentence_of(cause, account)));
    }
  }

  // What both computers say is said once.
  void notes() {
    for (const Run* run : runs_) {
      for (const session::Note& note : run->notes) {
        const session::Note* before = runs_.front()->note_on(note.topic);
        if (run != runs_.front() && before != nullptr && before->text == note.text) continue;
        out_ << page_.paint(Ink::dim, fmt::format("note, {}: {}", note.topic, note.text)) << '\n';
      }
    }
  }

  const session::Source& source_;
  const std::vector<const Run*>& runs_;
  const Page& page_;
  std::size_t column_ = 0;
  bool is_output_due_ = false;
  std::ostringstream out_;
};

// The bytes of so many characters of UTF-8.
std::size_t bytes_of_columns(std::string_view text, std::size_t width) {
  std::size_t end = 0;
  for (std::size_t n = 0; end < text.size(); ++end) {
    const bool begins = (text[end] & 0xC0) != 0x80;
    if (begins && n++ == width) break;
  }
  return end;
}

}  // namespace

std::string report(const session::Source& source, const std::vector<const Run*>& runs,
                   const session::Agreement* agreement, const Page& page) {
  return Report(source, runs, page).text(agreement);
}

std::vector<std::string> wrapped(std::string_view text, std::size_t width) {
  std::vector<std::string> lines(1);
  std::istringstream words{std::string(text)};
  for (std::string word; words >> word;) {
    const std::size_t used = columns(lines.back());
    if (used > 0 && used + 1 + columns(word) > width) {
      lines.emplace_back();
    } else if (used > 0) {
      lines.back() += ' ';
    }
    for (; columns(word) > width; lines.emplace_back()) {
      const std::size_t cut = bytes_of_columns(word, width);
      lines.back() += word.substr(0, cut);
      word.erase(0, cut);
    }
    lines.back() += word;
  }
  return lines;
}

}  // namespace cli

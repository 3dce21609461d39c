// Columns and sentences, read off the runs.

#include "viz/model/aftermath_view.h"

#include <fmt/format.h>

#include <algorithm>

#include "viz/model/words.h"

namespace viz {
namespace {

struct EndingWords {
  std::string figure, label, sentence;
};

// The innermost line of the traceback: after an exception a `with` runs on in its own line.
std::string line_of(const session::Ending& ending) {
  constexpr std::string_view kBefore = ", line ";
  const std::size_t at = ending.message.rfind(kBefore);
  if (ending.kind != session::EndKind::raised || at == std::string::npos) {
    return std::to_string(ending.line);
  }
  const std::size_t begin = at + kBefore.size();
  return ending.message.substr(begin,
                               ending.message.find_first_not_of("0123456789", begin) - begin);
}

EndingWords words_of(const session::Ending& ending, const std::string& file) {
  const std::string in_line = "in line " + line_of(ending);
  switch (ending.kind) {
    case session::EndKind::finished:
      return {"ends", "as if nothing had been",
              "The program runs to its end and hears nothing of it."};
    case session::EndKind::raised:
      return {ending.error_line.substr(0, ending.error_line.find(':')), in_line,
              fmt::format("Line {} raises {}.", line_of(ending), ending.error_line)};
    case session::EndKind::died: {
      const std::string signal = session::name_of_signal(ending.signal);
      return {signal, in_line,
              fmt::format(
                  "In line {} a touch of the map of {} ends in {}{}. The program dies on the "
                  "spot, and no except clause runs.",
                  ending.line, file, signal, ending.message.empty() ? "" : ": " + ending.message)};
    }
    case session::EndKind::killed:
      return {"killed", "by the lesson",
              fmt::format("Then the lesson kills it, just before {}.", ending.message)};
    case session::EndKind::power_cut:
      return {"cut", "the power, by the lesson",
              fmt::format("Then the lesson cuts the power, just before {}.", ending.message)};
    default: return {"stops", in_line, ending.message};
  }
}

// Bytes that the disk holds of a file; nothing where it holds none of that name.
std::optional<std::vector<std::byte>> on_disk(const sim::Machine& as_it_is,
                                              const std::string& file) {
  sim::Machine machine = as_it_is;
  constexpr std::uint64_t kMost = std::uint64_t{1} << 24;  // enough to compare by
  return machine.bytes_of(file, sim::Truth::durable, sim::FileOffset{0}, sim::Bytes{kMost}).bytes;
}

class Maker {
 public:
  Maker(const Player& player, const sim::Inode& file, const Aftermath& aftermath)
      : player_(player), aftermath_(aftermath), cells_(player, file) {
    view_.columns = cells_.columns();
    view_.now = column("Now", "the program runs", player.machine());
    view_.now.program = cells_.row(player.machine(), sim::Truth::program);
    view_.now.figure = "1";
    view_.now.figure_label = "state, and all of it visible";
  }

  AftermathView disk_full();
  AftermathView truncation();

 private:
  DisasterView column(const char* title, std::string subtitle, const sim::Machine& machine) const {
    return {.title = title,
            .subtitle = std::move(subtitle),
            .cache = cells_.cache_row(machine),
            .disk = cells_.row(machine, sim::Truth::durable)};
  }
  void add_after(const char* title) {
    const EndingWords words = words_of(aftermath_.run.ending, cells_.file());
    view_.after = column(title, "until it is over", *aftermath_.after);
    view_.after.program_gone = "over";
    view_.after.figure = words.figure;
    view_.after.figure_label = words.label;
  }
  void say(std::string sentence) { view_.sentences.push_back(std::move(sentence)); }
  void say_ending() { say(words_of(aftermath_.run.ending, cells_.file()).sentence); }

  const Player& player_;
  const Aftermath& aftermath_;
  FileCells cells_;
  AftermathView view_;
};

AftermathView Maker::disk_full() {
  add_after("The disk is full");
  view_.struck =
      column("Had there been room", "the same program, until it is over", *aftermath_.spared);
  view_.struck.program_gone = "over";
  const EndingWords spared = words_of(player_.film().run().ending, cells_.file());
  view_.struck.figure = spared.figure;
  view_.struck.figure_label = spared.figure == "ends" ? "with all its work done" : spared.label;
  view_.title = "What the program hears of the full disk";
  say("From here on no page of a file finds a new place on the disk. Pages that have one can still "
      "be written.");
  say(aftermath_.refusals == 0
          ? std::string("Nothing that the program still does needs a new place.")
          : fmt::format("{} of a file found no room.", counted(aftermath_.refusals, "page")));
  say_ending();
  const auto with = on_disk(*aftermath_.spared, cells_.file());
  const auto without = on_disk(*aftermath_.after, cells_.file());
  say(with == without ? fmt::format("The disk holds {} as it would have anyway.", cells_.file())
                      : fmt::format("The disk does not hold {} as it would have.", cells_.file()));
  return std::move(view_);
}

AftermathView Maker::truncation() {
  view_.struck = column("Emptied by another", "nobody told the program", *aftermath_.struck);
  view_.struck.program = cells_.row(*aftermath_.struck, sim::Truth::program);
  for (RemainView& cell : view_.struck.program) {
    if (!cell.is_there) cell.tip = "beyond the file's end: a touch of it is SIGBUS";
  }
  view_.struck.figure = "0";
  view_.struck.figure_label = "bytes for every reader";
  add_after("The program goes on");
  view_.title = "What the program hears of it";
  say(fmt::format(
      "Another program opens {} for writing, which empties it. Pages of a map of it lie "
      "beyond the file's end now.",
      cells_.file()));
  say_ending();
  const auto left = on_disk(*aftermath_.struck, cells_.file());
  if (left && !left->empty()) {
    say(fmt::format("The disk still has its {}: the new size is not durable before an fsync.",
                    bytes_text(left->size())));
  }
  return std::move(view_);
}

}  // namespace

AftermathView aftermath_view(const Player& player, Disaster disaster, const Aftermath* aftermath) {
  AftermathView view;
  const sim::Inode* file = file_to_lose(player);
  if (file == nullptr) {
    view.why_none = "No file holds anything yet: step on first.";
  } else if (aftermath == nullptr) {
    view.why_none = "running the program on …";
  } else if (!aftermath->why_not.empty()) {
    view.why_none = aftermath->why_not;
  } else {
    Maker maker(player, *file, *aftermath);
    return disaster == Disaster::disk_full ? maker.disk_full() : maker.truncation();
  }
  return view;
}

Table aftermath_table(const AftermathView& view) {
  Table table{"disaster",
              view.why_none.empty() ? view.after.title : "After a disaster",
              {"number", "program", "page_cache", "disk", "then_program", "then_page_cache",
               "then_disk", "after_page_cache", "after_disk"},
              {}};
  const auto value = [](const RemainRow& row, std::size_t i) {
    const bool is_known = i < row.size() && row[i].is_there && !row[i].is_hollow;
    return is_known ? TableCell{row[i].value} : TableCell{};
  };
  for (std::size_t i = 0; i < view.columns.size(); ++i) {
    std::vector<TableCell> row{std::uint64_t{i}};
    for (const RemainRow* cells :
         {&view.now.program, &view.now.cache, &view.now.disk, &view.struck.program,
          &view.struck.cache, &view.struck.disk, &view.after.cache, &view.after.disk}) {
      row.push_back(value(*cells, i));
    }
    table.rows.push_back(std::move(row));
  }
  return table;
}

std::string remark_on_kill(const Aftermath* aftermath) {
  if (aftermath == nullptr) return "";
  if (!aftermath->why_not.empty()) return "? this computer";
  return aftermath->is_same_here ? "= this computer" : "≠ this computer";
}

}  // namespace viz

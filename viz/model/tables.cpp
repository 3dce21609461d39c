// Rows from the views, with whole figures where a view has rounded ones.

#include "viz/model/tables.h"

#include <algorithm>

#include "viz/model/aftermath_view.h"
#include "viz/model/beside_view.h"
#include "viz/model/compare_view.h"
#include "viz/model/file_values.h"
#include "viz/model/memory_view.h"
#include "viz/model/pages_view.h"
#include "viz/model/plug_view.h"
#include "viz/model/steps_view.h"
#include "viz/model/words.h"

namespace viz {
namespace {

using Row = std::vector<TableCell>;

// An empty text is not known.
TableCell known(const std::string& text) { return text.empty() ? TableCell{} : TableCell{text}; }

Table program_table(const Session& session) {
  Table table{"program",
              "The program, line by line, up to this moment",
              {"line", "source", "runs", "minor_faults", "major_faults", "copy_on_write",
               "write_notify", "dirty_pages", "pages_read", "pages_written", "evicted",
               "swapped_in", "swapped_out", "system_calls", "bytes_read", "bytes_written"},
              {}};
  const LessonView view = lesson_view(session);
  const Player* player = session.player();
  for (const SourceLineView& line : view.lines) {
    Row row{std::uint64_t{line.number}, line.text};
    std::uint64_t runs = 0;
    if (player != nullptr) {
      for (const std::size_t v : player->film().visits_of(line.number)) {
        const Visit& visit = player->film().visits()[v];
        if (visit.first_tick < player->tick()) runs = visit.turn;
      }
    }
    row.emplace_back(runs);
    if (runs == 0) {
      row.resize(table.columns.size());
      table.rows.push_back(std::move(row));
      continue;
    }
    const LineFigures f = player->film().figures_of(line.number, player->tick());
    for (const std::uint64_t n :
         {f.minor, f.major, f.cow, f.write_notify, dirty_after(*player, line.number), f.read,
          f.written, f.evicted, f.swapped_in, f.swapped_out, f.calls, f.bytes_read,
          f.bytes_written}) {
      row.emplace_back(n);
    }
    table.rows.push_back(std::move(row));
  }
  return table;
}

Table computers_table(const Session& session, const Player& player) {
  Table table{"computers",
              "The line that runs, on both computers",
              {"figure", "simulated", "this_computer", "match"},
              {}};
  const auto words = [](Match match) {
    switch (match) {
      case Match::none: return "nothing to compare";
      case Match::equal: return "equal";
      case Match::explained: return "explained";
      case Match::different: return "different";
      case Match::mirrored: return "mirrored";
      case Match::unseen: return "not visible";
    }
    return "";
  };
  const AgreementView view = agreement_view(player, session.take().real.get());
  for (const FigureView& figure : view.figures) {
    table.rows.push_back({figure.label, known(figure.simulated), known(figure.real),
                          std::string(words(figure.match))});
  }
  return table;
}

// Every line that is over, and what each computer has then; empty: not known, or not run.
Table memory_table(const Session& session, const Player& player) {
  const MemoryView view = memory_view(player, session.take().real.get());
  Table table{"memory", view.title + ", " + view.note, {"line", "source"}, {}};
  for (const MemoryBand& band : view.bands) {
    std::string name = band.name;
    std::replace(name.begin(), name.end(), ' ', '_');
    table.columns.push_back(name);
    table.columns.push_back(name + "_here");
  }
  const auto cell = [](const std::vector<std::optional<std::uint64_t>>& figures, std::size_t i) {
    return i < figures.size() && figures[i] ? TableCell{*figures[i]} : TableCell{};
  };
  for (std::size_t i = 0; i < view.lines.size() && !view.lines[i].is_ahead; ++i) {
    Row row{std::uint64_t{view.lines[i].number}, view.lines[i].source};
    for (const MemoryBand& band : view.bands) {
      row.push_back(cell(band.simulated, i));
      row.push_back(cell(band.real, i));
    }
    table.rows.push_back(std::move(row));
  }
  return table;
}

Table frames_table(const Player& player) {
  Table table{"frames",
              "Frames that hold a page",
              {"frame", "object", "page", "is_own", "dirty", "accessed", "mappings"},
              {}};
  const sim::Machine& machine = player.machine();
  constexpr std::uint64_t kAtATime = 4096;
  const std::uint64_t frames = machine.config().frames.count;
  std::uint64_t left = sim::frames_in_use(machine);
  for (std::uint64_t first = 0; first < frames && left > 0; first += kAtATime) {
    for (const sim::FrameView& f : sim::frames_of(machine, sim::Pfn{first}, kAtATime)) {
      if (f.is_free) continue;
      --left;
      table.rows.push_back({f.frame.index, name_of_object(player.film().run(), f.page.object),
                            std::uint64_t{f.page.index}, f.is_own, f.is_dirty, f.is_accessed,
                            f.mappings});
    }
  }
  return table;
}

Table files_table(const Player& player) {
  Table table{"files",
              "Files of the simulated computer",
              {"file", "bytes", "pages_in_memory", "dirty_pages", "pages_being_written"},
              {}};
  sim::Machine machine = player.machine();
  for (const sim::FileState& file : machine.observe().files) {
    table.rows.push_back({known(file.name), file.size.count, file.resident.count(),
                          file.dirty.count(), file.writing.count()});
  }
  return table;
}

Table values_table(const Player& player) {
  const FileTruthsView view = file_truths_view(player);
  Table table{"values",
              view.why_none.empty() ? view.title : "A file, seen three ways",
              {"truth", "element", "value", "hex", "differs"},
              {}};
  for (const TruthView& truth : view.truths) {
    for (std::size_t i = 0; i < truth.values.size(); ++i) {
      const ValueView& value = truth.values[i];
      table.rows.push_back({truth.name, std::uint64_t{i}, value.value, value.hex, value.differs});
    }
  }
  return table;
}

void add_steps(const StepsView& view, std::vector<Table>& tables) {
  Table steps{"steps", "This access, step by step", {"step", "what", "in_short", "in_words"}, {}};
  for (std::size_t i = 0; i < view.steps.size(); ++i) {
    const MicroStep& step = view.steps[i];
    steps.rows.push_back({std::uint64_t{i + 1}, step.title, step.summary, step.sentence});
  }
  tables.push_back(std::move(steps));
  Table pages{"page-table",
              view.table_title,
              {"page", "state", "is_in", "present", "accessed", "dirty"},
              {}};
  for (const TableRowView& row : view.table) {
    pages.rows.push_back({row.page, std::string(words_of(row.state)), row.where, row.present,
                          row.accessed, row.dirty});
  }
  tables.push_back(std::move(pages));
  Table victims{"victims",
                view.frames_title,
                {"frame", "page", "state", "uses_of_others_since", "victim"},
                {}};
  for (const FrameRowView& row : view.frames) {
    victims.rows.push_back({row.frame, row.page, std::string(words_of(row.state)),
                            row.unused_for ? TableCell{*row.unused_for} : TableCell{},
                            row.is_victim});
  }
  tables.push_back(std::move(victims));
}

}  // namespace

std::vector<Table> tables_of(const Session& session, const CompareStudy* study) {
  if (session.screen() == Screen::compare && study != nullptr) return tables_of(*study);
  std::vector<Table> tables;
  const Player* player = session.player();
  const bool is_beside = session.screen() == Screen::beside && player != nullptr;
  if (is_beside) tables.push_back(beside_table(session));
  tables.push_back(program_table(session));
  if (player == nullptr) return tables;
  if (session.screen() == Screen::steps) {
    const StepsView view = steps_view(*player, session.micro_step());
    if (view.why_none.empty()) add_steps(view, tables);
  } else if (session.screen() == Screen::plug) {
    const Disaster disaster = session.disaster();
    const bool goes_on = disaster == Disaster::disk_full || disaster == Disaster::truncation;
    tables.push_back(goes_on
                         ? aftermath_table(aftermath_view(*player, disaster, session.aftermath()))
                         : disaster_table(plug_view(*player, session.draw_seed())));
  } else if (!is_beside) {
    if (session.screen() == Screen::pages) {
      tables.insert(tables.begin(), ranges_table(*player));
    }
    if (session.screen() == Screen::memory) {
      tables.insert(tables.begin(), memory_table(session, *player));
    }
    tables.push_back(computers_table(session, *player));
    tables.push_back(values_table(*player));
  }
  tables.push_back(frames_table(*player));
  tables.push_back(files_table(*player));
  return tables;
}

TableOrigin origin_of(const Session& session) {
  TableOrigin origin{session.lessons()[session.lesson()].name, session.here().program.name, ""};
  const auto place = session.player() != nullptr ? place_of(*session.player()) : std::nullopt;
  if (place) origin.place = name_of(*place);
  return origin;
}

}  // namespace viz

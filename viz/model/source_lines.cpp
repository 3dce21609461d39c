// One line of text after the other.

#include "viz/model/source_lines.h"

#include <fmt/format.h>

#include <algorithm>

#include "viz/model/narration.h"
#include "viz/model/words.h"

namespace viz {
namespace {

SourceCell cell(std::uint64_t n) { return {with_commas(n), n == 0}; }

void add_cells(const Player& player, LineTopic topic, SourceLineView& line) {
  const LineFigures figures = player.film().figures_of(line.number, player.tick());
  if (topic == LineTopic::swap) {
    line.cells = {cell(figures.minor), cell(figures.major), cell(figures.swapped_out)};
  } else {
    line.cells = {cell(figures.faults()), cell(dirty_after(player, line.number)),
                  cell(figures.written)};
  }
  line.tip = fmt::format("{} read, {} written by calls; {} from the disk, {} evicted",
                         bytes_text(figures.bytes_read), bytes_text(figures.bytes_written),
                         counted(figures.read, "page"), with_commas(figures.evicted));
}

// Which turn, and of which process.
std::string note_of(const Player& player, const std::vector<std::size_t>& visits) {
  const auto& all = player.film().visits();
  std::string note;
  if (const auto turns = all[visits.back()].turn; turns > 1) {
    note = fmt::format("turn {} of {}", with_commas(all[*player.visit()].turn), with_commas(turns));
  }
  const std::string process = process_at(player);
  if (process.empty()) return note;
  return fmt::format("{}{}run by {}", note, note.empty() ? "" : ", ", process);
}

SourceLineView line_of(const Player& player, LineTopic topic, SourceLineView line) {
  const auto& all = player.film().visits();
  const auto& visits = player.film().visits_of(line.number);
  line.is_ahead = visits.empty() || all[visits.front()].first_tick >= player.tick();
  if (!line.is_ahead) add_cells(player, topic, line);
  const auto v = player.visit();
  const std::uint32_t current = v ? all[*v].line : all.empty() ? 0 : all.front().line;
  line.is_current = line.number == current;
  if (v && line.is_current) line.note = note_of(player, visits);
  return line;
}

}  // namespace

LineTopic topic_of(const Player* player) {
  if (player == nullptr) return LineTopic::files;
  const Film& film = player->film();
  return film.totals(film.ticks()).swapped_out > 0 ? LineTopic::swap : LineTopic::files;
}

std::vector<ColumnView> figure_columns(LineTopic topic) {
  if (topic == LineTopic::swap) {
    return {{"minor", Mark::minor}, {"major", Mark::major}, {"swapped", Mark::swapped}};
  }
  return {{"faults", Mark::major}, {"dirty", Mark::dirty}, {"written", Mark::written}};
}

std::vector<SourceLineView> source_lines(const std::string& source, const Player* player,
                                         LineTopic topic) {
  std::vector<SourceLineView> lines;
  for (std::size_t at = 0; at < source.size();) {
    const std::size_t end = std::min(source.find('\n', at), source.size());
    SourceLineView line;
    line.number = static_cast<std::uint32_t>(lines.size() + 1);
    line.text = source.substr(at, end - at);
    line.is_ahead = true;
    lines.push_back(player == nullptr ? std::move(line) : line_of(*player, topic, std::move(line)));
    at = end + 1;
  }
  return lines;
}

}  // namespace viz

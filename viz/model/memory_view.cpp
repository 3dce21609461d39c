// Kinds over lines, from what was looked at when each line was over.

#include "viz/model/memory_view.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>

#include "viz/model/words.h"

namespace viz {
namespace {

using session::Mapped;
using session::Run;
using session::State;
using Figure = std::optional<std::uint64_t>;

std::uint64_t pages_of(const std::vector<session::PageRun>& runs) {
  std::uint64_t pages = 0;
  for (const session::PageRun& run : runs) pages += run.end - run.first;
  return pages;
}

struct Kind {
  const char* name;
  const char* meaning;
  // Of a process, or of the computer as a whole.
  std::function<Figure(const Run&, const State&, const Mapped&)> of;
  bool is_reserved = false;  // the scale of its own: it may be many times what is in frames
};

const std::vector<Kind>& kinds() {
  const auto resident = [](const sim::Pages sim::ResidentPages::*kind) {
    return [kind](const Run&, const State&, const Mapped& mapped) {
      return mapped.resident ? Figure((*mapped.resident.*kind).count) : std::nullopt;
    };
  };
  static const std::vector<Kind> kKinds{
      {"reserved", "address space that mmap promised; costs nothing until touched",
       [](const Run&, const State&, const Mapped& mapped) { return Figure(mapped.reserved); },
       true},
      {"RssAnon", "frames of arrays, and of private copies of file pages",
       resident(&sim::ResidentPages::anonymous)},
      {"RssFile", "pages of mapped files that this process has an entry for",
       resident(&sim::ResidentPages::file)},
      {"swap", "pages of arrays that were moved to the swap area",
       [](const Run&, const State&, const Mapped& mapped) { return Figure(mapped.swapped); }},
      {"page cache", "pages of files in frames, whether anybody maps them or not",
       [](const Run& run, const State& state, const Mapped&) {
         return run.shows_cached() ? Figure(state.cached) : std::nullopt;
       }},
      {"frames in use", "of the whole computer, each counted once",
       [](const Run& run, const State& state, const Mapped&) {
         return run.shows_resident() ? Figure(pages_of(state.resident)) : std::nullopt;
       }}};
  return kKinds;
}

Mapped mapped_by(const State& state, std::uint32_t process) {
  const auto found = state.mapped.find(process);
  return found == state.mapped.end() ? Mapped{0, sim::ResidentPages{}, 0, {}} : found->second;
}

std::vector<Figure> figures_of(const Kind& kind, const Run& run, std::size_t lines,
                               std::uint32_t process) {
  std::vector<Figure> figures;
  for (std::size_t i = 0; i < std::min(lines, run.steps.size()); ++i) {
    const State& state = run.steps[i].after;
    const Mapped mapped = mapped_by(state, process);
    figures.push_back(kind.of(run, state, mapped));
  }
  return figures;
}

std::string now_of(const std::vector<Figure>& figures, std::size_t lines) {
  if (lines == 0) return "0";
  if (figures.size() < lines || !figures[lines - 1]) return "";
  return with_commas(*figures[lines - 1]);
}

std::uint64_t most_of(const MemoryBand& band) {
  std::uint64_t most = 0;
  for (const auto* figures : {&band.simulated, &band.real}) {
    for (const Figure& f : *figures) most = std::max(most, f.value_or(0));
  }
  return most;
}

std::vector<MemoryLine> lines_of(const Player& player) {
  const Film& film = player.film();
  const std::size_t known =
      std::min({film.visits().size(), film.run().steps.size(), session::kStepsKeptApart - 1});
  std::vector<MemoryLine> lines;
  for (std::size_t v = 0; v < known; ++v) {
    const std::uint32_t number = film.visits()[v].line;
    if (number == 0) break;  // what the interpreter does at its end
    const Tick end = film.after(v).first_tick;
    const bool has_text = number <= film.source().size();
    lines.push_back({number, has_text ? film.source()[number - 1] : "", end, end > player.tick()});
  }
  return lines;
}

}  // namespace

MemoryView memory_view(const Player& player, const RealTake* take) {
  const Film& film = player.film();
  const bool has_real = take != nullptr && take->why_not.empty();
  MemoryView view;
  view.lines = lines_of(player);
  const auto over = static_cast<std::size_t>(std::count_if(
      view.lines.begin(), view.lines.end(), [](const MemoryLine& l) { return !l.is_ahead; }));
  const std::uint32_t process = over == 0 ? 0 : film.run().steps[over - 1].process;
  view.title = "Memory by kind, line by line";
  view.note = film.run().has_forked() ? fmt::format("of process {}; ", session::pid_of(process))
                                      : std::string();
  view.note += fmt::format("in pages of {}", bytes_text(player.machine().page_size().count));
  view.last =
      over == 0 ? "before line 1" : fmt::format("after line {}", view.lines[over - 1].number);
  std::uint64_t most = 1;
  for (const Kind& kind : kinds()) {
    MemoryBand band{kind.name, kind.meaning, {}, {}, 1, "", "", Match::none};
    band.simulated = figures_of(kind, film.run(), over, process);
    if (has_real) band.real = figures_of(kind, take->run, over, process);
    band.simulated_now = now_of(band.simulated, over);
    if (has_real) {
      band.real_now = now_of(band.real, over);
      band.match = band.real_now.empty()                 ? Match::unseen
                   : band.real_now == band.simulated_now ? Match::equal
                                                         : Match::different;
    }
    band.most = std::max<std::uint64_t>(1, most_of(band));
    if (!kind.is_reserved) most = std::max(most, band.most);
    view.bands.push_back(std::move(band));
  }
  // One scale for all that is in frames, so that their heights can be compared; the most that the
  // run comes to would tell what lies ahead.
  for (std::size_t i = 0; i < view.bands.size(); ++i) {
    if (!kinds()[i].is_reserved) view.bands[i].most = most;
  }
  return view;
}

}  // namespace viz

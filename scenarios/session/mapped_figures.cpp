// Reserved, RssAnon, RssFile, RssShmem, swap.

#include "scenarios/session/mapped_figures.h"

#include <fmt/format.h>

#include <algorithm>
#include <initializer_list>
#include <set>

namespace session {
namespace {

constexpr const char* kFile = "rss_file";
constexpr const char* kShared = "rss_shmem";
constexpr const char* kAnonymous = "rss_anon";
constexpr const char* kSwap = "swap";

Mapped mapped_by(const State& state, std::uint32_t process) {
  const auto found = state.mapped.find(process);
  return found == state.mapped.end() ? Mapped{0, sim::ResidentPages{}, 0, {}} : found->second;
}

using Parts = std::vector<std::pair<std::string, PageSet>>;
using What = KernelDeeds::What;

void add_part(Parts& parts, const char* cause, PageSet pages) {
  if (!pages.empty()) parts.emplace_back(cause, std::move(pages));
}

std::uint32_t process_of(const Difference& d) {
  const std::string pid = d.figure.substr(std::string_view(kMappedPrefix).size());
  return static_cast<std::uint32_t>(std::stoull(pid) - pid_of(0));
}

std::optional<Parts> parts_of_files(const EntryLedger::Excess& excess) {
  if (!excess.unaccounted.empty()) return std::nullopt;
  Parts parts;
  add_part(parts, cause::fault_around, excess.filled);
  add_part(parts, cause::no_pressure, excess.kept);
  add_part(parts, cause::large_folio, excess.lost);
  if (parts.empty()) return std::nullopt;
  return parts;
}

// Pages of memory, of which only some are in the first set and not in the second for a cause: at
// least so many.
std::optional<Parts> parts_of_memory(const PageSet& first, const PageSet& second, std::uint64_t n,
                                     const KernelDeeds& deeds, std::initializer_list<What> kinds) {
  Parts parts;
  PageSet rest = without(first, second);
  std::uint64_t found = 0;
  for (const What what : kinds) {
    PageSet part = common(rest, deeds.pages_of(what));
    rest = without(rest, part);
    found += count(part);
    add_part(parts, deeds.cause_of(what), std::move(part));
  }
  if (found < n) return std::nullopt;
  return parts;
}

PageSet in_frames(const State& state) { return united(state.resident, state.shared); }

}  // namespace

std::vector<MappedFigure> mapped_figures(const State& before, const State& s, const State& r) {
  std::set<std::uint32_t> processes;
  for (const auto* state : {&s, &r}) {
    for (const auto& [process, mapped] : state->mapped) processes.insert(process);
  }
  std::vector<MappedFigure> figures;
  for (const std::uint32_t process : processes) {
    const Mapped was = mapped_by(before, process), mine = mapped_by(s, process),
                 theirs = mapped_by(r, process);
    const auto add = [&](const char* kind, auto of, Origin origin = Origin::counted) {
      const std::uint64_t now = of(mine);
      figures.push_back({fmt::format("{}{}.{}", kMappedPrefix, pid_of(process), kind), kind, origin,
                         now == of(was), now, of(theirs)});
    };
    // What is reserved follows from the calls, of which one interpreter makes both computers'.
    add("reserved", [](const Mapped& m) { return m.reserved; });
    figures.back().is_nothing = true;
    add(
        kSwap, [](const Mapped& m) { return m.swapped; }, Origin::mirrored);
    if (!mine.resident || !theirs.resident) continue;
    add(kAnonymous, [](const Mapped& m) { return m.resident->anonymous.count; });
    add(kFile, [](const Mapped& m) { return m.resident->file.count; });
    add(kShared, [](const Mapped& m) { return m.resident->shared.count; });
  }
  return figures;
}

// In default mode the real kernel evicts nothing, and gives memory in large folios: never the other
// way round.
std::optional<Parts> parts_of_mapped(const Difference& d, const Step& simulated, const Step& real,
                                     const KernelDeeds& deeds) {
  const std::uint64_t mine = std::stoull(d.simulated), theirs = std::stoull(d.real);
  // On a file system in memory a file's pages count as shared memory.
  const bool of_files = d.figure.ends_with(kFile) || d.figure.ends_with(kShared);
  if (of_files) return parts_of_files(deeds.entries().excess_of(process_of(d)));
  if (d.figure.ends_with(kSwap) && theirs < mine) {
    return parts_of_memory(simulated.after.swapped, real.after.swapped, mine - theirs, deeds,
                           {What::kept});
  }
  if (d.figure.ends_with(kAnonymous) && theirs > mine) {
    return parts_of_memory(in_frames(real.after), in_frames(simulated.after), theirs - mine, deeds,
                           {What::kept, What::folio});
  }
  return std::nullopt;
}

}  // namespace session

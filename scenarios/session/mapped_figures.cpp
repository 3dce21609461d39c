// Reserved, RssAnon, RssFile, RssShmem, swap.

#include "scenarios/session/mapped_figures.h"

#include <fmt/format.h>

#include <algorithm>
#include <initializer_list>
#include <set>

namespace session {
namespace {

constexpr const char* kFile = "rss_file";
constexpr const char* kAnonymous = "rss_anon";
constexpr const char* kSwap = "swap";

Mapped mapped_by(const State& state, std::uint32_t process) {
  const auto found = state.mapped.find(process);
  return found == state.mapped.end() ? Mapped{0, sim::ResidentPages{}, 0} : found->second;
}

std::optional<Explained> cause_among(const Difference& d, const KernelDeeds& deeds,
                                     std::initializer_list<KernelDeeds::What> kinds,
                                     std::uint64_t pages) {
  Explained cause{d, "", ""};
  std::uint64_t all = 0, most = 0;
  for (const KernelDeeds::What kind : kinds) {
    const auto [name, n] = deeds.so_far(kind);
    if (n == 0) continue;
    all += n;
    cause.evidence +=
        fmt::format("{}{}: {} pages so far", cause.evidence.empty() ? "" : "; ", name, n);
    if (n > most) cause.cause = name;
    most = std::max(most, n);
  }
  if (all < pages) return std::nullopt;
  return cause;
}

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
    add("rss_shmem", [](const Mapped& m) { return m.resident->shared.count; });
  }
  return figures;
}

// The real kernel fills entries that nobody asked for, and in default mode does not evict: never
// the other way round.
std::optional<Explained> explain_mapped(const Difference& d, const Run& real,
                                        const KernelDeeds& deeds) {
  using What = KernelDeeds::What;
  const std::uint64_t mine = std::stoull(d.simulated), theirs = std::stoull(d.real);
  if (real.mode != real::Mode::kernel_default) return std::nullopt;
  if (d.figure.ends_with(kSwap) && theirs < mine) {
    return cause_among(d, deeds, {What::kept}, mine - theirs);
  }
  if (d.figure.ends_with(kAnonymous) && theirs > mine) {
    return cause_among(d, deeds, {What::kept, What::folio}, theirs - mine);
  }
  if (d.figure.ends_with(kFile) && theirs > mine) {
    return cause_among(d, deeds, {What::kept, What::mapped}, theirs - mine);
  }
  return std::nullopt;
}

}  // namespace session

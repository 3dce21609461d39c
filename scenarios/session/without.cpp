// One table: a name, and the rung or layer it takes away.

#include "scenarios/session/without.h"

#include <fmt/format.h>

#include <algorithm>

#include "scenarios/session/nearest.h"

namespace session {
namespace {

struct Missed {
  std::string_view name;
  void (*take_away)(Without&);
};

using real::CacheSource;

// Of the sources of one figure the lowest named counts: without smaps is without cachestat, too.
constexpr Missed kMissed[] = {
    {"perf", [](Without& w) { w.host.faults = real::FaultSource::rusage; }},
    {"uffd", [](Without& w) { w.host.write_protect = real::WriteProtectSource::none; }},
    {"cachestat", [](Without& w) { w.host.cache = std::max(w.host.cache, CacheSource::window); }},
    {"smaps", [](Without& w) { w.host.cache = CacheSource::mincore; }},
    {"pagemap_scan",
     [](Without& w) { w.host.memory = std::max(w.host.memory, real::MemorySource::pagemap); }},
    {"pagemap", [](Without& w) { w.host.memory = real::MemorySource::none; }},
    {"landlock", [](Without& w) { w.seal.landlock = false; }},
    {"seccomp", [](Without& w) { w.seal.seccomp = false; }},
};

}  // namespace

std::vector<std::string_view> what_can_be_missed() {
  std::vector<std::string_view> names;
  for (const Missed& missed : kMissed) names.push_back(missed.name);
  return names;
}

std::optional<std::string> do_without(Without& without, std::string_view list) {
  while (!list.empty()) {
    const std::size_t comma = std::min(list.find(','), list.size());
    const std::string_view name = list.substr(0, comma);
    list.remove_prefix(std::min(comma + 1, list.size()));
    const auto known = std::find_if(std::begin(kMissed), std::end(kMissed),
                                    [&](const Missed& missed) { return missed.name == name; });
    if (known == std::end(kMissed)) {
      return fmt::format("{}: there is nothing of that name to do without. Did you mean {}?", name,
                         nearest(name, what_can_be_missed()));
    }
    known->take_away(without);
  }
  return std::nullopt;
}

}  // namespace session

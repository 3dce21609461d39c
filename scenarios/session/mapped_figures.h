// What the processes of two runs have mapped at the end of a step, kind by kind, and what can
// account for a difference: numbers, of whose pages only the kinds are known.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "scenarios/session/figures.h"
#include "scenarios/session/kernel_deeds.h"
#include "scenarios/session/reconcile.h"
#include "scenarios/session/run.h"

namespace session {

inline constexpr const char* kMappedPrefix = "mapped.";

struct MappedFigure {
  std::string name;  // "mapped.1000.rss_file"
  const char* kind = "";
  Origin origin = Origin::counted;
  bool is_nothing = false;                // where it is equal, nothing happened in it
  std::uint64_t simulated = 0, real = 0;  // pages
};

// Of every process that has anything mapped in one of them, as far as both know it. `before`: of
// the simulated computer, when the step began.
std::vector<MappedFigure> mapped_figures(const State& before, const State& simulated,
                                         const State& real);

// The pages that a difference is of, by what the real kernel did to them. Nothing: that cannot
// account for so many pages in that direction. Requires: the difference is of such a figure.
std::optional<std::vector<std::pair<std::string, PageSet>>> parts_of_mapped(const Difference&,
                                                                            const Step& simulated,
                                                                            const Step& real,
                                                                            const KernelDeeds&);

}  // namespace session

// The machines that laws are tried on: few frames, small pages, every policy, with and without TLB.

#pragma once

#include <doctest/doctest.h>

#include <cstdint>
#include <string>

#include "sim/machine.h"
#include "tests/laws/random_program.h"

namespace laws {

// Frames: at least 4, since a piece of a read() into a private mapping holds three at once (the
// file's page, the page copied from and the copy). Swap: enough for everything a program may map.
inline sim::MachineConfig random_config(sim::Rng& rng) {
  sim::MachineConfig config;
  config.page_size = sim::Bytes{std::uint64_t{16} << rng.below(3)};
  config.frames = sim::Pages{rng.below(4) == 0 ? 200 : 4 + rng.below(12)};
  config.swap_pages = sim::Pages{128};
  config.policy = static_cast<sim::PolicyKind>(rng.below(4));
  config.levels = rng.below(2) == 0 ? sim::PageTableShape{{3, 2, 5}} : sim::PageTableShape{{10}};
  config.seed = rng.next();
  if (rng.below(3) == 0) config.background = {.dirty_expire_ms = 1, .dirty_ratio = 0};
  if (rng.below(3) == 0) {
    config.background.dirty_ratio = static_cast<std::uint32_t>(1 + rng.below(60));
  }
  if (rng.below(2) == 0) {
    config.tlb.ways = 1u << rng.below(3);
    config.tlb.entries = config.tlb.ways << rng.below(3);
  }
  return config;
}

// Calls f(config, seed) for `n` machines and seeds; a failure says which.
template <class F>
void for_random_machines(int n, F f) {
  for (int i = 0; i < n; ++i) {
    const auto seed = static_cast<std::uint64_t>(i);
    CAPTURE(seed);
    sim::Rng rng(seed * 7919 + 1);
    f(random_config(rng), seed);
  }
}

inline bool holds(const sim::PageRanges& set, std::uint64_t page) {
  for (const sim::PageRange& r : set.ranges()) {
    if (page >= r.first && page < r.end) return true;
  }
  return false;
}

}  // namespace laws

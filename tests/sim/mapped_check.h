// Laws of what processes have mapped: the kept figures are what a walk over all entries finds, and
// every frame in use is counted once.

#pragma once

#include <doctest/doctest.h>

#include <cstdint>
#include <set>

#include "sim/machine.h"

namespace sim {

struct WalkedEntries {
  std::uint64_t reserved = 0, anonymous = 0, file = 0, shared = 0, swapped = 0;
  std::set<Pfn> frames;  // that they lead to
};

inline WalkedEntries walk_entries(const AddressSpace& space, const Mmu& mmu) {
  WalkedEntries seen;
  for (const auto& [first, area] : space.areas()) {
    seen.reserved += (area.end - first).count;
    mmu.table().for_each_in(first, area.end, [&, &a = area](Vpn, Pte pte) {
      const bool is_shared = a.is_shared_memory();
      if (pte.has(pte_bit::swapped) && !is_shared) ++seen.swapped;
      if (!pte.has_frame()) return;
      seen.frames.insert(pte.frame());
      ++(!pte.has(pte_bit::own) ? seen.file : is_shared ? seen.shared : seen.anonymous);
    });
  }
  return seen;
}

inline void check_mapped(const Machine& machine) {
  Machine copy = machine;
  const Observation seen = copy.observe();
  const Kernel& k = copy.kernel();
  std::uint64_t cached = 0, own = 0, entries = 0;
  for (const FileState& file : seen.files) cached += file.resident.count();
  for (const MemoryState& memory : seen.memory) {
    own += memory.resident.count() - memory.shared.count();
  }
  CHECK(cached + own == k.frames.in_use().count);
  CHECK(cached + own <= machine.config().frames.count);

  std::set<Pfn> frames;
  for (const ProcessState& process : seen.processes) {
    CAPTURE(process.id.number);
    const auto waiting = k.waiting.find(process.id);
    const bool runs = process.id == k.running;
    REQUIRE((runs || waiting != k.waiting.end()));
    const WalkedEntries walked = runs ? walk_entries(k.space, k.mmu)
                                      : walk_entries(waiting->second.space, waiting->second.mmu);
    REQUIRE(process.resident);
    CHECK(process.reserved.count == walked.reserved);
    CHECK(process.resident->anonymous.count == walked.anonymous);
    CHECK(process.resident->file.count == walked.file);
    std::uint64_t told = 0;
    for (const FileEntries& mapping : process.file_entries) told += mapping.pages.count();
    CHECK(told == walked.file);
    CHECK(process.resident->shared.count == walked.shared);
    CHECK(process.swapped.count == walked.swapped);
    const std::uint64_t mapped = walked.anonymous + walked.file + walked.shared;
    CHECK(mapped + walked.swapped <= walked.reserved);
    entries += mapped;
    frames.insert(walked.frames.begin(), walked.frames.end());
  }
  CHECK(frames.size() <= entries);  // a frame that several map is counted by each of them
  CHECK(frames.size() <= k.frames.in_use().count);
  CHECK(own <= entries + k.frames.in_use().count - frames.size());  // kept ones nobody maps
}

}  // namespace sim

// RANDOM: gives up any frame, all with the same chance, by seeded numbers.

#pragma once

#include "sim/core/cow_table.h"
#include "sim/core/rng.h"
#include "sim/kernel/eviction_policy.h"

namespace sim {

class Random final : public EvictionPolicy {
 public:
  Random(Pages frames, std::uint64_t seed)
      : tracked_(frames.count), place_(frames.count), rng_(seed) {}
  std::unique_ptr<EvictionPolicy> clone() const override { return std::make_unique<Random>(*this); }
  void on_page_in(Pfn) override;
  void on_free(Pfn) override;
  std::optional<Pfn> pick_victim(FrameInspector&) override;

 private:
  CowTable<std::uint32_t> tracked_;  // the first count_ entries: frames in no order
  CowTable<std::uint32_t> place_;    // of a tracked frame: where it stands in tracked_
  std::uint64_t count_ = 0;
  Rng rng_;
};

}  // namespace sim

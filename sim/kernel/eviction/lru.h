// Exact LRU: gives up the frame whose last touch is longest ago.

#pragma once

#include "sim/kernel/eviction/frame_list.h"
#include "sim/kernel/eviction_policy.h"

namespace sim {

class Lru final : public EvictionPolicy {
 public:
  explicit Lru(Pages frames) : oldest_first_(frames) {}
  std::unique_ptr<EvictionPolicy> clone() const override { return std::make_unique<Lru>(*this); }
  void on_page_in(Pfn frame) override { oldest_first_.push_back(number_of(frame)); }
  void on_access(Pfn frame) override { oldest_first_.move_to_back(number_of(frame)); }
  FrameList& oldest_first() { return oldest_first_; }
  void on_free(Pfn frame) override { oldest_first_.remove(number_of(frame)); }
  std::optional<Pfn> pick_victim(FrameInspector&) override;

 private:
  FrameList oldest_first_;
};

}  // namespace sim

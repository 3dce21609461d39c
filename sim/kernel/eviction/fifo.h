// FIFO: gives up the frame whose page came in longest ago, used or not.

#pragma once

#include "sim/kernel/eviction/frame_list.h"
#include "sim/kernel/eviction_policy.h"

namespace sim {

class Fifo final : public EvictionPolicy {
 public:
  explicit Fifo(Pages frames) : oldest_first_(frames) {}
  std::unique_ptr<EvictionPolicy> clone() const override { return std::make_unique<Fifo>(*this); }
  void on_page_in(Pfn frame) override { oldest_first_.push_back(number_of(frame)); }
  void on_free(Pfn frame) override { oldest_first_.remove(number_of(frame)); }
  std::optional<Pfn> pick_victim(FrameInspector&) override;

 private:
  FrameList oldest_first_;
};

}  // namespace sim

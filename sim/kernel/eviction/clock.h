// CLOCK: as FIFO, but a page accessed since the hand last passed gets a second chance.

#pragma once

#include "sim/kernel/eviction/frame_list.h"
#include "sim/kernel/eviction_policy.h"

namespace sim {

class Clock final : public EvictionPolicy {
 public:
  explicit Clock(Pages frames) : from_hand_on_(frames) {}
  std::unique_ptr<EvictionPolicy> clone() const override { return std::make_unique<Clock>(*this); }
  void on_page_in(Pfn frame) override {
    from_hand_on_.push_back(number_of(frame));
    ++tracked_;
  }
  void on_free(Pfn frame) override {
    from_hand_on_.remove(number_of(frame));
    --tracked_;
  }
  std::optional<Pfn> pick_victim(FrameInspector&) override;

 private:
  FrameList from_hand_on_;  // the circle, cut open where the hand stands
  std::uint64_t tracked_ = 0;
};

}  // namespace sim

// Exact LRU: gives up the frame whose last touch is longest ago.
//
// A touch only writes down when it was: one store, where a list would take five. The order is made
// when a victim is wanted, and serves until every frame in it was given up or touched again: a
// frame touched since is passed over (it comes later in the order to be made next), so one that was
// not is the oldest of all. Each step over a frame is thus paid for by a touch or an eviction.

#pragma once

#include <cstdint>

#include "sim/core/cow_table.h"
#include "sim/kernel/eviction_policy.h"

namespace sim {

// 8 bytes a frame.
class Lru final : public EvictionPolicy {
 public:
  explicit Lru(Pages frames) : last_use_(frames.count), order_(frames.count) {}
  std::unique_ptr<EvictionPolicy> clone() const override { return std::make_unique<Lru>(*this); }
  void on_page_in(Pfn) override;
  void on_access(Pfn) override;
  void on_free(Pfn) override;
  std::optional<Pfn> pick_victim(FrameInspector&) override;
  std::optional<std::uint64_t> uses_of_others_since(Pfn frame) const override {
    return now_ - last_use_[frame.index];
  }

  // Tells of a touch if that is one store, else does nothing. Requires: the frame is tracked.
  enum class Told { yes, no };
  Told try_on_access(Pfn frame) {
    std::uint32_t* last_use = last_use_.own_existing(frame.index);
    if (last_use == nullptr || now_ == kEndOfTime) return Told::no;
    if (*last_use != now_) *last_use = ++now_;
    return Told::yes;
  }

 private:
  static constexpr std::uint32_t kEndOfTime = ~std::uint32_t{0};

  bool was_touched_since(std::uint32_t frame) const {
    return last_use_[frame] == 0 || last_use_[frame] > ordered_at_;
  }
  std::optional<Pfn> oldest_in_order(FrameInspector&);
  void make_order();
  void start_time_anew();

  CowTable<std::uint32_t> last_use_;  // by frame; 0: not tracked. The newest has the time now_
  CowTable<std::uint32_t> order_;     // frames, oldest first, as of ordered_at_
  std::uint32_t now_ = 0;
  std::uint32_t ordered_at_ = 0;
  std::uint32_t next_ = 0;           // all before it in the order are gone or were touched since
  std::uint32_t ordered_count_ = 0;  // frames in the order
  std::uint32_t frames_seen_ = 0;    // frames from here on were never tracked
};

}  // namespace sim

// A doubly linked list of frames whose links lie in a table: every change is a few stores.

#pragma once

#include <cstdint>

#include "sim/core/check.h"
#include "sim/core/cow_table.h"
#include "sim/core/units.h"

namespace sim {

// 8 bytes a frame. Frames enter at the back; what leaves first is up to the policy.
class FrameList {
 public:
  static constexpr std::uint32_t kEnd = ~std::uint32_t{0};

  explicit FrameList(Pages frames) : links_(frames.count) {}

  std::uint32_t front() const { return front_; }
  std::uint32_t back() const { return back_; }
  std::uint32_t after(std::uint32_t frame) const { return links_[frame].next; }

  void push_back(std::uint32_t frame) {
    links_.edit(frame) = Links{back_, kEnd};
    (back_ == kEnd ? front_ : links_.edit(back_).next) = frame;
    back_ = frame;
  }

  // Requires: the frame is in the list.
  void remove(std::uint32_t frame) {
    const Links links = links_[frame];
    (links.previous == kEnd ? front_ : links_.edit(links.previous).next) = links.next;
    (links.next == kEnd ? back_ : links_.edit(links.next).previous) = links.previous;
  }

  // Requires: the frame is in the list.
  void move_to_back(std::uint32_t frame) {
    remove(frame);
    push_back(frame);
  }

 private:
  struct Links {
    std::uint32_t previous = kEnd;
    std::uint32_t next = kEnd;
  };

  CowTable<Links> links_;
  std::uint32_t front_ = kEnd;
  std::uint32_t back_ = kEnd;
};

}  // namespace sim

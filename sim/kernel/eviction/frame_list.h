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
    if (try_move_to_back(frame) == Moved::yes) return;
    remove(frame);
    push_back(frame);
  }

  // Moves the frame if that needs no table to be cloned; else changes nothing.
  enum class Moved { yes, no };
  Moved try_move_to_back(std::uint32_t frame) {
    if (frame == back_) return Moved::yes;
    Links* links = links_.own(frame);
    Links* last = links_.own(back_);
    if (links == nullptr || last == nullptr) return Moved::no;
    Links* next = links_.own(links->next);
    if (next == nullptr) return Moved::no;
    if (links->previous == kEnd) {
      front_ = links->next;
    } else {
      Links* previous = links_.own(links->previous);
      if (previous == nullptr) return Moved::no;
      previous->next = links->next;
    }
    next->previous = links->previous;
    last->next = frame;
    *links = Links{back_, kEnd};
    back_ = frame;
    return Moved::yes;
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

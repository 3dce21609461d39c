// What the kernel knows of each frame besides its page (Linux: struct page): which are free, and
// the state of the others.

#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>

#include "sim/core/check.h"
#include "sim/core/cow_table.h"
#include "sim/core/units.h"

namespace sim {

// 28 bits for a swap slot and one value for "none".
inline constexpr std::uint64_t kMostSwapSlots = (std::uint64_t{1} << 28) - 1;
// 31 bits for the number of a frame and one value for "none".
inline constexpr std::uint64_t kMostFrames = (std::uint64_t{1} << 31) - 1;

// A file's page lies in the page cache; an own page belongs to a mapping: anonymous memory, or the
// copy that a private file mapping made.
enum class PageKind : std::uint8_t { file, own };

// Frames in use, by what they hold, and the most that ever were.
struct FrameCounts {
  std::uint64_t file = 0, own = 0, all = 0;
  friend bool operator==(const FrameCounts&, const FrameCounts&) = default;
};

// 4 bytes a frame.
class FrameTable {
 public:
  explicit FrameTable(Pages frames) : states_(frames.count) {}

  Pages in_use() const { return Pages{in_use_.all}; }
  const FrameCounts& counts() const { return in_use_; }
  const FrameCounts& peak() const { return peak_; }
  // How often a page was given a frame.
  std::uint64_t taken() const { return taken_; }
  bool has_free() const { return first_free_ != kNone || untouched_ < states_.size(); }

  // A free frame: the one freed last, else the next never used. Nothing when memory is full.
  std::optional<Pfn> take(PageKind kind) {
    std::uint64_t frame = untouched_;
    if (first_free_ != kNone) {
      frame = first_free_;
      first_free_ = states_[frame];
    } else if (untouched_ == states_.size()) {
      return std::nullopt;
    } else {
      ++untouched_;
    }
    states_.edit(frame) = kInUse | (kind == PageKind::own ? kOwn : 0);
    count_in(kind);
    return Pfn{frame};
  }

  // Requires: the frame is in use.
  void give_back(Pfn frame) {
    SIM_CHECK(states_[frame.index] & kInUse);
    --(kind(frame) == PageKind::own ? in_use_.own : in_use_.file);
    --in_use_.all;
    states_.edit(frame.index) = first_free_;
    first_free_ = static_cast<std::uint32_t>(frame.index);
  }

  bool is_in_use(Pfn frame) const { return (states_[frame.index] & kInUse) != 0; }
  PageKind kind(Pfn frame) const {
    return (states_[frame.index] & kOwn) != 0 ? PageKind::own : PageKind::file;
  }

  // A file page that differs from the disk.
  bool is_dirty(Pfn frame) const { return (states_[frame.index] & kDirty) != 0; }
  void set_dirty(Pfn frame) { states_.edit(frame.index) |= kDirty; }
  void set_clean(Pfn frame) { states_.edit(frame.index) &= ~kDirty; }

  // Used by a system call since the last look; the accessed bits of PTEs tell of all other uses.
  bool test_and_clear_referenced(Pfn frame) {
    if ((states_[frame.index] & kReferenced) == 0) return false;
    states_.edit(frame.index) &= ~kReferenced;
    return true;
  }
  void set_referenced(Pfn frame) {
    if ((states_[frame.index] & kReferenced) == 0) states_.edit(frame.index) |= kReferenced;
  }

  // The swap slot that still holds the same bytes as this own page.
  std::optional<SwapSlot> slot(Pfn frame) const {
    const std::uint32_t plus_one = states_[frame.index] & kSlotMask;
    if (plus_one == 0) return std::nullopt;
    return SwapSlot{plus_one - 1};
  }
  void set_slot(Pfn frame, SwapSlot slot) {
    states_.edit(frame.index) |= static_cast<std::uint32_t>(slot.index + 1);
  }
  void forget_slot(Pfn frame) { states_.edit(frame.index) &= ~kSlotMask; }

 private:
  static constexpr std::uint32_t kNone = (1u << 31) - 1;      // no frame has this number
  static constexpr std::uint32_t kSlotMask = (1u << 28) - 1;  // slot + 1; 0: none
  static constexpr std::uint32_t kDirty = 1u << 28;
  static constexpr std::uint32_t kOwn = 1u << 29;
  static constexpr std::uint32_t kReferenced = 1u << 30;
  static constexpr std::uint32_t kInUse = 1u << 31;

  void count_in(PageKind kind) {
    std::uint64_t& most = kind == PageKind::own ? peak_.own : peak_.file;
    most = std::max(most, ++(kind == PageKind::own ? in_use_.own : in_use_.file));
    peak_.all = std::max(peak_.all, ++in_use_.all);
    ++taken_;
  }

  CowTable<std::uint32_t> states_;  // of a free frame: the next free one
  std::uint32_t first_free_ = kNone;
  std::uint64_t untouched_ = 0;  // frames from here on were never used
  FrameCounts in_use_, peak_;
  std::uint64_t taken_ = 0;
};

}  // namespace sim

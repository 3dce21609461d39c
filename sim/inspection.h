// Looks into a machine: what a picture of it shows. Looking changes nothing, takes no touch and
// tells no event.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sim/machine.h"

namespace sim {

// One step of a page-table walk, from the root down.
struct WalkLevel {
  unsigned bits = 0;        // of the address that choose the entry
  std::uint64_t index = 0;  // what they are
  bool is_present = false;  // the entry leads on: to a node, or at the last level to a page
};
struct Walk {
  std::vector<WalkLevel> levels;  // as far as entries lead, and the first that does not
  std::uint64_t offset = 0;       // within the page
  Pte entry;                      // empty where the walk ends early
  bool is_in_tlb = false;         // always false while there is no TLB
};
Walk walk_of(const Machine&, VirtAddr);

// One area of the address space.
struct AreaView {
  VirtAddr first, end;
  Protection protection;
  Sharing sharing = Sharing::private_copy;
  std::uint32_t file = kNoObject;     // the inode it shows
  std::uint32_t mapping = kNoObject;  // the object its own pages belong to
};
std::vector<AreaView> areas_of(const Machine&);  // ascending

// What a frame holds. Of a free one only the number is meant.
struct FrameView {
  Pfn frame;
  bool is_free = true;
  PageName page;
  bool is_own = false;  // anonymous, or a private copy; else a file's
  bool is_dirty =
      false;  // a file page that differs from the disk; an own page without a copy in swap
  bool is_accessed = false;                           // the accessed bit of an entry that maps it
  std::uint64_t mappings = 0;                         // entries that map it
  std::optional<std::uint64_t> uses_of_others_since;  // where the policy goes by it
};
FrameView frame_of(const Machine&, Pfn);
// Frames [first, first + count), as far as there are any.
std::vector<FrameView> frames_of(const Machine&, Pfn first, std::uint64_t count);
std::uint64_t frames_in_use(const Machine&);
// The most frames that file pages, own pages and both together took at any moment so far.
FrameCounts peak_frames(const Machine&);
// How often a page was given a frame: at its first use, and each time it came back.
std::uint64_t frames_taken(const Machine&);

// The frames that would be given up next, if nothing were touched meanwhile. None while a frame is
// free and `most` is 0; shorter than `most` where no more can go.
std::vector<FrameView> next_victims(const Machine&, std::size_t most);

struct SwapView {
  SwapSlot slot;
  PageName page;           // whose bytes it holds
  bool is_cached = false;  // the page is in a frame too, and the same
};
std::vector<SwapView> swap_of(const Machine&);  // ascending by slot

}  // namespace sim

// One access taken apart: the micro-steps from the walk to the retry, with tables, frames and swap
// as they are at each.

#pragma once

#include <string>
#include <vector>

#include "viz/model/narration.h"
#include "viz/model/page_state.h"
#include "viz/model/player.h"

namespace viz {

struct TableRowView {
  std::string page;  // "a3"
  PageState state = PageState::absent;
  std::string where;  // "frame 2", "slot 0", "disk"
  bool present = false, accessed = false, dirty = false;
  bool is_in_tlb = false;
  bool is_current = false;
};
struct FrameRowView {
  std::string frame, page;
  PageState state = PageState::absent;
  bool is_accessed = false;
  std::optional<std::uint64_t> unused_for;  // uses of other pages since its own
  bool is_victim = false;
  bool is_target = false;  // being filled in this step
};
struct SlotRowView {
  std::string slot, page;
  bool is_target = false;  // being written or read in this step
};

// A page on its way in this step, between a row of the frames and one of swap, or the disk.
struct TravelView {
  std::size_t frame = 0;            // the row
  std::optional<std::size_t> slot;  // the row of swap; none: the disk
  bool is_out = false;              // from the frame; else into it
};

struct StepsView {
  std::vector<MicroStep> steps;
  std::size_t current = 0;
  std::string table_title, frames_title, frames_note;
  std::vector<TableRowView> table;
  std::vector<FrameRowView> frames;  // next victim first
  std::vector<SlotRowView> swap;
  std::optional<SlotRowView> disk;  // the page of a file that is read or written
  std::optional<TravelView> travel;
  bool has_tlb = false;
  std::vector<std::pair<std::string, std::string>> figures;  // "swapped out", "5"
  std::string why_none;                                      // in place of everything
};

StepsView steps_view(const Player&, std::size_t current);

}  // namespace viz

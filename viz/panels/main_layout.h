// Where the parts of the main screen stand. What the window has no room for gives way in a fixed
// order: bytes in hex, the levels of the page table, the timeline's second lane, its lanes; side by
// side, one of the two computers, which then are tabs, and with both of them shown the lesson.

#pragma once

#include <cstdint>

#include "viz/draw/surface.h"

namespace viz {

// How much of a computer there is room for.
enum class Detail : std::uint8_t { all, no_hex, no_tables };
// Which of the two computers is shown where there is no room for both and the lesson.
enum class Tab : std::uint8_t { simulated, real, both };

// Of a computer's panel: baselines below its top.
struct ComputerRows {
  // Requires: height >= computer_height(detail). What is more goes to the truths, and brings back
  // their bytes.
  ComputerRows(Detail detail, float height);
  float bits, frames, truths;
  float pitch;           // of the three truths
  bool has_hex = false;  // there is room for it
  // The middle of a truth's row.
  float truth(int row) const { return truths + 6 + pitch * (static_cast<float>(row) + 0.5f); }
};

struct MainLayout {
  Rect lesson;           // no width: folded, its button is at `next`
  Rect simulated, real;  // no width: not shown
  Rect gutter;           // no width: only one computer is shown
  Rect agreement;
  Rect next;
  Rect tabs;      // no width: both computers and the lesson are shown
  Rect timeline;  // its lanes; below 60 there are none
  Detail detail = Detail::all;
};

// The least of a computer's panel.
float computer_height(Detail);

// `size` is the room on the grid, no more than 1600 x 1000; `legend` is the height of its rows.
MainLayout main_layout(Point size, float legend, Tab);

// The most that the user may enlarge the main screen: at this factor the last to give way has.
inline constexpr float kMostFactor = 1.35f;

}  // namespace viz

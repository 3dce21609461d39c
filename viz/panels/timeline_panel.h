// The run from left to right, with the cursor that can be dragged.

#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "viz/model/commands.h"
#include "viz/model/timeline_view.h"
#include "viz/panels/pen.h"

namespace viz {

struct TimelineWish {
  std::optional<float> place;  // in view, 0 to 1: where the cursor was dragged to
  Command command;
};

struct TimelinePlace {
  Rect at{24, 798, 1552, 136};  // below it, when zoomed, the whole run
  float margin = 160;           // on its left, for names
  enum class Names : std::uint8_t { left, right } names = Names::left;  // within the margin
  std::string_view control = "timeline";
  std::string_view overview = "overview";  // another control; empty: the whole run is not shown
};
// The margin is the caller's, but for the names of lanes.
TimelineWish draw_lanes(Pen&, const TimelinePlace&, const TimelineView&);
// With its title and notes.
TimelineWish draw_timeline(Pen&, const TimelinePlace&, const TimelineView&);

}  // namespace viz

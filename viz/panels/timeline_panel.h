// The run from left to right, with the cursor that can be dragged.

#pragma once

#include <optional>

#include "viz/model/commands.h"
#include "viz/model/timeline_view.h"
#include "viz/panels/pen.h"

namespace viz {

struct TimelineWish {
  std::optional<float> place;  // in view, 0 to 1: where the cursor was dragged to
  Command command;
};
TimelineWish draw_timeline(Pen&, const TimelineView&);

}  // namespace viz

// The run from left to right, with the cursor that can be dragged.

#pragma once

#include <optional>

#include "viz/model/timeline_view.h"
#include "viz/panels/pen.h"

namespace viz {

// Where the cursor was dragged to, 0 to 1.
std::optional<float> draw_timeline(Pen&, const TimelineView&);

}  // namespace viz

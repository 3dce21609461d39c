// A chart: lines over a range, with words at them that lie over no line.

#pragma once

#include "viz/model/compare_view.h"
#include "viz/panels/pen.h"

namespace viz {

// The axes' rectangle; marks stand left of it and below.
void draw_chart(Pen&, Rect, const ChartView&);

}  // namespace viz

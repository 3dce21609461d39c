// A page in a frame, as large as words need: its name, its state, whether it was accessed.

#pragma once

#include "viz/model/main_view.h"
#include "viz/panels/pen.h"

namespace viz {

void draw_framed_page(Pen&, Rect, const CellView&);

}  // namespace viz

// The bottom row, always in view: what each colour, letter and mark means.

#pragma once

#include "viz/draw/canvas.h"

namespace viz {

void draw_legend(Canvas&, const Palette&);

}  // namespace viz

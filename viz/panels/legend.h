// The bottom row, always in view: what each colour, letter and mark means.

#pragma once

#include "viz/panels/pen.h"

namespace viz {

void draw_legend(Pen&);

}  // namespace viz

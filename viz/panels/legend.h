// The bottom rows, always in view: what each colour, letter and mark means.

#pragma once

#include "viz/panels/pen.h"

namespace viz {

float legend_height(const Canvas&);
void draw_legend(Pen&);

}  // namespace viz

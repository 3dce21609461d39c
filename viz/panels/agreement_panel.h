// Whether the two computers agree.

#pragma once

#include "viz/model/main_view.h"
#include "viz/panels/main_layout.h"
#include "viz/panels/pen.h"

namespace viz {

// In the gutter between the computers' panels, row by row.
void draw_gutter(Pen&, Rect gutter, Detail, const AgreementView&);
// In figures, as many as there is room for.
void draw_agreement(Pen&, Rect at, const AgreementView&);

}  // namespace viz

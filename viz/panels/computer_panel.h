// One computer: the access's translation, its frames, a file's three truths. Drawn twice, at the
// same heights.

#pragma once

#include "viz/model/main_view.h"
#include "viz/panels/pen.h"

namespace viz {

void draw_computer(Pen&, Rect at, const ComputerView&);
// Between the two: whether they agree, row by row.
void draw_gutter(Pen&, float x, const AgreementView&);
void draw_agreement(Pen&, Rect at, const AgreementView&);

}  // namespace viz

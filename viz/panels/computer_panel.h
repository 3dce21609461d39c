// One computer: the access's translation, its frames, a file's three truths. Drawn twice, at the
// same heights.

#pragma once

#include "viz/model/commands.h"
#include "viz/model/main_view.h"
#include "viz/panels/main_layout.h"
#include "viz/panels/pen.h"

namespace viz {

Command draw_computer(Pen&, Rect at, Detail, const ComputerView&);

}  // namespace viz

// One access, micro-step by micro-step.

#pragma once

#include "viz/model/commands.h"
#include "viz/model/steps_view.h"
#include "viz/panels/pen.h"

namespace viz {

Command draw_steps(Pen&, const StepsView&);

}  // namespace viz

// The screen after a disaster: three columns, and what the disk may hold.

#pragma once

#include "viz/model/commands.h"
#include "viz/model/plug_view.h"
#include "viz/panels/pen.h"

namespace viz {

Command draw_plug(Pen&, const PlugView&, bool was_killed);

}  // namespace viz

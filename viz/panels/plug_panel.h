// The screen after a disaster: three columns with the three truths, and what to know beside them.

#pragma once

#include "viz/model/aftermath_view.h"
#include "viz/model/commands.h"
#include "viz/model/plug_view.h"
#include "viz/panels/pen.h"

namespace viz {

// After kill -9 and after a power cut.
Command draw_plug(Pen&, const PlugView&, Disaster);
// After one with which the program goes on.
Command draw_aftermath(Pen&, const AftermathView&, Disaster);

}  // namespace viz

// The screen of memory by kind: a band for each kind over the run's lines, and the figures of both
// computers beside it.

#pragma once

#include <string>

#include "viz/model/commands.h"
#include "viz/model/memory_view.h"
#include "viz/panels/pen.h"

namespace viz {

// `action`: of the one solid button.
Command draw_memory(Pen&, const MemoryView&, const std::string& action, const Command& act);

}  // namespace viz

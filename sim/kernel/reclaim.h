// Frames for pages that come in: a free one, or one taken back from a page the policy gives up.

#pragma once

#include <optional>

#include "sim/core/event.h"
#include "sim/core/units.h"
#include "sim/kernel/frame_table.h"

namespace sim {

struct Kernel;

// The frame that the policy gives up next; it keeps its page. Nothing: none can go. CLOCK's hand
// moves.
std::optional<Pfn> pick_victim(Kernel&);

// The page gets a frame full of zeros, which the policy tracks from now on. Mapping it is up to the
// caller. Evicts if no frame is free; nothing if none can be.
std::optional<Pfn> take_frame(Kernel&, PageName, PageKind);

// The frame's page is gone: unmapped already, and its bytes wanted no more.
void release_frame(Kernel&, Pfn);

}  // namespace sim

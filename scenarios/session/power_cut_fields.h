// What a power cut may leave, as fields of a message.

#pragma once

#include "scenarios/session/power_cut.h"
#include "scenarios/session/wire_fields.h"

namespace session {

void put(Out&, const PowerCut&);
PowerCut power_cut_in(In&);

}  // namespace session

// Whether an event can be one: what is told by a process that is not trusted is looked at before
// anybody uses its numbers.

#pragma once

#include <string>

#include "sim/core/event.h"

namespace session {

// Empty, or which of its fields no event of either computer can have.
std::string why_impossible(const sim::Event&);

}  // namespace session

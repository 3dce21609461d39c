// Values of figures as the text of a difference.

#pragma once

#include <span>
#include <string>

#include "scenarios/session/page_sets.h"
#include "scenarios/session/run.h"

namespace session {

// Small page sets are shown, large ones counted; nothing is "none".
std::string show(const Run&, const std::vector<PageRun>&);
std::string show(const Run&, const std::vector<FaultRun>&);
std::string show(const Run&, std::span<const TouchNote>);

// The pages that faulted in the step.
PageSet faulting(const Step&);
// The same in order, with whether each was major and without what else it is called; without the
// swap-ins.
std::vector<FaultRun> without_labels(const std::vector<FaultRun>&);

}  // namespace session

// Sets of pages as ascending page runs: the few set operations that comparing two runs needs.

#pragma once

#include <vector>

#include "scenarios/session/run.h"

namespace session {

using PageSet = std::vector<PageRun>;  // ascending, disjoint

// Any list of page runs, in any order and overlapping, as a set.
PageSet set_of(std::vector<PageRun> runs);
PageSet united(const PageSet&, const PageSet&);
PageSet without(const PageSet&, const PageSet&);  // in the first, not in the second
PageSet common(const PageSet&, const PageSet&);
std::uint64_t count(const PageSet&);
PageSet differing(const PageSet&, const PageSet&);  // in exactly one of them

}  // namespace session

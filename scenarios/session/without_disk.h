// What is left to be compared where the scratch directory lies in memory (tmpfs): its files' pages
// are there without being read, never dirty, and stay. That says nothing of whether a fault of such
// a page would wait for a disk, of write-notify, or of which of them are in frames. Which of them
// fault, their bytes, and all of memory that is no file's can be compared all the same.

#pragma once

#include <utility>

#include "scenarios/session/run.h"

namespace session {

// Both runs without what hangs on a disk: no fault of a file's page is major, none is write-notify,
// and no file's page counts as resident.
std::pair<Run, Run> without_disk(const Run& simulated, const Run& real);

}  // namespace session

// Ctrl-C: remembered, so that runs can end in order and files be carried back. A second one ends
// the process at once.

#pragma once

namespace cli {

// From now on the first of SIGINT, SIGTERM and SIGHUP only sets a flag; the next kills.
void watch_interrupts();
bool interrupted();

}  // namespace cli

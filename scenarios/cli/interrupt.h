// Ctrl-C: remembered, so that runs can end in order and files be carried back.

#pragma once

namespace cli {

// From now on SIGINT, SIGTERM and SIGHUP only set a flag.
void watch_interrupts();
bool interrupted();

}  // namespace cli

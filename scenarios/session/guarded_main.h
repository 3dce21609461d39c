// What a command's main does around its work: what is thrown is told, and so is output that was not
// written.

#pragma once

#include <functional>

namespace session {

// The work's status. 2 where it throws, and where it says 0 but what it printed is not all written;
// 128 + SIGPIPE where nobody reads on. `name` begins the line on stderr that says so.
int guarded(const char* name, const std::function<int()>& work);

}  // namespace session

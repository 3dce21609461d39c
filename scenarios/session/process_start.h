// What the command and the app do first, before they open anything.

#pragma once

namespace session {

// Descriptors 0, 1 and 2 are open from now on: one that whoever started this process closed is
// /dev/null, so that no file or pipe opened later gets its number and is read or printed into. And
// a reader that goes away (`| head -1`) or a limit of file sizes (`ulimit -f`) makes writing fail,
// where SIGPIPE or SIGXFSZ would end the process with its files not carried back and its scratch
// directory left.
void start_process();

}  // namespace session

// One sentence for each way to end.

#include "scenarios/session/child_end.h"

#include <fmt/format.h>

#include <csignal>
#include <cstring>

namespace session {

std::string what_happened(const real::Ended& ended) {
  if (ended.has_vanished) return "vanished, and nobody knows how";
  if (ended.halted_by != 0) {
    return fmt::format(
        "was halted from outside (signal {}) and could not be waited for; "
        "it was ended",
        ended.halted_by);
  }
  switch (ended.signal) {
    case 0: return fmt::format("exited with status {} in the middle", ended.exit_status);
    case SIGSYS: return "made a system call that its sandbox forbids, and was killed (SIGSYS)";
    case SIGXCPU: return "used up the processor time that it may have (SIGXCPU)";
    case SIGKILL: return "was killed (SIGKILL), by somebody or by the kernel for want of memory";
    default:
      return fmt::format("died of signal {} ({})", ended.signal, ::sigdescr_np(ended.signal));
  }
}

}  // namespace session

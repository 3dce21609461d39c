// One switch, so that no way of ending is forgotten.

#include "scenarios/cli/exit_status.h"

#include <csignal>

namespace cli {

int status_of(const session::Ending& ending) {
  switch (ending.kind) {
    case session::EndKind::finished: return ending.status == 0 ? kOk : kProgramFailed;
    case session::EndKind::killed:
    case session::EndKind::power_cut: return kOk;
    case session::EndKind::raised:
    case session::EndKind::budget:
    case session::EndKind::out_of_time: return kProgramFailed;
    case session::EndKind::unsupported: return kBadInput;
    case session::EndKind::died: return kSignalBase + ending.signal;
    case session::EndKind::stopped: return kSignalBase + SIGINT;
    case session::EndKind::broken:
      return ending.signal != 0 ? kSignalBase + ending.signal : kBadInput;
  }
  return kBadInput;
}

int worse(int first, int second) {
  if (second == kDisagreement) return second;
  return first != kOk ? first : second;
}

}  // namespace cli

// The words for settings.

#include "sim/core/config.h"

namespace sim {

const char* name_of(PolicyKind policy) {
  switch (policy) {
    case PolicyKind::lru: return "lru";
    case PolicyKind::fifo: return "fifo";
    case PolicyKind::clock: return "clock";
    case PolicyKind::random: return "random";
  }
  return "?";
}

}  // namespace sim

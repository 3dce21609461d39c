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

const char* name_of(Rule rule) {
  switch (rule) {
    case Rule::all_hold: return "none";
    case Rule::major_faults: return "major_faults";
    case Rule::zero_page: return "zero_page";
    case Rule::write_notify: return "write_notify";
    case Rule::clean_again: return "clean_again";
    case Rule::copy_on_write: return "copy_on_write";
    case Rule::pinned_source: return "pinned_source";
    case Rule::swap_in_fault: return "swap_in_fault";
    case Rule::swapped_unchanged: return "swapped_unchanged";
    case Rule::partial_write: return "partial_write";
    case Rule::old_end: return "old_end";
    case Rule::end_of_file: return "end_of_file";
    case Rule::replacement: return "replacement";
    case Rule::fork_protects: return "fork_protects";
  }
  return "?";
}

}  // namespace sim

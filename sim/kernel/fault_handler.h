// Page faults: what the kernel does when a translation is missing or too strict.

#pragma once

#include <cstdint>

#include "sim/core/event.h"
#include "sim/core/units.h"

namespace sim {

struct Kernel;

enum class FaultResult : std::uint8_t {
  mapped,         // the access can be made now
  bad_address,    // nothing is mapped there, or the mapping forbids it
  beyond_file,    // the page lies wholly beyond the file's end
  out_of_memory,  // no frame can be freed
  disk_failed,    // the page cannot be read, or there is no room on the disk for it
  stopped,        // the computer stops before this touch: no fault, and no touch either
};

struct Fault {
  Vpn page;
  Access access = Access::read;
  std::uint16_t detail = 0;  // fault_detail bits that are known beforehand
};

// Requires: the PTE does not permit the access. Afterwards, if mapped, it does. Emits what it took,
// in causal order: the victims' events, page_in or swap_in, the fault, dirty.
FaultResult handle_fault(Kernel&, const Fault&);

}  // namespace sim

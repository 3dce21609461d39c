// System calls about mappings. Errors are those of the man pages.

#pragma once

#include "sim/core/computer.h"
#include "sim/kernel/kernel.h"

namespace sim {

Result<Mapping> map_memory(Kernel&, const MapRequest&);
Status unmap_memory(Kernel&, VirtAddr, Bytes length);
Status protect_memory(Kernel&, VirtAddr, Bytes length, Protection);
Status sync_memory(Kernel&, VirtAddr, Bytes length);
// dont_need frees pages at once; all other advice changes nothing on this computer.
Status advise_memory(Kernel&, VirtAddr, Bytes length, Advice);
// Mappings go, descriptors close, nothing is written back.
void exit_program(Kernel&);

// The object a mapping at the address shows, or kNoObject.
std::uint32_t object_at(const Kernel&, VirtAddr);

}  // namespace sim

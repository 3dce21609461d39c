// for_each: walks the elements of several operands, in chunks where nothing can happen in between.

#pragma once

#include <cstdint>
#include <span>

#include "sim/core/computer.h"
#include "sim/kernel/kernel.h"

namespace sim {

// element_by_element exists to be compared with: events and bytes are the same, but for the
// lengths of access runs (tests/laws holds one against the other).
enum class Chunking : std::uint8_t { where_nothing_happens, element_by_element };

Outcome walk_elements(Kernel&, std::span<const Operand>, std::uint64_t count, ElementLoop&,
                      Chunking);

// One access of any length, a touch per page.
Outcome load_bytes(Kernel&, VirtAddr, std::span<std::byte> into, std::uint8_t operand);
Outcome store_bytes(Kernel&, VirtAddr, std::span<const std::byte> from, std::uint8_t operand);

}  // namespace sim

// Looking at a computer: costs no touch, changes nothing, tells no event.

#pragma once

#include <string_view>
#include <vector>

#include "sim/core/computer.h"
#include "sim/kernel/kernel.h"

namespace sim {

Observation observe(const Kernel&);
// Those that have anything mapped, ascending. Takes no time: the figures are kept.
std::vector<ProcessState> processes_of(const Kernel&);
// Where the bytes of a page lie that every reader of the file gets. The same place in a copy of the
// kernel, until one of the two changes the page.
const std::byte* page_in_cache(const Kernel&, const Inode&, PgOff);
FileBytes bytes_of(const Kernel&, std::string_view name, Truth, FileOffset from, Bytes length);

}  // namespace sim

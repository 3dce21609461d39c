// Looking at a computer: costs no touch, changes nothing, tells no event.

#pragma once

#include <string_view>

#include "sim/core/computer.h"
#include "sim/kernel/kernel.h"

namespace sim {

Observation observe(const Kernel&);
FileBytes bytes_of(const Kernel&, std::string_view name, Truth, FileOffset from, Bytes length);

}  // namespace sim

// Everything that can be seen of a machine, as text: two that read alike are alike.

#pragma once

#include <string>

#include "sim/machine.h"

namespace viz_tests {

// Looks at a copy; the machine stays as it is.
std::string digest_of(const sim::Machine&);

}  // namespace viz_tests

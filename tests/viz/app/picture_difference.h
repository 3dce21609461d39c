// How much two pictures differ for an eye: other fonts' edges and another renderer's rounding do
// not count, another page state or another figure does.

#pragma once

#include <cstddef>

#include "viz/platform/picture.h"

namespace viz_tests {

// Blocks of 8 x 8 pixels whose mean colour differs by more than 16 of 255 in a channel. All of
// them when the sizes differ.
std::size_t blocks_that_differ(const viz::Picture&, const viz::Picture&);

}  // namespace viz_tests

// What can go wrong at the moment that is shown.

#pragma once

#include <cstdint>

namespace viz {

enum class Disaster : std::uint8_t {
  kill,        // kill -9: the process is gone
  power_cut,   // all memory is gone
  disk_full,   // from now on no page of a file finds a new place on the disk
  truncation,  // another program empties the file under this one's map
};

}  // namespace viz

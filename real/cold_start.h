// Takes a file's pages out of the page cache before the program starts, so that both computers
// begin with nothing in memory.

#pragma once

#include <cstdint>
#include <string>

#include "real/page_state.h"

namespace real {

enum class OnDisk : std::uint8_t { no, yes };  // whether the file's bytes are there already

// Empty: no page of the file is cached. Otherwise what is left and why, for a note.
std::string make_cold(int fd, const std::string& name, const PageCacheView& cache,
                      sim::PageGeometry geometry, OnDisk is_on_disk);

}  // namespace real

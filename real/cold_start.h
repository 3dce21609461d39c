// Takes a file's pages out of the page cache before the program starts, so that both computers
// begin with nothing in memory.

#pragma once

#include <string>

#include "real/page_state.h"

namespace real {

// Empty: no page of the file is cached. Otherwise what is left and why, for a note.
std::string make_cold(int fd, const std::string& name, const PageCacheView& cache,
                      sim::PageGeometry geometry);

}  // namespace real

// A file's page cache as seen through a mapping of our own, for kernels without cachestat (before
// Linux 6.5) and for file systems whose pages are another file system's (overlay), which cachestat
// does not see: residency by mincore, dirty pages by smaps.
//
// smaps counts a page as dirty for every mapping that has it, whoever stored to it. So a page that
// is resident is mapped for reading, which changes nothing about it, and counted. The mapping lies
// at the lowest address there is: smaps tells mappings in order, and no more than the first is
// read.

#pragma once

#include <cstdint>

#include "real/descriptor.h"
#include "sim/core/page_ranges.h"
#include "sim/core/units.h"

namespace real {

class CacheWindow {
 public:
  // Opens smaps, which a sealed process cannot.
  explicit CacheWindow(sim::PageGeometry geometry);

  bool shows_dirty() const { return smaps_.is_open(); }
  // Of the pages of [pages.first, pages.end) that the file has.
  sim::PageRanges resident(int fd, sim::PageRange pages) const;
  sim::PageRanges dirty(int fd, sim::PageRange pages) const;
  // Writes the dirty ones of them to the disk, and waits until they are there (msync).
  void write_back(int fd, sim::PageRange pages) const;

 private:
  class Mapped;
  void dirty(int fd, sim::PageRange pages, sim::PageRanges& into) const;
  std::uint64_t dirty_bytes_at(std::uint64_t address) const;

  sim::PageGeometry geometry_;
  Descriptor smaps_;
};

}  // namespace real

// Looks at pages without touching them: which pages of a file are in the page cache, which of those
// are dirty, which pages of an anonymous mapping are in frames. Each has a ladder of sources.

#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "real/cache_window.h"
#include "real/descriptor.h"
#include "real/page_flags.h"
#include "sim/core/page_ranges.h"
#include "sim/core/units.h"

namespace real {

// window: mincore and smaps (cache_window.h); mincore: without smaps.
enum class CacheSource : std::uint8_t { best, cachestat, window, mincore, none };

struct CachedPage {
  bool cached = false;
  bool dirty = false;  // with cachestat also where it is being written to the disk now
};

class PageCacheView {
 public:
  // Finds the best source by trying it on `probe`, a writable file of the scratch directory whose
  // page was stored to just now.
  PageCacheView(CacheSource wanted, sim::PageGeometry geometry, int probe);

  CacheSource source() const { return source_; }
  const std::string& why_lower() const { return why_; }  // why not the first rung; empty if it is

  bool shows_residency() const { return source_ != CacheSource::none; }
  bool shows_dirty() const {
    return source_ == CacheSource::cachestat || source_ == CacheSource::window;
  }

  CachedPage page(int fd, sim::PgOff) const;
  // Whether no page is still on its way from the disk: those count as cached, and not as resident
  // for mincore (Linux 6.18). True where that cannot be told.
  bool all_arrived(int fd, sim::PageRange pages) const;
  // Pages of [pages.first, pages.end), by bisection: a uniform range costs one call.
  sim::PageRanges resident(int fd, sim::PageRange pages) const;
  sim::PageRanges dirty(int fd, sim::PageRange pages) const;

  // A page of which only some blocks were read or written is cached and not up to date, which
  // mincore does not tell from one that is absent. Reads the rest. Requires: it is cached.
  void complete(int fd, sim::PgOff) const;

  // Writes the pages to the disk if they are dirty, these alone, and waits until they are there.
  void write_back(int fd, sim::PageRange pages) const;

 private:
  enum class Figure : std::uint8_t { cached, dirty };
  std::uint64_t count(int fd, sim::PageRange, Figure) const;
  void bisect(int fd, sim::PageRange, Figure, sim::PageRanges& into) const;
  void find_other_source(CacheSource wanted, int probe);

  CacheSource source_ = CacheSource::none;
  bool is_layered_ = false;  // sync_file_range does not see the pages: they are another inode's
  sim::PageGeometry geometry_;
  CacheWindow window_;
  std::string why_;
};

// Whether the file has no disk block for this page. Requires: the page is not in the page cache.
bool is_hole(int fd, sim::FileOffset page_start, sim::Bytes page_size);

enum class MemorySource : std::uint8_t { best, pagemap_scan, pagemap, none };

// Bits kept for each page of a mapping about what its page-table entry was last known to hold.
namespace page_bit {
inline constexpr std::uint8_t present = 1;
inline constexpr std::uint8_t writable = 2;
inline constexpr std::uint8_t zero = 4;        // the shared zero page
inline constexpr std::uint8_t copied = 8;      // a private copy of a file's page
inline constexpr std::uint8_t swapped = 16;    // not present: its bytes are in the swap area
inline constexpr std::uint8_t unchanged = 32;  // present, and its place in swap holds the same
inline constexpr std::uint8_t replaced = 64;   // a copy in memory of its own (swap.h)
}  // namespace page_bit

// The kernel counts the pages of shared anonymous memory as pages of a (nameless) file.
enum class OwnPages : std::uint8_t { anonymous, shared_anonymous };
struct MappedPages {
  sim::VirtAddr base;    // of page 0
  sim::PageRange pages;  // the ones to look at
  OwnPages own = OwnPages::anonymous;
};

// What the entries of a mapping lead to; the zero page is in no frame.
struct EntriesSeen {
  sim::PageRanges own;
  sim::PageRanges of_file;  // pages of the page cache
};

class MemoryView {
 public:
  MemoryView(MemorySource wanted, sim::PageGeometry geometry);

  MemorySource source() const { return source_; }
  const std::string& why_lower() const { return why_; }

  // Which of them are in frames. `known` tells the zero page apart where the kernel does not, and
  // own pages that came back from the swap area, a file to the kernel (swap.h). Empty where there
  // is no source.
  EntriesSeen entries(const MappedPages& mapped, const PageFlags& known) const;
  // The pages whose entries are filled, whatever with; none where that cannot be told.
  sim::PageRanges present(const MappedPages& mapped) const;
  // Of these pages those that an entry of another process leads to, too: as far as the kernel tells
  // (pagemap.rst: exclusively mapped).
  sim::PageRanges mapped_elsewhere(sim::VirtAddr base, const sim::PageRanges& pages) const;

 private:
  template <class Visit>
  void scan(const MappedPages& mapped, Visit visit) const;
  template <class Visit>
  void read_entries(const MappedPages& mapped, Visit visit) const;

  MemorySource source_ = MemorySource::none;
  sim::PageGeometry geometry_;
  Descriptor pagemap_;
  std::string why_;
};

// The pages of another process's mapping that are in frames, by move_pages(2), which moves nothing
// when it is given no nodes. Nothing: the kernel does not tell (no NUMA, or a container forbids
// it).
std::optional<sim::PageRanges> pages_in_frames(int pid, const MappedPages& mapped,
                                               sim::PageGeometry geometry);

}  // namespace real

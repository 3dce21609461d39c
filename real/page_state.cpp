// cachestat, mincore, pagemap.

#include "real/page_state.h"

#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/mman.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <vector>

#include "real/kernel_calls.h"

namespace real {

using sim::PageRange;
using sim::PageRanges;

namespace {

void sync_range(int fd, sim::PageGeometry geometry, PageRange pages) {
  ::sync_file_range(
      fd, static_cast<off_t>(pages.first << geometry.shift()),
      static_cast<off_t>((pages.end - pages.first) << geometry.shift()),
      SYNC_FILE_RANGE_WAIT_BEFORE | SYNC_FILE_RANGE_WRITE | SYNC_FILE_RANGE_WAIT_AFTER);
}

}  // namespace

PageCacheView::PageCacheView(CacheSource wanted, sim::PageGeometry geometry, int probe)
    : geometry_(geometry), window_(geometry) {
  if (wanted == CacheSource::best || wanted == CacheSource::cachestat) {
    CacheCounts counts;
    const bool works = cachestat(probe, CacheRange{0, 1}, counts) == 0;
    if (works && counts.cached != 0) {
      source_ = CacheSource::cachestat;
      return;
    }
    why_ = works ? "cachestat does not see the pages of this file system"
                 : std::string("cachestat: ") + std::strerror(errno);
  } else {
    why_ = "cachestat was not asked for";
  }
  if (wanted != CacheSource::cachestat && wanted != CacheSource::none) {
    find_other_source(wanted, probe);
  }
}

void PageCacheView::find_other_source(CacheSource wanted, int probe) {
  const PageRange first{0, 1};
  if (window_.resident(probe, first).empty()) {
    why_ += std::string("; mincore: ") + std::strerror(errno);
    return;
  }
  const bool may_read_smaps = wanted != CacheSource::mincore;
  if (may_read_smaps && !window_.shows_dirty()) why_ += "; /proc/self/smaps cannot be opened";
  if (!may_read_smaps || !window_.shows_dirty()) {
    source_ = CacheSource::mincore;
    return;
  }
  source_ = CacheSource::window;
  sync_range(probe, geometry_, first);
  is_layered_ = !window_.dirty(probe, first).empty();
}

void PageCacheView::complete(int fd, sim::PgOff page) const {
  if (source_ == CacheSource::cachestat || source_ == CacheSource::none) return;
  // All of it is asked for: a read of what is there already reads no more.
  std::string bytes(geometry_.page_size().count, '\0');
  [[maybe_unused]] const ssize_t n =
      ::pread(fd, bytes.data(), bytes.size(), static_cast<off_t>(page.index << geometry_.shift()));
}

void PageCacheView::write_back(int fd, PageRange pages) const {
  if (is_layered_) return window_.write_back(fd, pages);
  sync_range(fd, geometry_, pages);
}

std::uint64_t PageCacheView::count(int fd, PageRange pages, Figure figure) const {
  const unsigned shift = geometry_.shift();
  CacheCounts counts;
  const CacheRange range{pages.first << shift, (pages.end - pages.first) << shift};
  if (cachestat(fd, range, counts) != 0) return 0;
  if (figure == Figure::cached) return counts.cached;
  return counts.dirty + counts.in_write_back;
}

void PageCacheView::bisect(int fd, PageRange pages, Figure figure, PageRanges& into) const {
  const std::uint64_t n = count(fd, pages, figure);
  if (n == 0) return;
  const std::uint64_t length = pages.end - pages.first;
  // A page both dirty and in write-back counts twice: a sum never proves a long range uniform
  // alone.
  if (length == 1 || (n >= length && figure == Figure::cached)) {
    into.append(pages);
    return;
  }
  if (figure == Figure::dirty && n == length) {
    CacheCounts counts;
    const unsigned shift = geometry_.shift();
    const CacheRange range{pages.first << shift, length << shift};
    if (cachestat(fd, range, counts) == 0 &&
        (counts.dirty == length || counts.in_write_back == length)) {
      into.append(pages);
      return;
    }
  }
  const std::uint64_t middle = pages.first + length / 2;
  bisect(fd, {pages.first, middle}, figure, into);
  bisect(fd, {middle, pages.end}, figure, into);
}

CachedPage PageCacheView::page(int fd, sim::PgOff page) const {
  const PageRange one{page.index, page.index + 1};
  if (source_ == CacheSource::none) return {};
  if (source_ != CacheSource::cachestat) {
    const bool is_cached = !window_.resident(fd, one).empty();
    const bool may_be_dirty = is_cached && source_ == CacheSource::window;
    return {is_cached, may_be_dirty && !window_.dirty(fd, one).empty()};
  }
  CacheCounts counts;
  const unsigned shift = geometry_.shift();
  const CacheRange range{page.index << shift, std::uint64_t{1} << shift};
  if (cachestat(fd, range, counts) != 0) return {};
  return {counts.cached != 0, counts.dirty + counts.in_write_back != 0};
}

PageRanges PageCacheView::resident(int fd, PageRange pages) const {
  if (pages.first >= pages.end || source_ == CacheSource::none) return {};
  if (source_ != CacheSource::cachestat) return window_.resident(fd, pages);
  PageRanges found;
  bisect(fd, pages, Figure::cached, found);
  return found;
}

bool PageCacheView::all_arrived(int fd, PageRange pages) const {
  if (source_ != CacheSource::cachestat || pages.first >= pages.end) return true;
  return count(fd, pages, Figure::cached) == window_.resident(fd, pages).count();
}

PageRanges PageCacheView::dirty(int fd, PageRange pages) const {
  PageRanges found;
  if (pages.first >= pages.end || !shows_dirty()) return found;
  if (source_ == CacheSource::window) return window_.dirty(fd, pages);
  bisect(fd, pages, Figure::dirty, found);
  return found;
}

bool is_hole(int fd, sim::FileOffset page_start, sim::Bytes page_size) {
  const auto start = static_cast<off_t>(page_start.index);
  const off_t data = ::lseek(fd, start, SEEK_DATA);
  if (data < 0) return errno == ENXIO;  // no data from here to the end
  return data >= start + static_cast<off_t>(page_size.count);
}

MemoryView::MemoryView(MemorySource wanted, sim::PageGeometry geometry) : geometry_(geometry) {
  const auto may = [&](MemorySource s) { return wanted == MemorySource::best || wanted == s; };
  if (wanted == MemorySource::none) {
    why_ = "no source was asked for";
    return;
  }
  pagemap_ = Descriptor(::open("/proc/self/pagemap", O_RDONLY | O_CLOEXEC));
  if (!pagemap_.is_open()) {
    why_ = std::string("/proc/self/pagemap: ") + std::strerror(errno);
    return;
  }
  if (may(MemorySource::pagemap_scan)) {
    PagemapScan scan;
    if (::ioctl(pagemap_.number(), kPagemapScan, &scan) == 0) {
      source_ = MemorySource::pagemap_scan;
      return;
    }
    why_ = std::string("PAGEMAP_SCAN: ") + std::strerror(errno);
  } else {
    why_ = "PAGEMAP_SCAN was not asked for";
  }
  if (may(MemorySource::pagemap)) source_ = MemorySource::pagemap;
}

// Calls visit(range, categories) for the pages whose entries are filled, ascending.
template <class Visit>
void MemoryView::scan(const MappedPages& mapped, Visit visit) const {
  std::array<PagemapRegion, 256> regions;
  const unsigned shift = geometry_.shift();
  const std::uint64_t base = mapped.base.index;
  const std::uint64_t end = base + (mapped.pages.end << shift);
  for (std::uint64_t from = base + (mapped.pages.first << shift); from < end;) {
    PagemapScan scan;
    scan.start = from;
    scan.end = end;
    scan.regions = reinterpret_cast<std::uint64_t>(regions.data());
    scan.region_count = regions.size();
    scan.category_mask = kPageIsPresent;
    scan.return_mask = kPageIsPresent | kPageIsFile | kPageIsZero;
    const int n = ::ioctl(pagemap_.number(), kPagemapScan, &scan);
    if (n < 0) return;
    for (int i = 0; i < n; ++i) {
      const PagemapRegion& r = regions[static_cast<std::size_t>(i)];
      visit(PageRange{(r.start - base) >> shift, (r.end - base) >> shift}, r.categories);
    }
    if (scan.walk_end <= from) return;
    from = scan.walk_end;
  }
}

// Documentation/admin-guide/mm/pagemap.rst
constexpr std::uint64_t kPresent = std::uint64_t{1} << 63;
constexpr std::uint64_t kFilePage = std::uint64_t{1} << 61;
constexpr std::uint64_t kOfThisProcessAlone = std::uint64_t{1} << 56;

// Calls visit(page, entry) for each page, ascending.
template <class Visit>
void MemoryView::read_entries(const MappedPages& mapped, Visit visit) const {
  constexpr std::uint64_t kAtOnce = 65536;
  std::vector<std::uint64_t> entries;
  const std::uint64_t base = mapped.base.index >> geometry_.shift();
  for (std::uint64_t page = mapped.pages.first; page < mapped.pages.end; page += entries.size()) {
    entries.resize(std::min(kAtOnce, mapped.pages.end - page));
    const std::size_t bytes = entries.size() * sizeof(entries[0]);
    const auto at = static_cast<off_t>((base + page) * sizeof(entries[0]));
    if (::pread(pagemap_.number(), entries.data(), bytes, at) != static_cast<ssize_t>(bytes)) {
      return;
    }
    for (std::size_t i = 0; i < entries.size(); ++i) visit(page + i, entries[i]);
  }
}

EntriesSeen MemoryView::entries(const MappedPages& mapped, const PageFlags& known) const {
  EntriesSeen seen;
  const bool is_private = mapped.own == OwnPages::anonymous;
  const auto add = [&](PageRange pages, bool of_file) {
    if (!of_file || !is_private) return seen.own.append(pages);
    std::uint64_t from = pages.first;
    known.for_each(pages.first, pages.end, page_bit::unchanged, [&](std::uint64_t back) {
      seen.own.append(back);  // the swap area's
      if (from < back) seen.of_file.append(PageRange{from, back});
      from = back + 1;
    });
    if (from < pages.end) seen.of_file.append(PageRange{from, pages.end});
  };
  if (source_ == MemorySource::pagemap_scan) {
    scan(mapped, [&](PageRange pages, std::uint64_t categories) {
      if ((categories & kPageIsZero) == 0) add(pages, (categories & kPageIsFile) != 0);
    });
  } else if (source_ == MemorySource::pagemap) {
    read_entries(mapped, [&](std::uint64_t page, std::uint64_t entry) {
      const bool of_file = (entry & kFilePage) != 0;
      if ((entry & kPresent) == 0) return;
      if (!of_file && (known.get(page) & page_bit::zero) != 0) return;
      add({page, page + 1}, of_file);
    });
  }
  return seen;
}

PageRanges MemoryView::present(const MappedPages& mapped) const {
  PageRanges found;
  if (source_ == MemorySource::pagemap_scan) {
    scan(mapped, [&](PageRange pages, std::uint64_t) { found.append(pages); });
  } else if (source_ == MemorySource::pagemap) {
    read_entries(mapped, [&](std::uint64_t page, std::uint64_t entry) {
      if ((entry & kPresent) != 0) found.append(page);
    });
  }
  return found;
}

PageRanges MemoryView::mapped_elsewhere(sim::VirtAddr base, const PageRanges& pages) const {
  PageRanges found;
  if (source_ == MemorySource::none) return found;
  for (const PageRange& range : pages.ranges()) {
    read_entries({base, range}, [&](std::uint64_t page, std::uint64_t entry) {
      if ((entry & kPresent) != 0 && (entry & kOfThisProcessAlone) == 0) found.append(page);
    });
  }
  return found;
}

std::optional<PageRanges> pages_in_frames(int pid, const MappedPages& mapped,
                                          sim::PageGeometry geometry) {
  constexpr std::uint64_t kAtOnce = 4096;
  PageRanges found;
  std::vector<std::uint64_t> addresses;
  std::vector<int> nodes;
  for (std::uint64_t page = mapped.pages.first; page < mapped.pages.end; page += addresses.size()) {
    addresses.resize(std::min(kAtOnce, mapped.pages.end - page));
    nodes.assign(addresses.size(), -1);
    for (std::size_t i = 0; i < addresses.size(); ++i) {
      addresses[i] = mapped.base.index + ((page + i) << geometry.shift());
    }
    if (::syscall(SYS_move_pages, pid, addresses.size(), addresses.data(), nullptr, nodes.data(),
                  0) != 0) {
      return std::nullopt;
    }
    // No frame: -ENOENT, and -EFAULT for the zero page.
    for (std::size_t i = 0; i < nodes.size(); ++i) {
      if (nodes[i] >= 0) found.append(page + i);
    }
  }
  return found;
}

}  // namespace real

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

PageCacheView::PageCacheView(CacheSource wanted, sim::PageGeometry geometry, int probe)
    : geometry_(geometry) {
  const auto may = [&](CacheSource s) { return wanted == CacheSource::best || wanted == s; };
  if (may(CacheSource::cachestat)) {
    CacheCounts counts;
    if (cachestat(probe, CacheRange{0, 1}, counts) == 0) {
      source_ = CacheSource::cachestat;
      return;
    }
    why_ = std::string("cachestat: ") + std::strerror(errno);
  } else {
    why_ = "cachestat was not asked for";
  }
  if (!may(CacheSource::mincore)) return;
  void* memory = ::mmap(nullptr, geometry_.page_size().count, PROT_READ, MAP_SHARED, probe, 0);
  unsigned char resident = 0;
  if (memory != MAP_FAILED && ::mincore(memory, geometry_.page_size().count, &resident) == 0) {
    source_ = CacheSource::mincore;
  } else {
    why_ += std::string("; mincore: ") + std::strerror(errno);
  }
  if (memory != MAP_FAILED) ::munmap(memory, geometry_.page_size().count);
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

PageRanges PageCacheView::by_mincore(int fd, PageRange pages) const {
  PageRanges found;
  constexpr std::uint64_t kAtOnce = 65536;
  std::vector<unsigned char> resident(std::min(kAtOnce, pages.end - pages.first));
  for (std::uint64_t first = pages.first; first < pages.end; first += kAtOnce) {
    const std::uint64_t n = std::min(kAtOnce, pages.end - first);
    const std::size_t bytes = n << geometry_.shift();
    void* memory = ::mmap(nullptr, bytes, PROT_READ, MAP_SHARED, fd,
                          static_cast<off_t>(first << geometry_.shift()));
    if (memory == MAP_FAILED) return found;
    if (::mincore(memory, bytes, resident.data()) == 0) {
      for (std::uint64_t i = 0; i < n; ++i) {
        if ((resident[i] & 1) != 0) found.append(first + i);
      }
    }
    ::munmap(memory, bytes);
  }
  return found;
}

CachedPage PageCacheView::page(int fd, sim::PgOff page) const {
  const PageRange one{page.index, page.index + 1};
  if (source_ == CacheSource::mincore) return {!by_mincore(fd, one).empty(), false};
  if (source_ == CacheSource::none) return {};
  CacheCounts counts;
  const unsigned shift = geometry_.shift();
  const CacheRange range{page.index << shift, std::uint64_t{1} << shift};
  if (cachestat(fd, range, counts) != 0) return {};
  return {counts.cached != 0, counts.dirty + counts.in_write_back != 0};
}

PageRanges PageCacheView::resident(int fd, PageRange pages) const {
  if (pages.first >= pages.end || source_ == CacheSource::none) return {};
  if (source_ == CacheSource::mincore) return by_mincore(fd, pages);
  PageRanges found;
  bisect(fd, pages, Figure::cached, found);
  return found;
}

bool PageCacheView::all_arrived(int fd, PageRange pages) const {
  if (source_ != CacheSource::cachestat || pages.first >= pages.end) return true;
  return count(fd, pages, Figure::cached) == by_mincore(fd, pages).count();
}

PageRanges PageCacheView::dirty(int fd, PageRange pages) const {
  PageRanges found;
  if (pages.first < pages.end && shows_dirty()) bisect(fd, pages, Figure::dirty, found);
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

PageRanges MemoryView::by_scan(const MappedPages& mapped, std::uint64_t unwanted) const {
  PageRanges found;
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
    scan.category_mask = kPageIsPresent | unwanted;
    scan.category_inverted = unwanted;
    scan.return_mask = kPageIsPresent;
    const int n = ::ioctl(pagemap_.number(), kPagemapScan, &scan);
    if (n < 0) return found;
    for (int i = 0; i < n; ++i) {
      const PagemapRegion& r = regions[static_cast<std::size_t>(i)];
      found.append(PageRange{(r.start - base) >> shift, (r.end - base) >> shift});
    }
    if (scan.walk_end <= from) return found;
    from = scan.walk_end;
  }
  return found;
}

// Documentation/admin-guide/mm/pagemap.rst
constexpr std::uint64_t kPresent = std::uint64_t{1} << 63;
constexpr std::uint64_t kFilePage = std::uint64_t{1} << 61;

std::optional<std::uint64_t> MemoryView::entry(sim::VirtAddr at) const {
  std::uint64_t entry = 0;
  const auto place = static_cast<off_t>((at.index >> geometry_.shift()) * sizeof(entry));
  const ssize_t n = ::pread(pagemap_.number(), &entry, sizeof(entry), place);
  if (n != static_cast<ssize_t>(sizeof(entry))) return std::nullopt;
  return entry;
}

PageRanges MemoryView::by_entries(const MappedPages& mapped, const PageFlags& known) const {
  const std::uint64_t unwanted = mapped.own == OwnPages::anonymous ? kFilePage : 0;
  PageRanges found;
  known.for_each(mapped.pages.first, mapped.pages.end, page_bit::present, [&](std::uint64_t page) {
    if ((known.get(page) & page_bit::zero) != 0) return;
    const auto seen = entry(sim::VirtAddr{mapped.base.index + (page << geometry_.shift())});
    const bool is_back = (known.get(page) & page_bit::unchanged) != 0;
    const bool is_own = seen && (is_back || (*seen & unwanted) == 0);
    if (is_own && (*seen & kPresent) != 0) found.append(page);
  });
  return found;
}

// Pages that came back from the swap area and were not stored to since are pages of a file.
PageRanges MemoryView::with_those_back(PageRanges found, const MappedPages& mapped,
                                       const PageFlags& known) const {
  std::vector<PageRange> back;
  known.for_each(
      mapped.pages.first, mapped.pages.end, page_bit::unchanged, [&](std::uint64_t page) {
        const auto seen = entry(sim::VirtAddr{mapped.base.index + (page << geometry_.shift())});
        if (seen && (*seen & kPresent) != 0) back.push_back({page, page + 1});
      });
  if (back.empty()) return found;
  back.insert(back.end(), found.ranges().begin(), found.ranges().end());
  std::sort(back.begin(), back.end(),
            [](const PageRange& a, const PageRange& b) { return a.first < b.first; });
  PageRanges all;
  std::uint64_t next = 0;  // page that is not in it yet
  for (const PageRange& range : back) {
    for (next = std::max(next, range.first); next < range.end; ++next) all.append(next);
  }
  return all;
}

PageRanges MemoryView::own_pages(const MappedPages& mapped, const PageFlags& known) const {
  switch (source_) {
    case MemorySource::pagemap_scan:
      return with_those_back(
          by_scan(mapped,
                  mapped.own == OwnPages::anonymous ? kPageIsFile | kPageIsZero : kPageIsZero),
          mapped, known);
    case MemorySource::pagemap: return by_entries(mapped, known);
    case MemorySource::best:
    case MemorySource::none: break;
  }
  return {};
}

PageRanges MemoryView::present(const MappedPages& mapped) const {
  if (source_ == MemorySource::pagemap_scan) return by_scan(mapped, 0);
  PageRanges found;
  if (source_ != MemorySource::pagemap || mapped.pages.first >= mapped.pages.end) return found;
  std::vector<std::uint64_t> entries(mapped.pages.end - mapped.pages.first);
  const std::size_t bytes = entries.size() * sizeof(entries[0]);
  const std::uint64_t number = (mapped.base.index >> geometry_.shift()) + mapped.pages.first;
  const auto at = static_cast<off_t>(number * sizeof(entries[0]));
  if (::pread(pagemap_.number(), entries.data(), bytes, at) != static_cast<ssize_t>(bytes)) {
    return found;
  }
  for (std::size_t i = 0; i < entries.size(); ++i) {
    if (entries[i] >> 63 != 0) found.append(mapped.pages.first + i);
  }
  return found;
}

}  // namespace real

// System calls and ioctls newer than the C library's headers: cachestat (Linux 6.5), PAGEMAP_SCAN
// (6.7) and userfaultfd's asynchronous write-protect mode (6.7). The numbers and layouts are the
// kernel's ABI.

#pragma once

#include <linux/ioctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cstdint>

namespace real {

// read(2) and write(2) without the C library's wrappers, which sanitizers replace by functions that
// touch memory of their own.
inline long plain_read(int fd, void* into, std::uint64_t n) {
  return ::syscall(SYS_read, fd, into, n);
}
inline long plain_write(int fd, const void* from, std::uint64_t n) {
  return ::syscall(SYS_write, fd, from, n);
}

struct CacheRange {
  std::uint64_t offset = 0;
  std::uint64_t length = 0;  // 0: to the end of the file
};
struct CacheCounts {
  std::uint64_t cached = 0;
  std::uint64_t dirty = 0;
  std::uint64_t in_write_back = 0;
  std::uint64_t evicted = 0;
  std::uint64_t recently_evicted = 0;
};
inline constexpr long kCachestatNumber = 451;  // the same on every architecture

// 0, or -1 and errno.
inline int cachestat(int fd, const CacheRange& range, CacheCounts& counts) {
  return static_cast<int>(::syscall(kCachestatNumber, fd, &range, &counts, 0));
}

struct PagemapRegion {
  std::uint64_t start = 0;
  std::uint64_t end = 0;
  std::uint64_t categories = 0;
};
struct PagemapScan {
  std::uint64_t size = sizeof(PagemapScan);
  std::uint64_t flags = 0;
  std::uint64_t start = 0;
  std::uint64_t end = 0;
  std::uint64_t walk_end = 0;
  std::uint64_t regions = 0;  // address of a PagemapRegion array
  std::uint64_t region_count = 0;
  std::uint64_t max_pages = 0;
  std::uint64_t category_inverted = 0;
  std::uint64_t category_mask = 0;
  std::uint64_t category_anyof_mask = 0;
  std::uint64_t return_mask = 0;
};
inline constexpr unsigned long kPagemapScan = _IOWR('f', 16, PagemapScan);
inline constexpr std::uint64_t kPageIsFile = 1 << 2;
inline constexpr std::uint64_t kPageIsPresent = 1 << 3;
inline constexpr std::uint64_t kPageIsZero = 1 << 5;  // the shared zero page

inline constexpr std::uint64_t kUffdFeatureWpShmem = 1 << 12;  // of hugetlbfs and shmem
inline constexpr std::uint64_t kUffdFeatureWpAsync = 1 << 15;

}  // namespace real

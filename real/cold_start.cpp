// fdatasync, then POSIX_FADV_DONTNEED, then look.

#include "real/cold_start.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <time.h>

#include <cerrno>
#include <cstring>

namespace real {

std::string make_cold(int fd, const std::string& name, const PageCacheView& cache,
                      sim::PageGeometry geometry, OnDisk is_on_disk) {
  constexpr int kAttempts = 20;  // once is enough on ext4; a busy disk gets up to 0.2 s
  struct stat status {};
  if (::fstat(fd, &status) != 0) return name + ": " + std::strerror(errno);
  const auto size = static_cast<std::uint64_t>(status.st_size);
  const sim::PageRange all{0, geometry.pages_for(sim::Bytes{size}).count};
  std::uint64_t left = 0;
  for (int i = 0; i < kAttempts; ++i) {
    const bool may_be_dirty = i > 0 || is_on_disk == OnDisk::no;
    if (may_be_dirty && ::fdatasync(fd) != 0) return name + ": fdatasync: " + std::strerror(errno);
    ::posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED);
    if (!cache.shows_residency()) return {};  // its own note says that nothing can be verified
    left = cache.resident(fd, all).count();
    if (left == 0) return {};
    const timespec pause{0, 10'000'000};
    ::nanosleep(&pause, nullptr);
  }
  return name + ": " + std::to_string(left) +
         " pages stayed in the page cache before the program started";
}

}  // namespace real

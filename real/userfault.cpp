// The handshake with userfaultfd, and its requests.

#include "real/userfault.h"

#include <fcntl.h>
#include <linux/userfaultfd.h>
#include <sys/ioctl.h>

#include <cerrno>
#include <cstring>

#include "real/kernel_calls.h"

namespace real {

Userfault::Userfault(WriteProtectSource wanted) {
  if (wanted == WriteProtectSource::none) {
    why_ = "it was not asked for";
    return;
  }
  // USER_MODE_ONLY: what an unprivileged user may have (unprivileged_userfaultfd = 0).
  const long fd = ::syscall(SYS_userfaultfd, UFFD_USER_MODE_ONLY | O_CLOEXEC | O_NONBLOCK);
  if (fd < 0) {
    why_ = std::string("userfaultfd: ") + std::strerror(errno);
    return;
  }
  Descriptor uffd(static_cast<int>(fd));
  uffdio_api api{};
  api.api = UFFD_API;
  api.features =
      kUffdFeatureWpAsync | UFFD_FEATURE_SIGBUS | UFFD_FEATURE_MISSING_SHMEM | kUffdFeatureWpShmem;
  if (::ioctl(uffd.number(), UFFDIO_API, &api) != 0) {
    why_ = std::string("asynchronous write-protection (Linux 6.7): ") + std::strerror(errno);
    return;
  }
  uffd_ = std::move(uffd);
}

bool Userfault::register_range(sim::VirtAddr base, sim::Bytes length, std::uint64_t mode) {
  uffdio_register request{};
  request.range.start = base.index;
  request.range.len = length.count;
  request.mode = mode;
  return ::ioctl(uffd_.number(), UFFDIO_REGISTER, &request) == 0;
}

bool Userfault::register_file(sim::VirtAddr base, sim::Bytes length) {
  return register_range(base, length, UFFDIO_REGISTER_MODE_WP);
}

bool Userfault::register_missing(sim::VirtAddr base, sim::Bytes length) {
  return register_range(base, length, UFFDIO_REGISTER_MODE_MISSING | UFFDIO_REGISTER_MODE_WP);
}

bool Userfault::unregister(sim::VirtAddr base, sim::Bytes length) {
  uffdio_range range{base.index, length.count};
  return ::ioctl(uffd_.number(), UFFDIO_UNREGISTER, &range) == 0;
}

bool Userfault::put_page(sim::VirtAddr at, const std::byte* bytes, sim::Bytes page_size,
                         sim::Access why) {
  uffdio_copy copy{};
  copy.dst = at.index;
  copy.src = reinterpret_cast<std::uint64_t>(bytes);
  copy.len = page_size.count;
  copy.mode = why == sim::Access::write ? 0 : UFFDIO_COPY_MODE_WP;
  return ::ioctl(uffd_.number(), UFFDIO_COPY, &copy) == 0;
}

}  // namespace real

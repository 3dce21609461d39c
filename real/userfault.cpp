// The handshake with userfaultfd, and its requests.

#include "real/userfault.h"

#include <fcntl.h>
#include <linux/userfaultfd.h>
#include <sys/ioctl.h>

#include <cerrno>
#include <cstring>

#include "real/kernel_calls.h"

namespace real {

template <class Request>
int Userfault::ask(std::uint64_t what, Request& request) {
  const PointedTo memory{2, std::as_writable_bytes(std::span(&request, 1))};
  const long value = actor_->call(SYS_ioctl, {static_cast<std::uint64_t>(fd_), what}, memory);
  return value < 0 ? static_cast<int>(-value) : 0;
}

Userfault::Userfault(Actor& actor, WriteProtectSource wanted) : actor_(&actor) {
  if (wanted == WriteProtectSource::none) {
    why_ = "it was not asked for";
    return;
  }
  // USER_MODE_ONLY: what an unprivileged user may have (unprivileged_userfaultfd = 0).
  const long fd = actor.call(SYS_userfaultfd, {UFFD_USER_MODE_ONLY | O_CLOEXEC | O_NONBLOCK});
  if (fd < 0) {
    why_ = std::string("userfaultfd: ") + std::strerror(static_cast<int>(-fd));
    return;
  }
  fd_ = static_cast<int>(fd);
  uffdio_api api{};
  api.api = UFFD_API;
  api.features =
      kUffdFeatureWpAsync | UFFD_FEATURE_SIGBUS | UFFD_FEATURE_MISSING_SHMEM | kUffdFeatureWpShmem;
  if (const int error = ask(UFFDIO_API, api); error != 0) {
    why_ = std::string("asynchronous write-protection (Linux 6.7): ") + std::strerror(error);
    static_cast<void>(actor.call(SYS_close, {static_cast<std::uint64_t>(fd_)}));
    fd_ = -1;
  }
}

int Userfault::register_range(sim::VirtAddr base, sim::Bytes length, std::uint64_t mode) {
  uffdio_register request{};
  request.range.start = base.index;
  request.range.len = length.count;
  request.mode = mode;
  return ask(UFFDIO_REGISTER, request);
}

int Userfault::register_missing(sim::VirtAddr base, sim::Bytes length) {
  return register_range(base, length, UFFDIO_REGISTER_MODE_MISSING | UFFDIO_REGISTER_MODE_WP);
}

int Userfault::unregister(sim::VirtAddr base, sim::Bytes length) {
  uffdio_range range{base.index, length.count};
  return ask(UFFDIO_UNREGISTER, range);
}

int Userfault::put_page(sim::VirtAddr at, const std::byte* bytes, sim::Bytes page_size,
                        sim::Access why) {
  return actor_->put_page({.descriptor = fd_,
                           .at = at.index,
                           .bytes = {bytes, page_size.count},
                           .protects = why == sim::Access::read});
}

}  // namespace real

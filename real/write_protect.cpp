// The handshake with userfaultfd.

#include "real/write_protect.h"

#include <fcntl.h>
#include <linux/userfaultfd.h>
#include <sys/ioctl.h>

#include <cerrno>
#include <cstring>

#include "real/kernel_calls.h"

namespace real {

WriteProtect::WriteProtect(WriteProtectSource wanted) {
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
  api.features = kUffdFeatureWpAsync;
  if (::ioctl(uffd.number(), UFFDIO_API, &api) != 0) {
    why_ = std::string("asynchronous write-protection (Linux 6.7): ") + std::strerror(errno);
    return;
  }
  uffd_ = std::move(uffd);
}

bool WriteProtect::register_mapping(sim::VirtAddr base, sim::Bytes length) {
  if (!is_available()) return false;
  uffdio_register request{};
  request.range.start = base.index;
  request.range.len = length.count;
  request.mode = UFFDIO_REGISTER_MODE_WP;
  return ::ioctl(uffd_.number(), UFFDIO_REGISTER, &request) == 0;
}

}  // namespace real

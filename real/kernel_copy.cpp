// A file of one page in memory, mapped.

#include "real/kernel_copy.h"

#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <utility>
#include <vector>

#include "sim/core/check.h"

namespace real {
namespace {

constexpr int kTries = 5;

}  // namespace

std::unique_ptr<KernelCopy> KernelCopy::make() {
  const auto bytes = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
  Descriptor file(::memfd_create("pagewalk page", MFD_CLOEXEC));
  if (!file.is_open() || ::ftruncate(file.number(), static_cast<off_t>(bytes)) != 0) return nullptr;
  void* page =
      ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_POPULATE, file.number(), 0);
  if (page == MAP_FAILED) return nullptr;
  return std::unique_ptr<KernelCopy>(
      new KernelCopy(std::move(file), static_cast<std::byte*>(page), bytes));
}

KernelCopy::~KernelCopy() { ::munmap(page_, bytes_); }

void KernelCopy::move(std::span<std::byte> page, const sim::MoveInPage& move) {
  SIM_CHECK(page.size() <= bytes_);
  const std::vector<std::byte> before(page.begin(), page.end());
  const auto once = [&] {
    std::memcpy(page_, before.data(), before.size());
    const bool reads = move.call == sim::SystemCall::read;
    const int fd = file_.number();
    const ssize_t n =
        reads ? ::pread(fd, page_ + move.to, move.count, static_cast<off_t>(move.from))
              : ::pwrite(fd, page_ + move.from, move.count, static_cast<off_t>(move.to));
    SIM_CHECK(n == static_cast<ssize_t>(move.count));  // both ends are in memory
    return std::vector<std::byte>(page_, page_ + before.size());
  };
  // An interrupt in the middle gives something else; hardly twice the same.
  std::vector<std::byte> last = once();
  std::vector<std::byte> after = once();
  for (int i = 0; i < kTries && after != last; ++i) last = std::exchange(after, once());
  std::copy(after.begin(), after.end(), page.begin());
}

}  // namespace real

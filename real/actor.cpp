// In this process: the call, and the access.

#include "real/actor.h"

#include <linux/userfaultfd.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <cerrno>

namespace real {

long OwnActor::call(long number, const CallArguments& a) {
  const long value = ::syscall(number, a[0], a[1], a[2], a[3], a[4], a[5]);
  return value == -1 ? -errno : value;
}

long OwnActor::call(long number, const CallArguments& arguments, const PointedTo& memory) {
  CallArguments pointing = arguments;
  pointing[memory.argument] = reinterpret_cast<std::uint64_t>(memory.bytes.data());
  return call(number, pointing);
}

long OwnActor::counted(long number, const CallArguments& arguments, FaultCounts& taken) {
  faults_->begin_call();
  const long value = call(number, arguments);
  taken = faults_->end_call();
  return value;
}

Actor::Touched OwnActor::touch(const SignalGuard::Copy& copy, Device device) {
  const bool loads = copy.access == sim::Access::read;
  const auto at = reinterpret_cast<std::uint64_t>(loads ? copy.from : copy.to);
  const auto blocks_so_far = [&] {
    return device == Device::may_read ? faults_so_far().blocks_read : 0;
  };
  const std::uint64_t before = blocks_so_far();
  faults_->begin();
  const AccessSignal signal = signals_->copy(copy);
  const auto faults = faults_->end(sim::VirtAddr{at});
  return {signal, faults, blocks_so_far() - before};
}

int OwnActor::put_page(const Put& put) {
  uffdio_copy copy{};
  copy.dst = put.at;
  copy.src = reinterpret_cast<std::uint64_t>(put.bytes.data());
  copy.len = put.bytes.size();
  copy.mode = put.protects ? UFFDIO_COPY_MODE_WP : 0;
  return ::ioctl(put.descriptor, UFFDIO_COPY, &copy) == 0 ? 0 : errno;
}

}  // namespace real

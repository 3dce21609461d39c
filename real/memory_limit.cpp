// The limit, from what the system has and what the process already uses.

#include "real/memory_limit.h"

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <fstream>
#include <string>

namespace real {
namespace {

// Room for the textbook machine's 1 GiB of frames and as much swap, their bookkeeping and the
// files.
constexpr std::uint64_t kMostMemory = std::uint64_t{6} << 30;

// VmData of /proc/self/status, in bytes. A sanitizer's shadow memory is counted there, so that the
// limit holds in such a build too.
std::uint64_t mapped_now() {
  std::ifstream status("/proc/self/status");
  for (std::string word; status >> word;) {
    std::uint64_t kilobytes = 0;
    if (word == "VmData:" && status >> kilobytes) return kilobytes * 1024;
  }
  return 0;
}

}  // namespace

sim::Bytes memory_allowance() {
  const auto pages = static_cast<std::uint64_t>(::sysconf(_SC_PHYS_PAGES));
  const auto page_size = static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
  return sim::Bytes{mapped_now() + std::min(pages * page_size / 2, kMostMemory)};
}

void limit_memory() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_DATA, &limit) != 0) return;
  const std::uint64_t wanted = memory_allowance().count;
  if (limit.rlim_max != RLIM_INFINITY && wanted > limit.rlim_max) return;  // a stricter one holds
  limit.rlim_cur = wanted;
  ::setrlimit(RLIMIT_DATA, &limit);
}

}  // namespace real

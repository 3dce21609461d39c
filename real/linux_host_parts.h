// What LinuxHost is made of: private to its .cpp files.

#pragma once

#include <sys/mman.h>

#include "real/filesystem.h"
#include "real/host_parts.h"
#include "real/linux_host.h"
#include "real/mirror.h"
#include "real/swap.h"
#include "real/touches.h"

namespace real {

struct LinuxHost::Parts {
  HostParts host;
  Filesystem filesystem;
  Swap swap{host};
  std::span<const MirroredEviction> evictions;
  Mirror mirror{host, swap, evictions};
  Unasked unasked{host};
  Touches touches{host, swap, mirror, unasked};
};

struct LinuxHost::Return {
  sim::SystemCall call = sim::SystemCall::open;
  std::uint32_t object = sim::kNoObject;  // that it was about
  int error = 0;
  std::uint64_t bytes = 0;
};

// "/", "." and ".." have no place in a scratch directory (computer.h).
bool is_plain_name(std::string_view name);

}  // namespace real

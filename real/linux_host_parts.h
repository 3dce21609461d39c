// What LinuxHost is made of: private to its .cpp files.

#pragma once

#include <sys/mman.h>

#include "real/filesystem.h"
#include "real/host_parts.h"
#include "real/linux_host.h"
#include "real/touches.h"

namespace real {

struct LinuxHost::Parts {
  HostParts host;
  Touches touches{host};
  WriteProtect write_protect;
  Filesystem filesystem;
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

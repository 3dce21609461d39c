// What a run could use of this computer, found by doing what a run does before its program begins:
// a scratch directory, a child process, the instruments, the seal.

#pragma once

#include <string>
#include <vector>

#include "real/capabilities.h"
#include "real/filesystem.h"
#include "real/linux_host.h"
#include "real/problem.h"
#include "real/seal.h"
#include "sim/core/units.h"

namespace real {

struct CheckupSetup {
  HostSources sources;
  SealLayers layers;
};

struct Checkup {
  std::string scratch;  // the directory that was worked in; it is gone again
  Filesystem filesystem;
  sim::Bytes block_size{};  // of that filesystem
  sim::Bytes page_size{};
  std::vector<Capability> instruments{};
  std::vector<Capability> seal{};  // the layers of the sandbox
};

// A problem: nothing can be run on this computer.
Or<Checkup> check_up(const CheckupSetup& setup);

}  // namespace real

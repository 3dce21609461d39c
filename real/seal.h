// The seal of a child that is about to run a program: whatever the program or a defect of this one
// does, it reaches nothing but the scratch directory and its open descriptors. It cannot be taken
// off again.

#pragma once

#include <vector>

#include "real/capabilities.h"
#include "real/seccomp_filter.h"

namespace real {

// The layers that the kernel enforces beyond the limits of a child (child.h); tests and
// `--without` leave some off.
struct SealLayers {
  bool landlock = true;
  bool seccomp = true;
  friend bool operator==(const SealLayers&, const SealLayers&) = default;
};

struct SealSetup {
  int directory = -1;  // the scratch directory, open; -1: no file is reached at all
  SealLayers layers;
  Forking forking = Forking::forbidden;
};

// Sets no_new_privs, then the layers. Requires: what the seal forbids to open is open already
// (perf, userfaultfd, pagemap: LinuxHost::make).
// Returns each layer, with the reason where it does not hold.
std::vector<Capability> seal(const SealSetup& setup);

}  // namespace real

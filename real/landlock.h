// Landlock: which files this process may reach from now on, enforced by the kernel for good.

#pragma once

#include <string>

#include "real/seccomp_filter.h"

namespace real {

// Confines this process to the files below `directory`: it may make, read, write and remove regular
// files there, and open nothing anywhere else. Where the kernel knows how (Linux 6.7, 6.10, 6.12)
// TCP, ioctls on devices and signals to processes outside are closed as well. Descriptors that are
// open already keep working. Requires: no_new_privs is set.
// Without a directory (-1) it may open nothing anywhere.
// Returns why it cannot be had; empty when it holds.
std::string confine_to(int directory, Forking forking);

}  // namespace real

// The order matters: seccomp forbids what the other layers need.

#include "real/seal.h"

#include <sys/prctl.h>

#include <cerrno>
#include <cstring>
#include <string>

#include "real/landlock.h"
#include "real/seccomp_filter.h"

namespace real {

std::vector<Capability> seal(const SealSetup& setup) {
  constexpr const char* kSwitchedOff = "it was switched off";
  std::string no_privileges;
  if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) {
    no_privileges = std::string("no_new_privs: ") + std::strerror(errno);
  }
  std::string landlock = no_privileges;
  if (!setup.layers.landlock) landlock = kSwitchedOff;
  if (landlock.empty()) landlock = confine_to(setup.directory, setup.forking);
  std::string seccomp = no_privileges;
  if (!setup.layers.seccomp) seccomp = kSwitchedOff;
  if (seccomp.empty()) seccomp = allow_only(allowed_calls(setup.forking));
  return {{"Landlock", landlock.empty(), landlock,
           "only the language itself keeps the program to the files of its scratch directory"},
          {"seccomp", seccomp.empty(), seccomp,
           "only the language itself keeps the program from other system calls"}};
}

}  // namespace real

// How to get what this computer lacks, in words for somebody who does not administer it every day.

#pragma once

#include <optional>
#include <string>

#include "real/capabilities.h"
#include "real/filesystem.h"

namespace real {

struct KernelVersion {
  unsigned major = 0, minor = 0;
  friend auto operator<=>(const KernelVersion&, const KernelVersion&) = default;
};

// What decides which way out there is.
struct Surroundings {
  std::string release;  // of the kernel, as uname tells it
  KernelVersion kernel;
  bool in_container = false;
  FilesystemKind scratch = FilesystemKind::disk;  // where the scratch directory lies
  std::optional<int> perf_event_paranoid;         // nothing: there is no such sysctl
};

// Of this computer: uname(2), the files that Docker and Podman leave in a container's root, /proc.
Surroundings look_around(FilesystemKind scratch);

// One or more sentences. Empty: the capability is there, or nothing is known that would help.
std::string remedy_for(const Capability& missing, const Surroundings& here);

}  // namespace real

// A memory cgroup of its own for the child: a real limit, under which the kernel itself chooses
// what goes. Version 2 or 1, wherever this process may make one (cgroups(7), Linux 6.18).

#pragma once

#include <cstdint>
#include <string>

#include "real/descriptor.h"
#include "real/problem.h"
#include "sim/core/units.h"

namespace real {

class MemoryGroup {
 public:
  // Without a limit. The problem says how to get a group where none can be made.
  static Or<MemoryGroup> make();
  MemoryGroup(MemoryGroup&&) noexcept;
  MemoryGroup& operator=(MemoryGroup&&) = delete;
  // Removes it. Requires: no process is left in it.
  ~MemoryGroup();

  int version() const { return version_; }
  const std::string& path() const { return path_; }
  // A process that writes "0" to this descriptor joins, with all that it takes from then on.
  int members() const { return members_.number(); }

  // What is charged to it now. `total` counts the kernel's own memory for it too, and is exact only
  // to 64 pages for each CPU, which the kernel charges in advance.
  struct Usage {
    sim::Bytes total;
    sim::Bytes anonymous;
    sim::Bytes file;
  };
  Usage usage() const;
  // An errno; 0 when it was set.
  int limit(sim::Bytes) const;
  // Processes of it that the kernel killed for want of memory.
  std::uint64_t kills() const;

 private:
  MemoryGroup(int version, std::string path, Descriptor members)
      : version_(version), path_(std::move(path)), members_(std::move(members)) {}

  int version_;
  std::string path_;  // empty: moved from
  Descriptor members_;
};

// Whether this computer has a swap area: without one its kernel cannot evict anonymous memory.
bool has_swap();

}  // namespace real

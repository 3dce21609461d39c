// A userfaultfd that file mappings are registered with for asynchronous write-protection. Nothing
// is ever protected through it: the registration alone keeps the kernel from mapping neighbours of
// a faulting page (fault-around), so that a fault is one page (Linux 6.18, measured).

#pragma once

#include <cstdint>
#include <string>

#include "real/descriptor.h"
#include "sim/core/units.h"

namespace real {

enum class WriteProtectSource : std::uint8_t { best, none };

class WriteProtect {
 public:
  explicit WriteProtect(WriteProtectSource wanted);

  bool is_available() const { return uffd_.is_open(); }
  const std::string& why_not() const { return why_; }

  // Requires: a file mapping. False (and errno) when the kernel refuses.
  bool register_mapping(sim::VirtAddr base, sim::Bytes length);

 private:
  Descriptor uffd_;
  std::string why_;
};

}  // namespace real

// The userfaultfd of this process. It serves two ends.
//
// File mappings are registered for asynchronous write-protection, and nothing is ever protected
// through it: the registration alone keeps the kernel from mapping neighbours of a faulting page
// (fault-around), so that a fault is one page (Linux 6.18, measured).
//
// Pages in the swap area (swap.h) are registered as missing: an access to one is a SIGBUS, whose
// handler puts the page back. Until a page is evicted for the first time it is not registered, so
// that the kernel fills fresh memory as it always does.

#pragma once

#include <cstdint>
#include <string>

#include "real/descriptor.h"
#include "sim/core/computer.h"
#include "sim/core/units.h"

namespace real {

enum class WriteProtectSource : std::uint8_t { best, none };

class Userfault {
 public:
  explicit Userfault(WriteProtectSource wanted);

  bool is_available() const { return uffd_.is_open(); }
  const std::string& why_not() const { return why_; }

  // Each returns false, with errno, when the kernel refuses.
  //
  // Requires: a file mapping.
  bool register_file(sim::VirtAddr base, sim::Bytes length);
  // Requires: memory without a file behind it.
  bool register_missing(sim::VirtAddr base, sim::Bytes length);
  // From now on the kernel fills missing pages there.
  bool unregister(sim::VirtAddr base, sim::Bytes length);

  // Puts a missing page there. For a read it is mapped so that the kernel notes the first store to
  // it (pagemap's bit 57 goes; one minor fault); for a write it is mapped writable.
  // Can be called in a signal handler.
  bool put_page(sim::VirtAddr at, const std::byte* bytes, sim::Bytes page_size, sim::Access why);

 private:
  bool register_range(sim::VirtAddr base, sim::Bytes length, std::uint64_t mode);

  Descriptor uffd_;
  std::string why_;
};

}  // namespace real

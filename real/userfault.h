// The userfaultfd of one process of the program. It serves two ends.
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

#include "real/actor.h"
#include "sim/core/computer.h"
#include "sim/core/units.h"

namespace real {

enum class WriteProtectSource : std::uint8_t { best, none };

class Userfault {
 public:
  // The actor is not owned.
  Userfault(Actor& actor, WriteProtectSource wanted);

  bool is_available() const { return fd_ >= 0; }
  const std::string& why_not() const { return why_; }

  // Each returns 0, or the errno when the kernel refuses.
  //
  // Requires: a file mapping.
  int register_file(sim::VirtAddr base, sim::Bytes length);
  // Requires: memory without a file behind it.
  int register_missing(sim::VirtAddr base, sim::Bytes length);
  // From now on the kernel fills missing pages there.
  int unregister(sim::VirtAddr base, sim::Bytes length);

  // Puts a missing page there. For a read it is mapped so that the kernel notes the first store to
  // it (pagemap's bit 57 goes; one minor fault); for a write it is mapped writable.
  // Can be called in a signal handler.
  int put_page(sim::VirtAddr at, const std::byte* bytes, sim::Bytes page_size, sim::Access why);

 private:
  int register_range(sim::VirtAddr base, sim::Bytes length, std::uint64_t mode);
  template <class Request>
  int ask(std::uint64_t what, Request& request);

  Actor* actor_;
  int fd_ = -1;  // a number of the actor's process, which never closes it
  std::string why_;
};

}  // namespace real

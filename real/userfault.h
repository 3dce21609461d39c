// The userfaultfd of one process of the program: for memory that processes share, whose pages it
// can put back when they come from the swap area (swap.h). Until a page is evicted for the first
// time it is not registered, so that the kernel fills fresh memory as it always does.

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
  // Requires: memory without a file behind it.
  int register_missing(sim::VirtAddr base, sim::Bytes length);
  // From now on the kernel fills missing pages there.
  int unregister(sim::VirtAddr base, sim::Bytes length);

  // Puts a missing page there. For a read it is mapped so that the kernel notes the first store to
  // it (pagemap's bit 57 goes; one minor fault); for a write it is mapped writable.
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

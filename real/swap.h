// Swapping of anonymous memory and of private copies in user space: this computer may have no swap
// area, and none lets a program say which page goes.
//
// A page that goes out is copied to the swap area and dropped; the next access to it traps (see
// userfault.h) and brings it back. A page that came back for a load and was not stored to since
// need not be copied again. The kernel cannot make a private copy of a file's page trap, so such a
// copy is replaced at its first eviction by anonymous memory at the same address.

#pragma once

#include <cstdint>
#include <string>

#include "real/host_parts.h"
#include "real/swap_area.h"
#include "real/userfault.h"

namespace real {

class Swap final : public Pager {
 public:
  explicit Swap(HostParts& host) : host_(&host), area_(host.geometry.page_size()) {}

  // Takes the mapping's own page out of its frame, and tells so. What kept it from going; empty
  // when it went. Requires: the page is present.
  std::string evict(Origin& origin, std::uint64_t page);

  // The same for another process's mapping that has the page in common with it since a fork: its
  // bytes are in the swap area already. Tells nothing.
  std::string follow(Origin& origin, std::uint64_t page, std::uint32_t slot);

  // The program's access missed the page: brings it back. False: it is not a page of the swap
  // area's. Called in a signal handler, inside a window of measurement.
  bool serve(std::uint64_t address, sim::Access access) override;
  // Tells what was served: the fault and where the page came from. Afterwards the page is present.
  void tell(Origin& origin, std::uint64_t page, sim::Event fault);

  // A store to a page that came back for a load: what the swap area holds is old now.
  void changed(Origin& origin, std::uint64_t page);

  // Pages lost their content (the program said so, their file was cut): they are fresh again. An
  // errno: one could not be made so. Requires: [first, end) lies in the area.
  int forget(const Area& area, std::uint64_t first, std::uint64_t end);
  // A forked process has the mapping too: its pages in the swap area are in it for both.
  void share_slots(const Origin& origin) {
    for (const auto& [page, slot] : origin.slots) area_.share(slot);
  }
  // Pages were unmapped.
  void forget_slots(Origin& origin, std::uint64_t first, std::uint64_t end);

  // The bytes of a page that is in the swap area.
  const std::byte* bytes(const Origin& origin, std::uint64_t page) const {
    return area_.bytes(origin.slots.at(page));
  }

 private:
  sim::VirtAddr address_of(const Origin& origin, std::uint64_t page) const {
    return sim::VirtAddr{origin.base + (page << host_->geometry.shift())};
  }
  std::uint32_t save(Origin& origin, std::uint64_t page, const Area& area);
  void note_gone(Origin& origin, std::uint64_t page);
  void forget_of_others(const Origin& origin, std::uint64_t page);
  std::string drop(const Origin& origin, std::uint64_t page, const Area& area);
  int show_file_again(const Area& area, std::uint64_t page);

  HostParts* host_;
  SwapArea area_;
};

}  // namespace real

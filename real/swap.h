// Swapping of memory without a file and of private copies in user space: this computer may have no
// swap area, and none lets a program say which page goes.
//
// A private page that goes out is copied to the swap area, and the area's place is mapped privately
// in its stead. So the kernel itself takes the fault of the next access: a load maps what the area
// holds, and a first store, then or later, copies it. A page that came back for a load and was not
// stored to since need not be copied out again: dropping its entry is enough.
//
// Memory shared between processes has no such place. A page of it is dropped, and put back by
// userfaultfd just before the program touches it.

#pragma once

#include <cstdint>
#include <string>

#include "real/host_parts.h"
#include "real/swap_area.h"
#include "real/userfault.h"

namespace real {

class Swap final {
 public:
  explicit Swap(HostParts& host) : host_(&host), area_(host.geometry.page_size()) {}

  // A descriptor that a forked process must have under the same number.
  int file() const { return area_.file(); }

  // Takes the mapping's own page out of its frame, and tells so. What kept it from going; empty
  // when it went. Requires: the page is present.
  std::string evict(Origin& origin, std::uint64_t page);

  // The same for another process's mapping that has the page in common with it since a fork: its
  // bytes are in the swap area already. Tells nothing.
  std::string follow(Origin& origin, std::uint64_t page, std::uint32_t slot);

  // Whether the page is out, and the kernel brings it back in a fault of its own.
  static bool is_mapped_out(const Origin& origin, std::uint8_t known) {
    return (known & page_bit::swapped) != 0 && origin.backing != Backing::shared_anonymous;
  }
  // Puts a page of shared memory back that is out, for an access that comes next. False: it cannot
  // be. Does nothing with other pages.
  bool serve(std::uint64_t address, sim::Access access);
  // Tells that a page came back: the fault and where the page came from. Afterwards it is present.
  void tell(Origin& origin, std::uint64_t page, sim::Event fault);

  // A store to a page that came back for a load: what the swap area holds is old now.
  void changed(Origin& origin, std::uint64_t page);

  // Pages lost their content (the program said so, their file was cut): they are fresh again. An
  // errno: one could not be made so. Requires: [first, end) lies in the area.
  int forget(const Area& area, std::uint64_t first, std::uint64_t end);
  // A fork copies the entries of pages that the process has for itself, and not of those that show
  // the swap area: the latter become the former. To be called before it.
  void own_what_is_back(const Origin& origin);
  // A forked process has the mapping too: its pages in the swap area are in it for both.
  void share_slots(const Origin& origin) {
    for (const auto& [page, slot] : origin.slots) area_.share(slot);
  }
  // Pages were unmapped.
  void forget_slots(Origin& origin, std::uint64_t first, std::uint64_t end);

  // The bytes of a page that is in the swap area.
  std::vector<std::byte> bytes(const Origin& origin, std::uint64_t page) const {
    return area_.bytes(origin.slots.at(page));
  }

 private:
  sim::VirtAddr address_of(const Origin& origin, std::uint64_t page) const {
    return sim::VirtAddr{origin.base + (page << host_->geometry.shift())};
  }
  std::string save(Origin& origin, std::uint64_t page, const Area& area);
  void note_gone(Origin& origin, std::uint64_t page);
  void forget_of_others(const Origin& origin, std::uint64_t page);
  std::string drop_shared(const Origin& origin, std::uint64_t page);
  int map_slot(const Area& area, std::uint64_t page, std::uint32_t slot);
  int show_afresh(const Area& area, std::uint64_t page);

  HostParts* host_;
  SwapArea area_;
};

}  // namespace real

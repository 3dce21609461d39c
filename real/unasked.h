// What the kernel did that nothing asked for, in default mode: pages read ahead, entries filled
// beside a fault (fault-around, large folios), pages dirtied along with another. Each is found by
// looking, after the touch or the call that brought it, and told as an event.

#pragma once

#include <cstdint>
#include <map>

#include "real/host_parts.h"

namespace real {

class Unasked {
 public:
  explicit Unasked(HostParts& host) : host_(&host) {}

  // After a touch of the origin's page that faulted. Does nothing in exact mode.
  void after_fault(Origin& origin, std::uint64_t page, sim::Access access);
  // After a read() or write() that was about these pages of the file. Does nothing in exact mode.
  void after_call(Inode& inode, sim::PageRange asked);
  // After ftruncate() gave the file this many pages. Does nothing in exact mode.
  void after_truncate(Inode& inode, std::uint64_t pages);
  // A page of a system call's buffer got its entry without a fault of its own.
  void came_along(const Origin& origin, std::uint64_t page);
  // The page table that an address lies in: no fault fills entries of two.
  std::uint64_t table_of(std::uint64_t address) const;
  // Waits until no page of the file is on its way from the disk any more.
  void settle(const Inode& inode) const;

 private:
  void tell_read_ahead(Inode& inode, sim::PageRange asked);
  void tell_dirtied(Inode& inode, sim::PageRange around);
  void tell_replaced(Origin& origin, std::uint64_t page);
  sim::PageRanges present(const Origin& origin, sim::PageRange pages) const;
  void tell_unmapped(const Inode& inode, sim::PageRange near);
  void tell_mapped(Origin& origin, std::uint64_t page, sim::Access access);

  HostParts* host_;
  std::map<std::uint32_t, sim::PageRanges> cached_;  // by object: in the page cache when last seen
};

}  // namespace real

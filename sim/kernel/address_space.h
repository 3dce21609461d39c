// The areas that are mapped, in order of address, and which of them show a given object.

#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "sim/kernel/vma.h"

namespace sim {

class AddressSpace {
 public:
  explicit AddressSpace(Pages span);

  // The area that holds the page, or null.
  const Vma* find(Vpn) const;
  // The first area that ends after the page, or null.
  const Vma* find_from(Vpn) const;
  const std::map<Vpn, Vma>& areas() const { return areas_; }

  // The lowest free range of that many pages with one unmapped page on either side, so that running
  // off an array's end is a fault and not its neighbour's data. Nothing if there is none.
  std::optional<Vpn> find_free(Pages) const;

  // Requires: the range is free.
  void insert(const Vma&);
  // Cuts areas so that none reaches across `at`.
  void split_at(Vpn at);
  // Requires: an area starts there. Its page-table entries are the caller's business.
  void remove(Vpn first);
  // Requires: an area starts there.
  void set_protection(Vpn first, Protection);

  // The area that starts there got a page of its own. Requires: there is one.
  void note_own_page(Vpn first);

  // Where the areas that show an object start, ascending: an inode, or a mapping (that which mmap
  // made: Vma::own_root). The reverse map: objects to areas, and no cost per page.
  const std::vector<Vpn>& areas_of(std::uint32_t object) const;
  bool is_mapped(std::uint32_t object) const { return !areas_of(object).empty(); }

 private:
  void index(std::uint32_t object, Vpn first);
  void unindex(std::uint32_t object, Vpn first);

  Pages span_;
  std::map<Vpn, Vma> areas_;
  std::map<std::uint32_t, std::vector<Vpn>> by_object_;
  Vpn search_from_;  // no free range lies below it
};

}  // namespace sim

// Where evicted pages of anonymous memory keep their bytes: slots in a nameless file in memory,
// which can be mapped in place of a page that went.

#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "real/descriptor.h"
#include "sim/core/units.h"

namespace real {

class SwapArea {
 public:
  explicit SwapArea(sim::Bytes page_size);

  // A number that a forked process inherits. -1: this kernel has no such files.
  int file() const { return file_.number(); }
  // Where the slot's page begins. No two slots are neighbours, so that two pages mapped to them are
  // two mappings, and a fault in one cannot fill the other's entry.
  sim::FileOffset place(std::uint32_t slot) const {
    return sim::FileOffset{2 * std::uint64_t{slot} * page_size_.count};
  }

  // The slot freed last, else the next never used: as the simulated swap area numbers them.
  // Nothing: there is no room for it (errno).
  std::optional<std::uint32_t> store(const std::byte* page);
  std::vector<std::byte> bytes(std::uint32_t slot) const;
  // One more page has its bytes there; the slot is free when as many have freed it.
  void share(std::uint32_t slot) { ++sharers_[slot]; }
  void free(std::uint32_t slot);

 private:
  sim::Bytes page_size_;
  Descriptor file_;
  std::uint32_t used_ = 0;  // slots, ever
  std::vector<std::uint32_t> free_;
  std::map<std::uint32_t, unsigned> sharers_;  // besides the first
};

}  // namespace real

// Where evicted pages of anonymous memory keep their bytes: slots in this process's own memory.

#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <vector>

#include "sim/core/units.h"

namespace real {

class SwapArea {
 public:
  explicit SwapArea(sim::Bytes page_size) : page_size_(page_size) {}

  // The slot freed last, else the next never used: as the simulated swap area numbers them.
  std::uint32_t store(const std::byte* page);
  // Can be called in a signal handler.
  const std::byte* bytes(std::uint32_t slot) const { return slots_[slot].get(); }
  // One more page has its bytes there; the slot is free when as many have freed it.
  void share(std::uint32_t slot) { ++sharers_[slot]; }
  void free(std::uint32_t slot);

 private:
  sim::Bytes page_size_;
  std::vector<std::unique_ptr<std::byte[]>> slots_;
  std::vector<std::uint32_t> free_;
  std::map<std::uint32_t, unsigned> sharers_;  // besides the first
};

}  // namespace real

// A random program of for_each calls over a few mappings: no oracle but another machine.

#pragma once

#include <cstdint>
#include <vector>

#include "sim/core/computer.h"
#include "sim/core/rng.h"

namespace laws {

class WalkProgram {
 public:
  WalkProgram(std::uint64_t seed, std::uint64_t page_size) : rng_(seed), page_size_(page_size) {}
  void step(sim::Computer&);
  // What all mappings hold now, as far as it can be read.
  std::vector<std::byte> memory(sim::Computer&);

 private:
  void map_all(sim::Computer&);
  void walk(sim::Computer&);

  sim::Rng rng_;
  std::uint64_t page_size_;
  std::vector<std::uint64_t> bases_;
};

}  // namespace laws

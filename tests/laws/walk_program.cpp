// Walks with dense, backward, repeated and gapped strides, over arrays that may overlap.

#include "tests/laws/walk_program.h"

#include <doctest/doctest.h>

#include "tests/laws/mix.h"

namespace laws {

using sim::Access;
using sim::Bytes;
using sim::Operand;
using sim::VirtAddr;

namespace {
constexpr std::uint64_t kPagesOfMapping = 6;
}  // namespace

void WalkProgram::map_all(sim::Computer& computer) {
  const Bytes length{kPagesOfMapping * page_size_};
  const auto fd = computer.open("f", {.access = sim::OpenAccess::read_write, .create = true});
  REQUIRE(fd.ok());
  REQUIRE(computer.ftruncate(*fd, length).ok());
  for (int i = 0; i < 4; ++i) {
    sim::MapRequest request;
    if (i > 0) request.file = *fd;  // one anonymous, two shared, one private
    request.length = length;
    request.protection.write = true;
    request.sharing = i == 1 || i == 2 ? sim::Sharing::shared : sim::Sharing::private_copy;
    const auto mapping = computer.mmap(request);
    REQUIRE(mapping.ok());
    bases_.push_back(mapping->base.index);
  }
}

void WalkProgram::step(sim::Computer& computer) {
  if (bases_.empty()) map_all(computer);
  if (rng_.below(8) == 0) {
    CHECK(computer.msync(VirtAddr{bases_[1]}, Bytes{kPagesOfMapping * page_size_}).ok());
  }
  walk(computer);
}

void WalkProgram::walk(sim::Computer& computer) {
  const std::uint64_t count = 1 + rng_.below(100);
  const std::uint64_t reads = rng_.below(4);
  std::vector<Operand> operands(reads + 1 + rng_.below(2));
  for (std::size_t j = 0; j < operands.size(); ++j) {
    Operand& operand = operands[j];
    operand.access = j < reads ? Access::read : Access::write;
    operand.size = 1u << rng_.below(4);
    const std::uint64_t bytes = kPagesOfMapping * page_size_;
    operand.base = VirtAddr{bases_[rng_.below(bases_.size())] + rng_.below(bytes)};
    switch (rng_.below(6)) {
      case 0: operand.stride = 0; break;
      case 1: operand.stride = -static_cast<std::int64_t>(operand.size); break;
      case 2: operand.stride = static_cast<std::int64_t>(rng_.below(41)) - 20; break;
      default: operand.stride = static_cast<std::int64_t>(operand.size); break;
    }
    if (rng_.below(2) == 0) {  // aligned, so that no element straddles
      operand.base.index = operand.base.index / operand.size * operand.size;
    }
  }
  Mix mix(operands);
  (void)computer.for_each(operands, count, mix);
}

std::vector<std::byte> WalkProgram::memory(sim::Computer& computer) {
  std::vector<std::byte> all;
  for (const std::uint64_t base : bases_) {
    std::vector<std::byte> bytes(kPagesOfMapping * page_size_);
    (void)computer.load(VirtAddr{base}, bytes);
    all.insert(all.end(), bytes.begin(), bytes.end());
  }
  return all;
}

}  // namespace laws

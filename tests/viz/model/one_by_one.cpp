// Accesses and elements, a page at a time.

#include "tests/viz/model/one_by_one.h"

#include <algorithm>

namespace viz_tests {

using sim::Access;
using sim::Bytes;
using sim::Outcome;
using sim::VirtAddr;

Outcome OneByOne::load(VirtAddr from, std::span<std::byte> into) {
  while (!into.empty()) {
    const auto n = std::min<std::uint64_t>(into.size(), rest_of_page(from));
    const Outcome outcome = kept(machine_.load(from, into.first(n)));
    if (!outcome.is_done()) return outcome;
    into = into.subspan(n);
    from += Bytes{n};
  }
  return {};
}

Outcome OneByOne::store(VirtAddr to, std::span<const std::byte> from) {
  while (!from.empty()) {
    const auto n = std::min<std::uint64_t>(from.size(), rest_of_page(to));
    const Outcome outcome = kept(machine_.store(to, from.first(n)));
    if (!outcome.is_done()) return outcome;
    from = from.subspan(n);
    to += Bytes{n};
  }
  return {};
}

Outcome OneByOne::for_each(std::span<const sim::Operand> operands, std::uint64_t count,
                           sim::ElementLoop& loop) {
  for (std::uint64_t i = 0; i < count; ++i) {
    std::byte staged[sim::kMostOperands][sim::kLargestElement] = {};
    std::byte* pointers[sim::kMostOperands];
    for (const Access access : {Access::read, Access::write}) {
      if (access == Access::write) loop.run(pointers, 1);
      for (std::size_t j = 0; j < operands.size(); ++j) {
        const sim::Operand& operand = operands[j];
        pointers[j] = staged[j];
        if (operand.access != access) continue;
        const VirtAddr at{operand.base.index + i * static_cast<std::uint64_t>(operand.stride)};
        const std::span<std::byte> bytes(staged[j], operand.size);
        const Outcome outcome = access == Access::read ? load(at, bytes) : store(at, bytes);
        if (!outcome.is_done()) return outcome;
      }
    }
  }
  return {};
}

}  // namespace viz_tests

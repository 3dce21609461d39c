// Law: what a process has mapped, by kind, is what its page table says, and sums to its entries.

#include <doctest/doctest.h>

#include "tests/laws/law_machine.h"
#include "tests/sim/mapped_check.h"

namespace laws {
namespace {

TEST_CASE("the kinds of mapped pages are those of the entries, after every step") {
  for_random_machines(100, [](const sim::MachineConfig& config, std::uint64_t seed) {
    sim::Machine machine(config);
    RandomProgram program(seed, config.page_size.count);
    for (int i = 0; i < 150; ++i) {
      program.step(machine);
      sim::check_mapped(machine);
    }
  });
}

}  // namespace
}  // namespace laws

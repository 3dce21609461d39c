// Law: bytes read are the bytes last written, whatever was evicted, swapped or written back
// between.

#include <doctest/doctest.h>

#include "tests/laws/law_machine.h"

namespace laws {
namespace {

TEST_CASE("what a random program reads is what it last wrote") {
  for_random_machines(400, [](const sim::MachineConfig& config, std::uint64_t seed) {
    sim::Machine machine(config);
    RandomProgram program(seed, config.page_size.count);
    for (int i = 0; i < 150; ++i) {
      program.step(machine);
      if (i % 25 == 24) program.check_files(machine);
    }
  });
}

TEST_CASE("resident pages never exceed the frames, and dirty pages are resident") {
  for_random_machines(100, [](const sim::MachineConfig& config, std::uint64_t seed) {
    sim::Machine machine(config);
    RandomProgram program(seed, config.page_size.count);
    for (int i = 0; i < 150; ++i) {
      program.step(machine);
      const sim::Observation seen = machine.observe();
      std::uint64_t resident = 0;
      for (const sim::FileState& file : seen.files) {
        resident += file.resident.count();
        sim::PageRanges both;
        for (const sim::PageRange& r : file.dirty.ranges()) {
          for (std::uint64_t page = r.first; page < r.end; ++page) {
            CHECK(holds(file.resident, page));
          }
        }
      }
      for (const sim::MemoryState& memory : seen.memory) resident += memory.resident.count();
      CHECK(resident <= config.frames.count);
    }
  });
}

}  // namespace
}  // namespace laws

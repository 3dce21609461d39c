// Laws of the power cut: what may be found afterwards is what an independent, naive account of the
// program allows; what was synced is in every image; and the images are counted right.

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <set>

#include "tests/laws/disk_oracle.h"
#include "tests/laws/law_machine.h"

namespace laws {
namespace {

sim::MachineConfig tiny(sim::Rng& rng) {
  sim::MachineConfig config;
  config.page_size = sim::Bytes{16};
  config.frames = sim::Pages{4 + rng.below(8)};
  config.levels = sim::PageTableShape{{10}};
  config.policy = static_cast<sim::PolicyKind>(rng.below(4));
  config.seed = rng.next();
  return config;
}

NaiveImage naive(const sim::DiskImage& image) {
  NaiveImage result;
  for (const auto& [name, file] : image) {
    result[name] = file.bytes(sim::FileOffset{0}, file.size);
  }
  return result;
}

TEST_CASE("every image drawn is one that the naive account allows, and holds all synced bytes") {
  std::uint64_t drawn = 0, uncertain = 0;
  for (std::uint64_t seed = 0; seed < 150; ++seed) {
    CAPTURE(seed);
    sim::Rng rng(seed);
    sim::Machine machine(tiny(rng));
    DiskOracle program(machine, rng.next());
    for (int i = 0; i < 60; ++i) {
      program.step();
      const sim::DiskRemains remains = machine.after_power_cut();
      if (remains.count().log2() > 0) ++uncertain;
      for (int k = 0; k < 4; ++k, ++drawn) {
        const NaiveImage image = naive(sim::draw(remains, rng));
        CAPTURE(program.log());
        REQUIRE(program.allows(image));
        REQUIRE(program.holds_synced_bytes(image));
      }
    }
  }
  CHECK(drawn > 10'000);
  CHECK(uncertain > 3'000);
}

TEST_CASE("the number of images is that of a brute-force enumeration") {
  std::uint64_t compared = 0, many = 0;
  for (std::uint64_t seed = 0; seed < 400; ++seed) {
    CAPTURE(seed);
    sim::Rng rng(seed + 1'000'000);
    sim::Machine machine(tiny(rng));
    DiskOracle program(machine, rng.next());
    for (int i = 0; i < 12; ++i) {
      program.step();
      CAPTURE(program.log());
      const sim::ImageCount count = machine.after_power_cut().count();
      const auto all = program.enumerate(20'000);
      if (!all) continue;
      REQUIRE(count.decimal() == std::to_string(*all));
      REQUIRE(count.log2() == doctest::Approx(std::log2(static_cast<double>(*all))));
      ++compared;
      if (*all > 100) ++many;
    }
  }
  CHECK(compared > 2'000);
  CHECK(many > 300);
}

}  // namespace
}  // namespace laws

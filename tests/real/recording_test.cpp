// Recording what touches do changes nothing of what they do.

#include "sim/core/rng.h"
#include "tests/real/host_fixture.h"

namespace real {
namespace {

constexpr std::uint64_t kPages = 64;

struct Faults {
  std::uint64_t minor = 0;
  std::uint64_t major = 0;
};

// Loads and stores of memory and of a cold file, a flush, a read into memory.
void touch_everything(HostFixture& f, sim::VirtAddr file, sim::VirtAddr memory) {
  sim::Rng rng(7);
  for (int i = 0; i < 400; ++i) {
    const sim::VirtAddr base = rng.below(2) == 0 ? file : memory;
    const sim::VirtAddr at = base + sim::Bytes{rng.below(kPages * 4096)};
    if (rng.below(2) == 0) {
      f.load(at);
    } else {
      f.store(at, std::byte{1});
    }
    if (i == 200) REQUIRE(f.host().msync(file, sim::Bytes{kPages * 4096}).ok());
  }
}

// What the kernel counted from beginning to end.
[[maybe_unused]] Faults counted(const HostSources& sources, Faults& reported) {
  HostFixture f;
  f.make_file("f", kPages);
  f.make_file("warm", kPages);
  f.start(sources);
  const sim::Bytes length{kPages * 4096};
  const sim::VirtAddr warm = f.map("warm", length, sim::Sharing::shared).base;
  const sim::VirtAddr file = f.map("f", length, sim::Sharing::shared).base;
  const sim::VirtAddr memory = f.map_anonymous(length).base;
  touch_everything(f, warm, warm);  // this process's own memory grows here, not below
  f.events();
  const FaultCounts before = faults_so_far();
  touch_everything(f, file, memory);
  const FaultCounts after = faults_so_far();
  reported = {};
  for (const sim::Event& e : f.events()) {
    if (e.kind == sim::EventKind::fault_minor) ++reported.minor;
    if (e.kind == sim::EventKind::fault_major) ++reported.major;
  }
  return {after.minor - before.minor, after.major - before.major};
}

#ifndef __SANITIZE_ADDRESS__  // its memory faults too, and only the kernel's sum sees those
TEST_CASE("the faults that are reported are those that happen when nothing is recorded") {
  Faults reported, nothing;
  static_cast<void>(counted({}, reported));
  const Faults unseen = counted({.faults = FaultSource::none}, nothing);
  CHECK(nothing.minor + nothing.major == 0);
  CHECK(reported.major == unseen.major);
  CHECK(reported.minor == unseen.minor);
  CHECK(unseen.minor > 100);
}
#endif

}  // namespace
}  // namespace real

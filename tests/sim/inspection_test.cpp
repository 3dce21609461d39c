// What a look into a machine shows, held against what the machine then does.

#include "sim/inspection.h"

#include <doctest/doctest.h>

#include "tests/laws/law_machine.h"
#include "tests/sim/machine_fixture.h"

namespace sim {
namespace {

VirtAddr map_anonymous(TestMachine& machine, std::uint64_t pages) {
  MapRequest request;
  request.length = Bytes{pages * 64};
  request.protection.write = true;
  const auto mapping = machine->mmap(request);
  REQUIRE(mapping.ok());
  return mapping->base;
}

void store(TestMachine& machine, VirtAddr at) {
  const std::byte one{1};
  REQUIRE(machine->store(at, std::span(&one, 1)).is_done());
}

TEST_CASE("a walk shows the address in parts, and ends where nothing is mapped") {
  TestMachine machine;
  const VirtAddr base = map_anonymous(machine, 4);
  const Walk before = walk_of(*machine, base + Bytes{70});
  CHECK(before.entry.is_empty());
  CHECK_FALSE(before.levels.back().is_present);
  store(machine, base + Bytes{70});
  const Walk walk = walk_of(*machine, base + Bytes{70});
  REQUIRE(walk.levels.size() == 3);
  std::uint64_t address = 0;
  for (const WalkLevel& level : walk.levels) {
    CHECK(level.is_present);
    CHECK(level.bits == 4);
    address = address << level.bits | level.index;
  }
  CHECK(address * 64 + walk.offset == (base + Bytes{70}).index);
  CHECK(walk.entry.has(pte_bit::writable | pte_bit::dirty | pte_bit::accessed));
  CHECK(walk_of(*machine, VirtAddr{~std::uint64_t{0}}).entry.is_empty());
}

TEST_CASE("frames show their page, its state and the age that LRU goes by") {
  TestMachine machine(small_config(4));
  const VirtAddr base = map_anonymous(machine, 3);
  for (std::uint64_t page = 0; page < 3; ++page) store(machine, base + Bytes{page * 64});
  const auto frames = frames_of(*machine, Pfn{0}, 100);
  REQUIRE(frames.size() == 4);
  CHECK(frames_in_use(*machine) == 3);
  for (std::uint64_t i = 0; i < 3; ++i) {
    CHECK_FALSE(frames[i].is_free);
    CHECK(frames[i].page.index == i);
    CHECK(frames[i].is_own);
    CHECK(frames[i].is_dirty);  // swap has no copy
    CHECK(frames[i].is_accessed);
    CHECK(frames[i].mappings == 1);
    CHECK(frames[i].uses_of_others_since == 2 - i);
    CHECK(frame_of(*machine, Pfn{i}).page == frames[i].page);
  }
  CHECK(frames[3].is_free);
}

TEST_CASE("the peak of frames is kept by kind, and every time a page gets one is counted") {
  TestMachine machine(small_config(4));
  REQUIRE(machine->install_file("f", std::vector<std::byte>(2 * 64, std::byte{1})).ok());
  const VirtAddr file = machine.map_file("f", Sharing::shared).base;
  CHECK(machine.load(file).is_done());
  CHECK(machine.load(file + Bytes{64}).is_done());
  CHECK(peak_frames(*machine) == FrameCounts{.file = 2, .own = 0, .all = 2});
  const VirtAddr base = map_anonymous(machine, 5);
  for (std::uint64_t page = 0; page < 5; ++page) store(machine, base + Bytes{page * 64});
  CHECK(peak_frames(*machine) == FrameCounts{.file = 2, .own = 4, .all = 4});
  CHECK(frames_taken(*machine) == 7);
  machine->cold_start();
  CHECK(peak_frames(*machine) == FrameCounts{.file = 2, .own = 4, .all = 4});
  CHECK(machine.load(base).is_done());  // back from swap
  CHECK(frames_taken(*machine) == 8);
}

TEST_CASE("a page in swap and its copy in a frame are told apart") {
  TestMachine machine(small_config(2));
  const VirtAddr base = map_anonymous(machine, 3);
  for (std::uint64_t page = 0; page < 3; ++page) store(machine, base + Bytes{page * 64});
  auto swap = swap_of(*machine);
  REQUIRE(swap.size() == 1);
  CHECK(swap[0].page.index == 0);
  CHECK_FALSE(swap[0].is_cached);
  std::byte byte{};
  REQUIRE(machine->load(base, std::span(&byte, 1)).is_done());  // comes back, page 1 goes
  swap = swap_of(*machine);
  REQUIRE(swap.size() == 2);
  CHECK(swap[0].is_cached);
  CHECK(swap[1].page.index == 1);
  CHECK_FALSE(swap[1].is_cached);
}

TEST_CASE("areas show what is mapped where") {
  TestMachine machine;
  REQUIRE(machine->install_sparse_file("f", Bytes{640}).ok());
  const auto fd = machine->open("f", {.access = OpenAccess::read_write});
  MapRequest request;
  request.file = *fd;
  request.length = Bytes{640};
  request.sharing = Sharing::shared;
  const auto mapping = machine->mmap(request);
  const auto areas = areas_of(*machine);
  REQUIRE(areas.size() == 1);
  CHECK(areas[0].first == mapping->base);
  CHECK(areas[0].end == mapping->base + Bytes{640});
  CHECK(areas[0].file == mapping->object);
  CHECK(areas[0].mapping == kNoObject);
}

// The pages evicted from now on, in order, as long as no page is touched again.
std::vector<PageName> evicted_by_fresh_pages(Machine machine, std::uint64_t pages) {
  EventLog log;
  {
    EventStream stream(log);
    machine.attach(&stream);
    MapRequest request;
    request.length = Bytes{pages * machine.page_size().count};
    request.protection.write = true;
    const auto mapping = machine.mmap(request);
    REQUIRE(mapping.ok());
    const std::byte one{1};
    for (std::uint64_t page = 0; page < pages; ++page) {
      const VirtAddr at = mapping->base + Bytes{page * machine.page_size().count};
      (void)machine.store(at, std::span(&one, 1));
    }
  }
  std::vector<PageName> gone;
  for (const Event& event : log.events()) {
    if (event.kind == EventKind::evict) gone.push_back(event.page);
  }
  return gone;
}

TEST_CASE("the next victims are the pages that fresh pages then drive out, by every policy") {
  int compared = 0;
  laws::for_random_machines(120, [&](const MachineConfig& config, std::uint64_t seed) {
    Machine machine(config);
    laws::RandomProgram program(seed, config.page_size.count);
    for (int i = 0; i < 60; ++i) program.step(machine);
    // RANDOM draws anew once a fresh page is among those that may go.
    const bool is_random = config.policy == PolicyKind::random;
    const std::uint64_t in_use = frames_in_use(machine);
    if (in_use < config.frames.count) return;
    const auto order = next_victims(machine, is_random ? 1 : std::min<std::uint64_t>(in_use, 4));
    const auto gone = evicted_by_fresh_pages(machine, order.size());
    REQUIRE(gone.size() == order.size());
    for (std::size_t i = 0; i < order.size(); ++i) {
      CHECK(order[i].page == gone[i]);
      ++compared;
    }
  });
  CHECK(compared > 100);
}

}  // namespace
}  // namespace sim

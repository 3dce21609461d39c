// Few frames: what goes where, and what happens when nothing can go.

#include <doctest/doctest.h>

#include <algorithm>
#include <cerrno>
#include <csignal>

#include "tests/sim/machine_fixture.h"

namespace sim {
namespace {

using Kinds = std::vector<EventKind>;
constexpr auto kAccess = EventKind::access;
constexpr auto kMinor = EventKind::fault_minor;
constexpr auto kMajor = EventKind::fault_major;
constexpr auto kEvict = EventKind::evict;

MachineConfig tight(std::uint64_t frames, std::uint64_t swap) {
  MachineConfig config = small_config(frames);
  config.swap_pages = Pages{swap};
  return config;
}

TEST_CASE("a clean file page is dropped, a dirty one is written to its file first") {
  TestMachine m(tight(1, 0));
  REQUIRE(m->install_file("f", std::vector<std::byte>(192, std::byte{7})).ok());
  const Mapping map = m.map_file("f", Sharing::shared);
  CHECK(m.load(map.base).is_done());
  m.forget_events();
  CHECK(m.store(map.base + Bytes{64}, 1).is_done());
  CHECK(m.kinds() == Kinds{kEvict, EventKind::page_in, kMajor, EventKind::dirty, kAccess});
  CHECK(m.events().at(0).detail == static_cast<std::uint16_t>(Eviction::dropped));
  m.forget_events();
  CHECK(m.load(map.base).is_done());
  CHECK(m.kinds() == Kinds{EventKind::write_back, kEvict, EventKind::page_in, kMajor, kAccess});
  CHECK(m.events().at(0).detail == static_cast<std::uint16_t>(WriteBackReason::eviction));
  CHECK(m.events().at(1).detail == static_cast<std::uint16_t>(Eviction::written_back));
  CHECK(m.bytes("f", Truth::durable).at(64) == std::byte{1});
}

TEST_CASE("an anonymous page goes to swap and back; unchanged since, it is not written again") {
  TestMachine m(tight(1, 4));
  const Mapping map = m.map_memory(128);
  CHECK(m.store(map.base, 5).is_done());
  m.forget_events();
  CHECK(m.store(map.base + Bytes{64}, 6).is_done());
  CHECK(m.kinds() == Kinds{EventKind::swap_out, kEvict, kMinor, kAccess});
  m.forget_events();
  CHECK(m.byte_at(map.base) == 5);
  CHECK(m.kinds() == Kinds{EventKind::swap_out, kEvict, EventKind::swap_in, kMajor, kAccess});
  CHECK(m.events().at(3).detail == fault_detail::swap_in);
  m.forget_events();
  CHECK(m.byte_at(map.base + Bytes{64}) == 6);
  CHECK(m.kinds() == Kinds{kEvict, EventKind::swap_in, kMajor, kAccess});
  CHECK(m.events().at(0).detail == static_cast<std::uint16_t>(Eviction::dropped));
}

TEST_CASE("a store to a page swapped in for a load is noticed, and the page is written again") {
  TestMachine m(tight(1, 4));
  const Mapping map = m.map_memory(128);
  CHECK(m.store(map.base, 5).is_done());
  CHECK(m.store(map.base + Bytes{64}, 6).is_done());
  CHECK(m.byte_at(map.base) == 5);
  m.forget_events();
  CHECK(m.store(map.base, 7).is_done());
  CHECK(m.kinds() == Kinds{kMinor, kAccess});
  CHECK(m.events().at(0).detail == fault_detail::write_notify);
  m.forget_events();
  CHECK(m.load(map.base + Bytes{64}).is_done());
  CHECK(m.count(EventKind::swap_out) == 1);
  CHECK(m.byte_at(map.base) == 7);
}

TEST_CASE("a store that swaps a page in is one fault") {
  TestMachine m(tight(1, 4));
  const Mapping map = m.map_memory(128);
  CHECK(m.store(map.base, 5).is_done());
  CHECK(m.store(map.base + Bytes{64}, 6).is_done());
  m.forget_events();
  CHECK(m.store(map.base, 7).is_done());
  CHECK(m.store(map.base, 8).is_done());
  CHECK(m.kinds() ==
        Kinds{EventKind::swap_out, kEvict, EventKind::swap_in, kMajor, kAccess, kAccess});
}

TEST_CASE("swap full: the policy has to name a file page, older or not") {
  TestMachine m(tight(2, 0));
  REQUIRE(m->install_file("f", std::vector<std::byte>(192, std::byte{7})).ok());
  const Mapping file = m.map_file("f", Sharing::shared);
  const Mapping memory = m.map_memory(64);
  CHECK(m.store(memory.base, 5).is_done());
  for (const std::uint64_t page : {0, 1, 2}) {
    CHECK(m.load(file.base + Bytes{page * 64}).is_done());
  }
  CHECK(m.byte_at(memory.base) == 5);
  CHECK(m.count(EventKind::swap_out) == 0);
  CHECK(m->observe().files.at(0).resident.ranges() == std::vector<PageRange>{{2, 3}});
}

TEST_CASE("memory and swap full: a touch ends in SIGKILL, a system call in ENOMEM") {
  TestMachine m(tight(2, 1));
  const Mapping memory = m.map_memory(5 * 64);
  for (const std::uint64_t page : {0, 1, 2}) {
    CHECK(m.store(memory.base + Bytes{page * 64}).is_done());
  }
  const Outcome outcome = m.store(memory.base + Bytes{3 * 64});
  CHECK(outcome.signal == SIGKILL);
  CHECK(outcome.address == memory.base + Bytes{3 * 64});
  CHECK(m.events().back().kind == EventKind::signal);

  REQUIRE(m->install_file("f", std::vector<std::byte>(64, std::byte{7})).ok());
  const Fd fd = *m->open("f", {});
  std::byte byte{};
  CHECK(m->read(fd, std::span(&byte, 1)).error() == ENOMEM);
  // What is mapped still works.
  CHECK(m.store(memory.base + Bytes{64}).is_done());
}

TEST_CASE("where memory runs out in a read(), the event says which page there was no frame for") {
  TestMachine m(tight(2, 0));
  REQUIRE(m->install_file("f", std::vector<std::byte>(192, std::byte{7})).ok());
  const Mapping map = m.map_memory(192);
  const Fd fd = *m->open("f", {});
  CHECK(m.store(map.base, 1).is_done());
  m.forget_events();
  const auto read = m->read(fd, MemoryBuffer{map.base, Bytes{192}});
  REQUIRE_FALSE(read.ok());
  CHECK(read.error() == ENOMEM);
  const auto killed = std::find_if(m.events().begin(), m.events().end(),
                                   [](const Event& e) { return e.kind == EventKind::signal; });
  REQUIRE(killed != m.events().end());
  CHECK(killed->detail == SIGKILL);
  CHECK(killed->page == PageName{0, 1});
  CHECK(m->touches() == killed->touch + 1);
}

TEST_CASE("freed memory is memory again, swap slots included") {
  TestMachine m(tight(2, 2));
  for (int round = 0; round < 20; ++round) {
    CAPTURE(round);
    const Mapping map = m.map_memory(4 * 64);
    for (const std::uint64_t page : {0, 1, 2, 3}) {
      CHECK(m.store(map.base + Bytes{page * 64}).is_done());
    }
    CHECK(m->munmap(map.base, Bytes{4 * 64}).ok());
  }
}

TEST_CASE("the page a copy is made of is never given up for the copy") {
  for (const PolicyKind policy :
       {PolicyKind::lru, PolicyKind::fifo, PolicyKind::clock, PolicyKind::random}) {
    CAPTURE(name_of(policy));
    MachineConfig config = tight(2, 64);
    config.policy = policy;
    TestMachine m(config);
    REQUIRE(m->install_file("f", std::vector<std::byte>(256, std::byte{7})).ok());
    const Mapping map = m.map_file("f", Sharing::private_copy);
    for (int i = 0; i < 60; ++i) {
      const VirtAddr at = map.base + Bytes{static_cast<std::uint64_t>(i * 7 % 4) * 64};
      REQUIRE(m.store(at, i).is_done());
      REQUIRE(m.byte_at(at) == i);
      REQUIRE(m.byte_at(at + Bytes{1}) == 7);
    }
  }
}

TEST_CASE("one frame cannot hold a page and its copy: SIGKILL, not a wrong byte") {
  TestMachine m(tight(1, 64));
  REQUIRE(m->install_file("f", std::vector<std::byte>(64, std::byte{7})).ok());
  const Mapping map = m.map_file("f", Sharing::private_copy);
  CHECK(m.store(map.base).signal == SIGKILL);
  CHECK(m.byte_at(map.base) == 7);
}

}  // namespace
}  // namespace sim

// Page faults: each rule that was measured on Linux 6.18, as the events of one touch.

#include <doctest/doctest.h>

#include "tests/sim/machine_fixture.h"

namespace sim {
namespace {

using Kinds = std::vector<EventKind>;
constexpr auto kAccess = EventKind::access;
constexpr auto kMinor = EventKind::fault_minor;
constexpr auto kMajor = EventKind::fault_major;
constexpr auto kDirty = EventKind::dirty;
constexpr auto kPageIn = EventKind::page_in;

std::vector<std::byte> filled(std::size_t n, int value = 7) {
  return std::vector<std::byte>(n, static_cast<std::byte>(value));
}

// Two pages of file, cold.
void install(TestMachine& m) { REQUIRE(m->install_file("f", filled(128)).ok()); }

std::uint16_t fault_bits(TestMachine& m) {
  for (const Event& event : m.events()) {
    if (event.kind == kMinor || event.kind == kMajor) return event.detail;
  }
  FAIL("no fault");
  return 0;
}

TEST_CASE("anonymous: a load maps the zero page, a store then takes a frame") {
  TestMachine m;
  const Mapping map = m.map_memory(64);
  m.forget_events();
  CHECK(m.load(map.base).is_done());
  CHECK(m.kinds() == Kinds{kMinor, kAccess});
  CHECK(fault_bits(m) == fault_detail::zero_page);
  CHECK(m->observe().memory.at(0).resident.empty());
  m.forget_events();
  CHECK(m.store(map.base).is_done());
  CHECK(m.kinds() == Kinds{kMinor, kAccess});
  CHECK(fault_bits(m) == fault_detail::zero_page);
  CHECK(m->observe().memory.at(0).resident.count() == 1);
}

TEST_CASE("anonymous: a store first is one minor fault") {
  TestMachine m;
  const Mapping map = m.map_memory(64);
  m.forget_events();
  CHECK(m.store(map.base).is_done());
  CHECK(m.store(map.base).is_done());
  CHECK(m.kinds() == Kinds{kMinor, kAccess, kAccess});
  CHECK(fault_bits(m) == 0);
}

TEST_CASE("shared file: load then store of a cold page is a major fault, then a write-notify") {
  TestMachine m;
  install(m);
  const Mapping map = m.map_file("f", Sharing::shared);
  m.forget_events();
  CHECK(m.load(map.base).is_done());
  CHECK(m.kinds() == Kinds{kPageIn, kMajor, kAccess});
  m.forget_events();
  CHECK(m.store(map.base).is_done());
  CHECK(m.kinds() == Kinds{kMinor, kDirty, kAccess});
  CHECK(fault_bits(m) == fault_detail::write_notify);
}

TEST_CASE("shared file: a hole is a major fault that reads nothing") {
  TestMachine m;
  REQUIRE(m->install_sparse_file("f", Bytes{128}).ok());
  const Mapping map = m.map_file("f", Sharing::shared);
  m.forget_events();
  CHECK(m.load(map.base).is_done());
  CHECK(m.kinds() == Kinds{kMajor, kAccess});
}

TEST_CASE("a second mapping of a cached page takes its own minor faults") {
  TestMachine m;
  install(m);
  const Mapping first = m.map_file("f", Sharing::shared);
  const Mapping second = m.map_file("f", Sharing::shared);
  CHECK(m.store(first.base).is_done());
  m.forget_events();
  CHECK(m.load(second.base).is_done());
  CHECK(m.store(second.base).is_done());
  // The page is dirty already: the write-notify makes the entry writable, the page no dirtier.
  CHECK(m.kinds() == Kinds{kMinor, kAccess, kMinor, kAccess});
  CHECK(first.object == second.object);
}

TEST_CASE("after msync the next store, through each mapping, is noticed once; loads are not") {
  TestMachine m;
  install(m);
  const Mapping map = m.map_file("f", Sharing::shared);
  const Mapping other = m.map_file("f", Sharing::shared);
  CHECK(m.store(map.base).is_done());
  CHECK(m.store(other.base).is_done());
  CHECK(m->msync(map.base, Bytes{64}).ok());
  m.forget_events();
  CHECK(m.load(map.base).is_done());
  CHECK(m.store(map.base).is_done());
  CHECK(m.store(map.base).is_done());
  CHECK(m.kinds() == Kinds{kAccess, kMinor, kDirty, kAccess, kAccess});
  m.forget_events();
  CHECK(m.store(other.base).is_done());
  CHECK(m.kinds() == Kinds{kMinor, kAccess});
}

TEST_CASE("msync writes its own pages, in ascending order, and no others") {
  TestMachine m;
  REQUIRE(m->install_file("f", filled(4 * 64)).ok());
  const Mapping map = m.map_file("f", Sharing::shared);
  for (const std::uint64_t page : {3, 1, 0, 2}) {
    CHECK(m.store(map.base + Bytes{page * 64}).is_done());
  }
  m.forget_events();
  CHECK(m->msync(map.base + Bytes{64}, Bytes{128}).ok());
  std::vector<std::uint32_t> pages;
  for (const Event& event : m.events()) {
    if (event.kind == EventKind::write_back) pages.push_back(event.page.index);
  }
  CHECK(pages == std::vector<std::uint32_t>{1, 2});
  CHECK(m->observe().files.at(0).dirty.count() == 2);
}

TEST_CASE("write() to a mapped clean page dirties it; the next mapped store is still noticed") {
  TestMachine m;
  install(m);
  const Mapping map = m.map_file("f", Sharing::shared);
  CHECK(m.load(map.base).is_done());
  const Fd fd = *m->open("f", {.access = OpenAccess::read_write});
  m.forget_events();
  CHECK(m->write(fd, std::span<const std::byte>(filled(4))).ok());
  CHECK(m.kinds() == Kinds{kDirty, kAccess});
  m.forget_events();
  CHECK(m.store(map.base).is_done());
  CHECK(m.kinds() == Kinds{kMinor, kAccess});
  CHECK(fault_bits(m) == fault_detail::write_notify);
}

TEST_CASE("private file: a store to a cold page is one major fault that takes two frames") {
  TestMachine m;
  install(m);
  const Mapping map = m.map_file("f", Sharing::private_copy);
  m.forget_events();
  CHECK(m.store(map.base).is_done());
  CHECK(m.kinds() == Kinds{kPageIn, kMajor, kAccess});
  CHECK(fault_bits(m) == fault_detail::cow);
  const Observation seen = m->observe();
  CHECK(seen.files.at(0).resident.count() == 1);
  CHECK(seen.files.at(0).dirty.empty());
  CHECK(seen.memory.at(0).resident.count() == 1);
  // The fault is about the file's page, the access about the copy.
  CHECK(m.events().at(1).page.object == seen.files.at(0).object);
  CHECK(m.events().at(2).page.object == map.object);
}

TEST_CASE(
    "private file: load, then store: major, then a minor that copies; the file keeps its bytes") {
  TestMachine m;
  install(m);
  const Mapping map = m.map_file("f", Sharing::private_copy);
  m.forget_events();
  CHECK(m.load(map.base).is_done());
  CHECK(m.store(map.base, 1).is_done());
  CHECK(m.kinds() == Kinds{kPageIn, kMajor, kAccess, kMinor, kAccess});
  CHECK(m.bytes("f", Truth::cache).at(0) == std::byte{7});
  CHECK(m.bytes("f", Truth::program).at(0) == std::byte{1});
}

TEST_CASE("msync of a private mapping does nothing") {
  TestMachine m;
  install(m);
  const Mapping map = m.map_file("f", Sharing::private_copy);
  CHECK(m.store(map.base, 1).is_done());
  m.forget_events();
  CHECK(m->msync(map.base, Bytes{128}).ok());
  CHECK(m.kinds().empty());
}

TEST_CASE("dont_need: a dirty shared page stays in the cache, a private copy is gone") {
  TestMachine m;
  install(m);
  const Mapping shared = m.map_file("f", Sharing::shared);
  CHECK(m.store(shared.base, 5).is_done());
  CHECK(m->madvise(shared.base, Bytes{64}, Advice::dont_need).ok());
  CHECK(m->observe().files.at(0).dirty.count() == 1);
  m.forget_events();
  CHECK(m.byte_at(shared.base) == 5);
  CHECK(m.kinds() == Kinds{kMinor, kAccess});

  const Mapping copy = m.map_file("f", Sharing::private_copy);
  CHECK(m.store(copy.base, 6).is_done());
  CHECK(m->madvise(copy.base, Bytes{64}, Advice::dont_need).ok());
  CHECK(m.byte_at(copy.base) == 5);
  const Mapping memory = m.map_memory(64);
  CHECK(m.store(memory.base, 6).is_done());
  CHECK(m->madvise(memory.base, Bytes{64}, Advice::dont_need).ok());
  CHECK(m.byte_at(memory.base) == 0);
}

TEST_CASE("munmap and exit write nothing; dirty pages stay in the cache") {
  TestMachine m;
  install(m);
  const Mapping map = m.map_file("f", Sharing::shared);
  CHECK(m.store(map.base).is_done());
  m.forget_events();
  CHECK(m->munmap(map.base, Bytes{128}).ok());
  m->exit();
  CHECK(m.kinds().empty());
  CHECK(m->observe().files.at(0).dirty.count() == 1);
  CHECK(m->observe().files.at(0).descriptors.empty());
}

TEST_CASE("mprotect back to writable: a dirty page takes no fault") {
  TestMachine m;
  install(m);
  const Mapping map = m.map_file("f", Sharing::shared);
  CHECK(m.store(map.base).is_done());
  CHECK(m->mprotect(map.base, Bytes{128}, {}).ok());
  CHECK(m.store(map.base).signal == SIGSEGV);
  CHECK(m->mprotect(map.base, Bytes{128}, {.write = true}).ok());
  m.forget_events();
  CHECK(m.store(map.base).is_done());
  CHECK(m.kinds() == Kinds{kAccess});
}

TEST_CASE("with all access taken away even a resident page cannot be loaded from") {
  TestMachine m;
  const Mapping map = m.map_memory(64);
  CHECK(m.store(map.base, 3).is_done());
  CHECK(m->mprotect(map.base, Bytes{64}, {.read = false}).ok());
  CHECK(m.load(map.base).signal == SIGSEGV);
  CHECK(m->mprotect(map.base, Bytes{64}, {.read = true}).ok());
  CHECK(m.byte_at(map.base) == 3);
}

TEST_CASE("signals: outside every mapping, on a read-only one, beyond the file's last page") {
  TestMachine m;
  REQUIRE(m->install_file("f", filled(100)).ok());
  const Fd fd = *m->open("f", {});
  const Mapping map = *m->mmap({.file = fd, .length = Bytes{256}, .sharing = Sharing::shared});
  CHECK(m.byte_at(map.base + Bytes{99}) == 7);
  CHECK(m.byte_at(map.base + Bytes{100}) == 0);  // the rest of the last page reads as zeros
  m.forget_events();
  const Outcome beyond = m.load(map.base + Bytes{130});
  CHECK(beyond.signal == SIGBUS);
  CHECK(beyond.address == map.base + Bytes{130});
  CHECK(m.events().back().kind == EventKind::signal);
  CHECK(m.events().back().page == PageName{map.object, 2});
  CHECK(m.store(map.base).signal == SIGSEGV);
  CHECK(m.load(map.base + Bytes{300}).signal == SIGSEGV);
  CHECK(m.events().back().page.object == kNoObject);
  CHECK(m.load(VirtAddr{0}).signal == SIGSEGV);
  CHECK(m.load(VirtAddr{~std::uint64_t{0}}).signal == SIGSEGV);
}

TEST_CASE("a load that fails half way has touched the pages before, and counts the failed touch") {
  TestMachine m;
  const Mapping map = m.map_memory(64);
  std::vector<std::byte> bytes(100);
  const std::uint64_t before = m->touches();
  const Outcome outcome = m->load(map.base, bytes);
  CHECK(outcome.signal == SIGSEGV);
  CHECK(outcome.address == map.base + Bytes{64});
  CHECK(m->touches() == before + 2);
}

TEST_CASE("stores beyond the end, in the last page, read as zeros once the page is written back") {
  TestMachine m;
  REQUIRE(m->install_file("f", filled(10)).ok());
  const Mapping map = m.map_file("f", Sharing::shared);
  CHECK(m.store(map.base + Bytes{20}, 9).is_done());
  CHECK(m.byte_at(map.base + Bytes{20}) == 9);
  CHECK(m->msync(map.base, Bytes{64}).ok());
  CHECK(m.byte_at(map.base + Bytes{20}) == 0);
}

TEST_CASE("with a TLB, a miss comes before the fault, and a hit tells nothing") {
  MachineConfig config = small_config();
  config.tlb = {.entries = 2, .ways = 2};
  TestMachine m(config);
  const Mapping map = m.map_memory(3 * 64);
  m.forget_events();
  CHECK(m.store(map.base).is_done());
  CHECK(m.store(map.base).is_done());
  CHECK(m.kinds() == Kinds{EventKind::tlb_miss, kMinor, kAccess, kAccess});
  CHECK(m.store(map.base + Bytes{64}).is_done());
  CHECK(m.store(map.base + Bytes{128}).is_done());
  m.forget_events();
  CHECK(m.load(map.base).is_done());  // pushed out by the two others
  CHECK(m.kinds() == Kinds{EventKind::tlb_miss, kAccess});
}

}  // namespace
}  // namespace sim

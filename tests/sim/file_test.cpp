// Files: descriptors, pieces, lengths, names, and the three truths about their bytes.

#include <doctest/doctest.h>

#include "tests/sim/machine_fixture.h"

namespace sim {
namespace {

using Kinds = std::vector<EventKind>;
constexpr auto kAccess = EventKind::access;
constexpr OpenFlags kNew{.access = OpenAccess::read_write, .create = true};

std::vector<std::byte> filled(std::size_t n, int value = 7) {
  return std::vector<std::byte>(n, static_cast<std::byte>(value));
}

TEST_CASE("open: what the flags allow") {
  TestMachine m;
  CHECK(m->open("f", {}).error() == ENOENT);
  CHECK(m->open("", kNew).error() == EINVAL);
  CHECK(m->open("a/b", kNew).error() == EINVAL);
  CHECK(m->open("..", kNew).error() == EINVAL);
  CHECK(m->open(std::string(256, 'x'), kNew).error() == ENAMETOOLONG);
  const Fd fd = *m->open("f", kNew);
  CHECK(fd.number == 3);
  OpenFlags exclusive = kNew;
  exclusive.exclusive = true;
  CHECK(m->open("f", exclusive).error() == EEXIST);
  CHECK(m->write(fd, std::span<const std::byte>(filled(100))).ok());
  OpenFlags truncate = kNew;
  truncate.truncate = true;
  CHECK(m->open("f", truncate)->number == 4);
  CHECK(m->stat("f")->size == Bytes{0});
  CHECK(m->close(fd).ok());
  CHECK(m->close(fd).error() == EBADF);
  CHECK(m->open("f", {})->number == 3);
}

TEST_CASE("read and write refuse a descriptor of the other kind, and append writes at the end") {
  TestMachine m;
  const Fd out = *m->open("f", {.access = OpenAccess::write_only, .create = true, .append = true});
  std::byte byte{};
  CHECK(m->read(out, std::span(&byte, 1)).error() == EBADF);
  CHECK(m->write(out, std::span<const std::byte>(filled(3))).ok());
  CHECK(m->lseek(out, 0, Whence::set)->index == 0);
  CHECK(m->write(out, std::span<const std::byte>(filled(3))).ok());
  CHECK(m->fstat(out)->size == Bytes{6});
  const Fd in = *m->open("f", {});
  CHECK(m->write(in, std::span<const std::byte>(filled(3))).error() == EBADF);
  CHECK(m->ftruncate(in, Bytes{0}).error() == EINVAL);
  CHECK(m->lseek(in, -1, Whence::set).error() == EINVAL);
  CHECK(m->lseek(in, 2, Whence::end)->index == 8);
  CHECK(m->read(in, std::span(&byte, 1))->count == 0);
}

TEST_CASE(
    "a piece of a read() touches the file's page, then the buffer's, which faults in the call") {
  TestMachine m;
  REQUIRE(m->install_file("f", filled(128)).ok());
  const Fd fd = *m->open("f", {});
  const Mapping map = m.map_memory(192);
  m.forget_events();
  const std::uint64_t before = m->touches();
  // 100 bytes to an address 32 bytes into a page: cut at 32 (buffer) and 64 (file) and 96.
  CHECK(m->read(fd, MemoryBuffer{map.base + Bytes{32}, Bytes{100}})->count == 100);
  CHECK(m->touches() - before == 2 * 4);
  CHECK(m.kinds() == Kinds{EventKind::page_in, kAccess, EventKind::fault_minor, kAccess, kAccess,
                           EventKind::fault_minor, kAccess, EventKind::page_in, kAccess, kAccess,
                           kAccess, EventKind::fault_minor, kAccess});
  CHECK(m.events().at(2).detail == fault_detail::in_system_call);
  CHECK(m.events().at(1).operand == 0);
  CHECK(m.events().at(3).operand == 1);
  const Event& call = m.events().back();
  CHECK(call.kind == EventKind::system_call);
  CHECK(call.count == 100);
}

TEST_CASE("a write() reads a page only if it has a disk block and is overwritten in part") {
  TestMachine m;
  REQUIRE(m->install_file("f", filled(192)).ok());
  const Fd fd = *m->open("f", {.access = OpenAccess::read_write});
  m.forget_events();
  CHECK(m->write(fd, std::span<const std::byte>(filled(64 + 10, 1)))->count == 74);
  CHECK(m.kinds() ==
        Kinds{EventKind::dirty, kAccess, EventKind::page_in, EventKind::dirty, kAccess});
  m.forget_events();
  CHECK(m->lseek(fd, 192, Whence::set).ok());
  CHECK(m->write(fd, std::span<const std::byte>(filled(10, 1))).ok());  // a new page
  CHECK(m.kinds() == Kinds{EventKind::dirty, kAccess});
  CHECK(m.bytes("f", Truth::cache).at(74) == std::byte{7});
}

TEST_CASE("a write() from a cold map of the page it goes to has read it when the map faults") {
  // In part of the page: the fault is minor. Of a whole one, which is not read: major.
  for (const bool whole : {false, true}) {
    TestMachine machine;
    REQUIRE(machine->install_file("data.bin", std::vector<std::byte>(64)).ok());
    const VirtAddr base = machine.map_file("data.bin", Sharing::shared).base;
    const Fd fd = *machine->open("data.bin", {.access = OpenAccess::read_write});
    machine.forget_events();
    REQUIRE(machine->write(fd, MemoryBuffer{base, Bytes{whole ? 64u : 10u}}).ok());
    CHECK(machine.count(EventKind::fault_major) == (whole ? 1 : 0));
    CHECK(machine.count(EventKind::fault_minor) == (whole ? 0 : 1));
    CHECK(machine.count(EventKind::page_in) == 1);
  }
}

TEST_CASE("a buffer that cannot be accessed is EFAULT, or the bytes moved before it") {
  TestMachine m;
  REQUIRE(m->install_file("f", filled(128)).ok());
  const Fd fd = *m->open("f", {.access = OpenAccess::read_write});
  const Mapping map = m.map_memory(64);
  CHECK(m->read(fd, MemoryBuffer{map.base + Bytes{64}, Bytes{10}}).error() == EFAULT);
  CHECK(m->read(fd, MemoryBuffer{map.base + Bytes{40}, Bytes{60}})->count == 24);
  CHECK(m->lseek(fd, 0, Whence::current)->index == 24);
  CHECK(m->write(fd, MemoryBuffer{VirtAddr{0}, Bytes{1}}).error() == EFAULT);
}

TEST_CASE("truncating in the middle of a page brings it in, zeroes its rest and makes it dirty") {
  TestMachine m;  // ext4, Linux 6.18, by cachestat
  REQUIRE(m->install_file("f", filled(192)).ok());
  const Fd fd = *m->open("f", {.access = OpenAccess::read_write});
  m.forget_events();
  CHECK(m->ftruncate(fd, Bytes{100}).ok());
  CHECK(m.kinds() == Kinds{EventKind::page_in, EventKind::dirty});
  CHECK(m->observe().files.at(0).resident.ranges() == std::vector<PageRange>{{1, 2}});
  CHECK(m->ftruncate(fd, Bytes{128}).ok());
  CHECK(m.bytes("f", Truth::cache).at(99) == std::byte{7});
  CHECK(m.bytes("f", Truth::cache).at(100) == std::byte{0});
  // At a page's end there is nothing to zero.
  m.forget_events();
  CHECK(m->ftruncate(fd, Bytes{64}).ok());
  CHECK(m.kinds().empty());
}

TEST_CASE("truncating below a mapped page: SIGBUS; growing again: zeros, not the old bytes") {
  TestMachine m;
  REQUIRE(m->install_file("f", filled(128)).ok());
  const Fd fd = *m->open("f", {.access = OpenAccess::read_write});
  for (const Sharing sharing : {Sharing::shared, Sharing::private_copy}) {
    const Mapping map = m.map_file("f", sharing);
    CHECK(m.store(map.base + Bytes{64}, 9).is_done());
    CHECK(m->ftruncate(fd, Bytes{64}).ok());
    CHECK(m.load(map.base + Bytes{64}).signal == SIGBUS);
    CHECK(m->ftruncate(fd, Bytes{128}).ok());
    CHECK(m.byte_at(map.base + Bytes{64}) == 0);
  }
}

TEST_CASE("what was cut off stays on the disk until the length is made durable") {
  TestMachine m;
  REQUIRE(m->install_file("f", filled(128)).ok());
  const Fd fd = *m->open("f", {.access = OpenAccess::read_write});
  CHECK(m->ftruncate(fd, Bytes{64}).ok());
  CHECK(m.bytes("f", Truth::durable).size() == 128);
  CHECK(m->fsync(fd).ok());
  CHECK(m.bytes("f", Truth::durable).size() == 64);
}

TEST_CASE("fsync writes the dirty pages, once") {
  TestMachine m;
  const Fd fd = *m->open("f", kNew);
  CHECK(m->write(fd, std::span<const std::byte>(filled(100))).ok());
  CHECK(m.bytes("f", Truth::durable).empty());
  m.forget_events();
  CHECK(m->fsync(fd).ok());
  CHECK(m.count(EventKind::write_back) == 2);
  CHECK(m.bytes("f", Truth::durable) == filled(100));
  CHECK(m->fsync(fd).ok());
  CHECK(m.count(EventKind::write_back) == 2);
}

TEST_CASE("an unlinked file lives until it is closed and unmapped, then its frames are free") {
  TestMachine m;
  REQUIRE(m->install_file("f", filled(64)).ok());
  const Fd fd = *m->open("f", {.access = OpenAccess::read_write});
  const Mapping map = m.map_file("f", Sharing::shared);
  CHECK(m.store(map.base, 9).is_done());
  CHECK(m->unlink("f").ok());
  CHECK(m->unlink("f").error() == ENOENT);
  CHECK(m->list_files().empty());
  CHECK(m->observe().files.at(0).name.empty());
  const Observation seen = m->observe();
  for (const DescriptorState& open : seen.files.at(0).descriptors) {
    CHECK(m->close(open.fd).ok());
  }
  CHECK(m->close(fd).error() == EBADF);
  CHECK(m.byte_at(map.base) == 9);
  CHECK(m->munmap(map.base, Bytes{64}).ok());
  CHECK(m->observe().files.empty());
}

TEST_CASE("rename replaces the target, whose open descriptors keep the old file") {
  TestMachine m;
  REQUIRE(m->install_file("a", filled(3, 1)).ok());
  REQUIRE(m->install_file("b", filled(3, 2)).ok());
  const Fd old = *m->open("b", {});
  CHECK(m->rename("a", "b").ok());
  CHECK(m->rename("a", "b").error() == ENOENT);
  CHECK(m->list_files() == std::vector<std::string>{"b"});
  CHECK(m.bytes("b", Truth::cache) == filled(3, 1));
  std::byte byte{};
  CHECK(m->read(old, std::span(&byte, 1))->count == 1);
  CHECK(byte == std::byte{2});
}

TEST_CASE("mmap refuses what mmap(2) refuses") {
  TestMachine m;
  REQUIRE(m->install_file("f", filled(64)).ok());
  const Fd in = *m->open("f", {});
  const Fd out = *m->open("f", {.access = OpenAccess::write_only});
  const auto error = [&](const MapRequest& request) { return m->mmap(request).error(); };
  CHECK(error({.length = Bytes{0}}) == EINVAL);
  CHECK(error({.file = in, .offset = FileOffset{32}, .length = Bytes{64}}) == EINVAL);
  CHECK(error({.file = Fd{99}, .length = Bytes{64}}) == EBADF);
  CHECK(error({.file = out, .length = Bytes{64}}) == EACCES);
  const MapRequest shared_store{
      .file = in, .length = Bytes{64}, .protection = {.write = true}, .sharing = Sharing::shared};
  CHECK(error(shared_store) == EACCES);
  MapRequest private_store = shared_store;
  private_store.sharing = Sharing::private_copy;
  CHECK(error(private_store) == 0);
  CHECK(error({.length = Bytes{std::uint64_t{1} << 60}}) == ENOMEM);
  // A shared mapping of a read-only file cannot be made writable afterwards either.
  const Mapping map = *m->mmap({.file = in, .length = Bytes{64}, .sharing = Sharing::shared});
  CHECK(m->mprotect(map.base, Bytes{64}, {.write = true}).error() == EACCES);
  CHECK(m->munmap(map.base + Bytes{1}, Bytes{64}).error() == EINVAL);
  CHECK(m->msync(map.base, Bytes{64 * 3}).error() == ENOMEM);
}

TEST_CASE("a file of 1 PiB is too large, one of 64 GiB costs nothing") {
  MachineConfig config;
  TestMachine m(config);
  const Fd fd = *m->open("f", kNew);
  CHECK(m->ftruncate(fd, Bytes{std::uint64_t{1} << 50}).error() == EFBIG);
  CHECK(m->ftruncate(fd, Bytes{std::uint64_t{64} << 30}).ok());
  const Mapping map = m.map_file("f", Sharing::shared);
  CHECK(m.store(map.base + Bytes{(std::uint64_t{64} << 30) - 1}, 1).is_done());
  CHECK(m->observe().files.at(0).resident.count() == 1);
}

TEST_CASE("a processor's own way of moving bytes within a page is asked for") {
  struct Reversing final : PageCopy {
    void move(std::span<std::byte> page, const MoveInPage& move) override {
      asked.push_back(move);
      for (std::uint64_t i = move.count; i-- > 0;) page[move.to + i] = page[move.from + i];
    }
    std::vector<MoveInPage> asked;
  } copy;
  TestMachine m;
  m->copy_within_pages_as(copy);
  REQUIRE(m->install_file("f", filled(128)).ok());
  const Mapping map = m.map_file("f", Sharing::shared);
  const Fd fd = *m->open("f", {.access = OpenAccess::read_write});
  const auto seek = [&](std::int64_t to) { CHECK(m->lseek(fd, to, Whence::set).ok()); };
  seek(64 + 2);
  CHECK(m->write(fd, MemoryBuffer{map.base + Bytes{64}, Bytes{5}})->count == 5);
  seek(64 + 3);
  CHECK(m->read(fd, MemoryBuffer{map.base + Bytes{64 + 10}, Bytes{20}})->count == 20);
  REQUIRE(copy.asked.size() == 2);
  CHECK(copy.asked[0].call == SystemCall::write);
  CHECK(copy.asked[0].from == 0);
  CHECK(copy.asked[0].to == 2);
  CHECK(copy.asked[1].call == SystemCall::read);
  CHECK(copy.asked[1].from == 3);
  CHECK(copy.asked[1].to == 10);
  CHECK(copy.asked[1].count == 20);
  // Downwards, beside each other, onto the very same bytes, or in two pages: nothing to ask.
  seek(64);
  CHECK(m->write(fd, MemoryBuffer{map.base + Bytes{70}, Bytes{20}})->count == 20);
  seek(64 + 30);
  CHECK(m->write(fd, MemoryBuffer{map.base + Bytes{64}, Bytes{30}})->count == 30);
  seek(64);
  CHECK(m->write(fd, MemoryBuffer{map.base + Bytes{64}, Bytes{64}})->count == 64);
  seek(64);
  CHECK(m->write(fd, MemoryBuffer{map.base, Bytes{64}})->count == 64);
  CHECK(copy.asked.size() == 2);
}

TEST_CASE("bytes that a call moves within a page of the cache move upwards, one by one") {
  TestMachine m;
  const std::vector<std::byte> start{std::byte{1}, std::byte{2}, std::byte{3}, std::byte{4},
                                     std::byte{5}, std::byte{6}, std::byte{7}, std::byte{8}};
  const std::vector<std::byte> repeated{std::byte{1}, std::byte{2}, std::byte{1}, std::byte{2},
                                        std::byte{1}, std::byte{2}, std::byte{1}, std::byte{8}};
  REQUIRE(m->install_file("read", start).ok());
  REQUIRE(m->install_file("written", start).ok());
  const Mapping into = m.map_file("read", Sharing::shared);
  const Fd in = *m->open("read", {});
  CHECK(m->read(in, MemoryBuffer{into.base + Bytes{2}, Bytes{5}})->count == 5);
  CHECK(m.bytes("read", Truth::cache) == repeated);
  const Mapping from = m.map_file("written", Sharing::shared);
  const Fd out = *m->open("written", {.access = OpenAccess::read_write});
  CHECK(m->lseek(out, 2, Whence::set).ok());
  CHECK(m->write(out, MemoryBuffer{from.base, Bytes{5}})->count == 5);
  CHECK(m.bytes("written", Truth::cache) == repeated);
}

TEST_CASE(
    "write() of a cold page onto itself: minor where the kernel has it ready before the copy") {
  TestMachine m;
  REQUIRE(m->install_file("f", filled(128)).ok());
  const Fd fd = *m->open("f", {.access = OpenAccess::read_write});
  CHECK(m->ftruncate(fd, Bytes{192}).ok());  // the last page has no block
  const Mapping map = m.map_file("f", Sharing::shared);
  const auto write_onto_itself = [&](std::uint64_t at, std::uint64_t length) {
    m.forget_events();
    CHECK(m->lseek(fd, static_cast<std::int64_t>(at), Whence::set).ok());
    CHECK(m->write(fd, MemoryBuffer{map.base + Bytes{at}, Bytes{length}})->count == length);
  };
  write_onto_itself(0, 20);
  CHECK(m.count(EventKind::fault_minor) == 1);
  write_onto_itself(64, 64);
  CHECK(m.count(EventKind::fault_major) == 1);
  write_onto_itself(128, 64);
  CHECK(m.count(EventKind::fault_minor) == 1);
  CHECK(m.count(EventKind::page_in) == 0);
}

TEST_CASE("cold_start: everything is on the disk, nothing in memory, nothing told") {
  TestMachine m;
  const Fd fd = *m->open("f", kNew);
  CHECK(m->write(fd, std::span<const std::byte>(filled(100))).ok());
  m->exit();
  m.forget_events();
  m->cold_start();
  CHECK(m.events().empty());
  CHECK(m->observe().files.at(0).resident.empty());
  CHECK(m.bytes("f", Truth::durable) == filled(100));
  const Mapping map = m.map_file("f", Sharing::shared);
  m.forget_events();
  CHECK(m.load(map.base).is_done());
  CHECK(m.count(EventKind::page_in) == 1);
}

TEST_CASE("a copy of a machine has no stream") {
  TestMachine m;
  Machine copy(*m);
  CHECK(copy.open("g", kNew).ok());
  CHECK(m.events().empty());
  CHECK(m->list_files().empty());
}

}  // namespace
}  // namespace sim

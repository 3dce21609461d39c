// A disk that cannot read, cannot write, or is full: what the program gets, and what is lost.

#include <doctest/doctest.h>

#include "tests/sim/machine_fixture.h"

namespace sim {
namespace {

std::vector<std::byte> filled(std::size_t n, int value = 7) {
  return std::vector<std::byte>(n, static_cast<std::byte>(value));
}

MachineConfig bad(BadPages::When when, std::uint64_t first, std::uint64_t end) {
  MachineConfig config = small_config(8);
  config.bad_pages = {{when, "f", PgOff{first}, PgOff{end}}};
  return config;
}

constexpr OpenFlags kReadWrite{.access = OpenAccess::read_write};
constexpr OpenFlags kNew{.access = OpenAccess::read_write, .create = true};

TEST_CASE("a page that cannot be read: EIO from read(), SIGBUS through a mapping, and only there") {
  TestMachine m(bad(BadPages::When::read, 1, 2));
  REQUIRE(m->install_file("f", filled(192)).ok());
  REQUIRE(m->install_file("g", filled(192)).ok());
  const VirtAddr f = m.map_file("f", Sharing::shared).base;
  CHECK(m.load(f).is_done());
  m.forget_events();
  CHECK(m.load(f + Bytes{64}).signal == SIGBUS);
  CHECK(m.kinds() == std::vector<EventKind>{EventKind::disk_error, EventKind::signal});
  CHECK(m.store(f + Bytes{64}).signal == SIGBUS);
  CHECK(m.load(f + Bytes{128}).is_done());
  CHECK(m.load(m.map_file("g", Sharing::shared).base + Bytes{64}).is_done());
  std::vector<std::byte> buffer(192);
  CHECK(m->read(Fd{3}, std::span(buffer))->count == 64);
  CHECK(m->read(Fd{3}, std::span(buffer)).error() == EIO);
  CHECK(m->lseek(Fd{3}, 70, Whence::set).ok());
  CHECK(m->write(Fd{3}, std::span<const std::byte>(filled(1))).error() == EIO);  // read first
  CHECK(m->lseek(Fd{3}, 64, Whence::set).ok());
  CHECK(m->write(Fd{3}, std::span<const std::byte>(filled(64, 1)))->count == 64);  // not read
  CHECK(m.byte_at(f + Bytes{64}) == 1);
}

TEST_CASE("a write-back that fails is reported once, by the next sync, to each opener") {
  TestMachine m(bad(BadPages::When::write, 0, 1));
  REQUIRE(m->install_file("f", filled(128)).ok());
  const Mapping map = m.map_file("f", Sharing::shared);  // opened as 3
  const Fd other = *m->open("f", kReadWrite);
  CHECK(m.store(map.base, 1).is_done());
  CHECK(m.store(map.base + Bytes{64}, 1).is_done());
  CHECK(m->fsync(other).error() == EIO);
  CHECK(m->fsync(other).ok());
  CHECK(m->msync(map.base, Bytes{64}).error() == EIO);
  CHECK(m->msync(map.base, Bytes{64}).ok());
  CHECK(m->fsync(Fd{3}).ok());  // the mapping was made through it: the same opener
  const Fd later = *m->open("f", kReadWrite);
  CHECK(m->fsync(later).ok());  // somebody has heard of it
  CHECK(m.count(EventKind::write_back) == 1);
  CHECK(m.count(EventKind::disk_error) == 1);
}

TEST_CASE("an error that nobody has heard of is told to who opens the file later") {
  TestMachine m(bad(BadPages::When::write, 0, 8));
  REQUIRE(m->install_file("f", filled(64)).ok());
  REQUIRE(m->install_file("g", filled(1024)).ok());
  const Mapping f = m.map_file("f", Sharing::shared);
  CHECK(m.store(f.base, 1).is_done());
  const Mapping g = m.map_file("g", Sharing::shared);
  for (std::uint64_t page = 0; page < 8; ++page) CHECK(m.load(g.base + Bytes{page * 64}).is_done());
  CHECK(m.count(EventKind::disk_error) == 1);  // evicted, and not written
  const Fd later = *m->open("f", kReadWrite);
  CHECK(m->fsync(later).error() == EIO);
  CHECK(m->fsync(later).ok());
  CHECK(m.byte_at(f.base) == 7);  // the store is lost: the page came back from the disk
}

TEST_CASE("a page that could not be written is clean, and not on the disk") {
  TestMachine m(bad(BadPages::When::write, 0, 1));
  REQUIRE(m->install_file("f", filled(64)).ok());
  const Mapping map = m.map_file("f", Sharing::shared);
  CHECK(m.store(map.base, 1).is_done());
  CHECK(m->msync(map.base, Bytes{64}).error() == EIO);
  CHECK(m->observe().files.at(0).dirty.empty());
  CHECK(m.byte_at(map.base) == 1);
  CHECK(m.bytes("f", Truth::durable).at(0) == std::byte{7});
  CHECK(m->after_power_cut().count().decimal() == "1");
}

TEST_CASE("a full disk: ENOSPC from write() after what fits, SIGBUS on a hole through a mapping") {
  MachineConfig config = small_config();
  config.disk_room = Pages{2};
  TestMachine m(config);
  REQUIRE(m->install_file("f", filled(64)).ok());
  const Fd fd = *m->open("f", kReadWrite);
  CHECK(m->ftruncate(fd, Bytes{64 * 5}).ok());  // holes take no room
  const Mapping map = m.map_file("f", Sharing::shared);
  CHECK(m.store(map.base).is_done());              // has a block
  CHECK(m.store(map.base + Bytes{64}).is_done());  // takes the first
  CHECK(m.store(map.base + Bytes{64}).is_done());  // once
  const Fd g = *m->open("g", kNew);
  CHECK(m->write(g, std::span<const std::byte>(filled(100)))->count == 64);
  CHECK(m->write(g, std::span<const std::byte>(filled(100))).error() == ENOSPC);
  CHECK(m.load(map.base + Bytes{128}).is_done());
  CHECK(m.store(map.base + Bytes{128}).signal == SIGBUS);  // write-notify
  CHECK(m.store(map.base + Bytes{192}).signal == SIGBUS);  // never touched before
  CHECK(m->fsync(fd).ok());
  CHECK(m.store(map.base + Bytes{64}).is_done());
}

TEST_CASE("truncating and removing files makes room again") {
  MachineConfig config = small_config();
  config.disk_room = Pages{2};
  TestMachine m(config);
  const Fd fd = *m->open("f", kNew);
  CHECK(m->write(fd, std::span<const std::byte>(filled(200)))->count == 128);
  CHECK(m->fsync(fd).ok());
  CHECK(m->ftruncate(fd, Bytes{64}).ok());
  const Fd g = *m->open("g", kNew);
  CHECK(m->write(g, std::span<const std::byte>(filled(200)))->count == 64);
  CHECK(m->ftruncate(g, Bytes{0}).ok());  // still dirty: only its promised room goes
  CHECK(m->unlink("f").ok());
  CHECK(m->close(fd).ok());
  CHECK(m->lseek(g, 0, Whence::set).ok());
  CHECK(m->write(g, std::span<const std::byte>(filled(200)))->count == 128);
}

}  // namespace
}  // namespace sim

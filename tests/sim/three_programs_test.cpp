// The narrow way through the machine: what the three programs of the first lesson do to it.

#include <doctest/doctest.h>

#include <array>
#include <cstring>

#include "tests/sim/machine_fixture.h"

namespace sim {
namespace {

constexpr std::array<std::int32_t, 4> kNumbers{0, 1, 2, 3};
const std::span<const std::byte> kBytes = std::as_bytes(std::span(kNumbers));

TEST_CASE("tofile: what was written is in the cache, dirty, and not on the disk") {
  TestMachine m;
  const Fd fd = *m->open("data.bin", {.access = OpenAccess::write_only, .create = true});
  CHECK(m->write(fd, kBytes)->count == 16);
  CHECK(m->close(fd).ok());

  CHECK(m.count(EventKind::page_in) == 0);
  CHECK(m->observe().files.at(0).dirty.count() == 1);
  CHECK(m.bytes("data.bin", Truth::cache).size() == 16);
  CHECK(m.bytes("data.bin", Truth::durable).empty());
}

TEST_CASE("memmap: storing two elements and flushing touches and writes back one page") {
  TestMachine m;
  CHECK(m->install_file("data.bin", kBytes).ok());
  const Fd fd = *m->open("data.bin", {.access = OpenAccess::read_write});
  const Mapping map = *m->mmap(
      {.file = fd, .length = Bytes{16}, .protection = {.write = true}, .sharing = Sharing::shared});
  const std::array<std::byte, 4> zero{};
  CHECK(m->store(map.base + Bytes{8}, zero).is_done());
  CHECK(m->store(map.base + Bytes{12}, zero).is_done());
  CHECK(m->msync(map.base, Bytes{16}).ok());

  CHECK(m.kinds() == std::vector<EventKind>{EventKind::page_in, EventKind::fault_major,
                                            EventKind::dirty, EventKind::access, EventKind::access,
                                            EventKind::write_back});
  const std::array<std::int32_t, 4> expected{0, 1, 0, 0};
  std::vector<std::byte> wanted(16);
  std::memcpy(wanted.data(), expected.data(), 16);
  CHECK(m.bytes("data.bin", Truth::durable) == wanted);
}

}  // namespace
}  // namespace sim

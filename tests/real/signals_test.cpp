// Accesses that end in a signal come back as outcomes, and the process goes on.

#include <signal.h>

#include "tests/real/host_fixture.h"

namespace real {
namespace {

TEST_CASE("a page past the end of the file is SIGBUS, with the byte") {
  HostFixture f;
  f.make_file("f", 1);
  const sim::Mapping m = f.map("f", sim::Bytes{8192}, sim::Sharing::shared);
  std::byte into[4];
  const sim::VirtAddr past = m.base + sim::Bytes{4096 + 100};
  const sim::Outcome outcome = f.host().load(past, into);
  CHECK(outcome.signal == SIGBUS);
  CHECK(outcome.address == past);
  CHECK(names_of(f.events()) == Names{"signal 0:1"});
  CHECK(f.load(m.base) == std::byte{1});
}

TEST_CASE("a store to a read-only mapping is SIGSEGV, with the byte") {
  HostFixture f;
  f.make_file("f", 1);
  const sim::Mapping m = f.map("f", kPage, sim::Sharing::shared, kReadOnly);
  const std::byte value{1};
  const sim::VirtAddr at = m.base + sim::Bytes{17};
  const sim::Outcome outcome = f.host().store(at, std::span(&value, 1));
  CHECK(outcome.signal == SIGSEGV);
  CHECK(outcome.address == at);
}

TEST_CASE("mprotect takes writing away and gives it back without a fault on a dirty page") {
  HostFixture f;
  const sim::Mapping m = f.map_anonymous(kPage);
  f.store(m.base, std::byte{1});
  REQUIRE(f.host().mprotect(m.base, kPage, kReadOnly).ok());
  const std::byte value{2};
  CHECK(f.host().store(m.base, std::span(&value, 1)).signal == SIGSEGV);
  REQUIRE(f.host().mprotect(m.base, kPage, kReadWrite).ok());
  f.events();
  f.store(m.base, value);
  CHECK(names_of(f.events()) == Names{"access 0:0"});
}

TEST_CASE("after munmap its addresses are SIGSEGV, and the rest of the mapping stays") {
  HostFixture f;
  const sim::Mapping m = f.map_anonymous(sim::Bytes{3 * 4096});
  f.store(m.base + sim::Bytes{2 * 4096}, std::byte{5});
  REQUIRE(f.host().munmap(m.base + kPage, kPage).ok());
  std::byte into[1];
  CHECK(f.host().load(m.base + kPage, into).signal == SIGSEGV);
  CHECK(f.load(m.base + sim::Bytes{2 * 4096}) == std::byte{5});
  CHECK(f.host().observe().memory.at(0).resident.ranges() == std::vector<sim::PageRange>{{2, 3}});
  CHECK(f.host().msync(m.base, sim::Bytes{3 * 4096}).error() == ENOMEM);
  CHECK(f.host().munmap(m.base + sim::Bytes{1}, kPage).error() == EINVAL);
}

TEST_CASE("this process's own memory is out of a program's reach") {
  HostFixture f;
  std::byte ours{42};
  const std::byte value{1};
  const sim::VirtAddr at{reinterpret_cast<std::uint64_t>(&ours)};
  CHECK(f.host().store(at, std::span(&value, 1)).signal == SIGSEGV);
  CHECK(ours == std::byte{42});
}

}  // namespace
}  // namespace real

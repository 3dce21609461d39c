// Program 3's system calls and every kind of fault, against the kernel.

#include "tests/real/host_fixture.h"

namespace real {
namespace {

constexpr std::byte kSeven{7};

TEST_CASE("program 3: one major fault for the store, one page written back by msync") {
  HostFixture f;
  const sim::Fd made = *f.host().open("data.bin", kCreate);
  REQUIRE(f.host().write(made, bytes_of_text("0123456789abcdef")).ok());
  REQUIRE(f.host().close(made).ok());
  CHECK(names_of(f.events()) == Names{"open", "dirty 0:0", "access 0:0", "write", "close"});

  f.start();
  const sim::Mapping mapping = f.map("data.bin", sim::Bytes{16}, sim::Sharing::shared);
  CHECK(mapping.object == 0);
  const auto eight = bytes_of_text("ABCDEFGH");
  REQUIRE(f.host().store(mapping.base + sim::Bytes{8}, eight).is_done());
  CHECK(names_of(f.events()) == Names{"page_in 0:0", "fault_major 0:0", "dirty 0:0", "access 0:0"});
  REQUIRE(f.host().msync(mapping.base, sim::Bytes{16}).ok());
  CHECK(names_of(f.events()) == Names{"write_back 0:0", "msync"});
}

TEST_CASE("a load and then a store of a shared page take two faults, the second write-notify") {
  HostFixture f;
  f.make_file("f", 2);
  f.start();
  const sim::Mapping m = f.map("f", sim::Bytes{8192}, sim::Sharing::shared);
  CHECK(f.load(m.base + kPage) == std::byte{2});
  CHECK(names_of(f.events()) == Names{"page_in 0:1", "fault_major 0:1", "access 0:1"});
  f.store(m.base + kPage, kSeven);
  CHECK(names_of(f.events()) == Names{"fault_minor 0:1 write_notify", "dirty 0:1", "access 0:1"});
  f.store(m.base + kPage, kSeven);
  CHECK(names_of(f.events()) == Names{"access 0:1"});
}

TEST_CASE("a store after msync faults again, once") {
  HostFixture f;
  f.make_file("f", 1);
  const sim::Mapping m = f.map("f", kPage, sim::Sharing::shared);
  f.store(m.base, kSeven);
  REQUIRE(f.host().msync(m.base, kPage).ok());
  f.events();
  f.store(m.base, kSeven);
  CHECK(names_of(f.events()) == Names{"fault_minor 0:0 write_notify", "dirty 0:0", "access 0:0"});
  f.store(m.base, kSeven);
  CHECK(names_of(f.events()) == Names{"access 0:0"});
}

TEST_CASE("fsync of the descriptor cleans the mapping's pages too") {
  HostFixture f;
  f.make_file("f", 3);
  const sim::Fd fd = *f.host().open("f", kReadWriteFile);
  REQUIRE(f.host().fsync(fd).ok());
  const sim::Mapping m = f.map("f", sim::Bytes{3 * 4096}, sim::Sharing::shared);
  f.store(m.base, kSeven);
  f.store(m.base + sim::Bytes{2 * 4096}, kSeven);
  f.events();
  REQUIRE(f.host().fsync(fd).ok());
  CHECK(names_of(f.events()) == Names{"write_back 0:0", "write_back 0:2", "fsync"});
  f.store(m.base, kSeven);
  CHECK(names_of(f.events()) == Names{"fault_minor 0:0 write_notify", "dirty 0:0", "access 0:0"});
}

TEST_CASE("a private mapping copies a page at its first store, and the file stays as it was") {
  HostFixture f;
  f.make_file("f", 2);
  f.start();
  const sim::Mapping m = f.map("f", sim::Bytes{8192}, sim::Sharing::private_copy);
  CHECK(m.object == 1);  // it owns its copies
  SUBCASE("after a load: a minor fault more") {
    f.load(m.base);
    CHECK(names_of(f.events()) == Names{"page_in 0:0", "fault_major 0:0", "access 0:0"});
    f.store(m.base, kSeven);
    CHECK(names_of(f.events()) == Names{"fault_minor 0:0 cow", "access 1:0"});
  }
  SUBCASE("cold: one major fault does both") {
    f.store(m.base, kSeven);
    CHECK(names_of(f.events()) == Names{"page_in 0:0", "fault_major 0:0 cow", "access 1:0"});
  }
  f.store(m.base, kSeven);
  CHECK(names_of(f.events()) == Names{"access 1:0"});
  const auto file = f.host().bytes_of("f", sim::Truth::cache, {}, sim::Bytes{1});
  CHECK(file.bytes.value().at(0) == std::byte{1});
  const auto program = f.host().bytes_of("f", sim::Truth::program, {}, sim::Bytes{1});
  CHECK(program.bytes.value().at(0) == kSeven);
}

TEST_CASE("untouched anonymous memory: a load maps the zero page, a store then replaces it") {
  HostFixture f;
  const sim::Mapping m = f.map_anonymous(sim::Bytes{8192});
  CHECK(f.load(m.base) == std::byte{0});
  CHECK(names_of(f.events()) == Names{"fault_minor 0:0 zero_page", "access 0:0"});
  CHECK(f.host().observe().memory.at(0).resident.count() == 0);
  f.store(m.base, kSeven);
  CHECK(names_of(f.events()) == Names{"fault_minor 0:0 zero_page", "access 0:0"});
  f.store(m.base + kPage, kSeven);
  CHECK(names_of(f.events()) == Names{"fault_minor 0:1", "access 0:1"});
  CHECK(f.host().observe().memory.at(0).resident.count() == 2);
}

TEST_CASE("two mappings of a file share its page and fault each on their own") {
  HostFixture f;
  f.make_file("f", 1);
  f.start();
  const sim::Mapping a = f.map("f", kPage, sim::Sharing::shared);
  const sim::Mapping b = f.map("f", kPage, sim::Sharing::shared);
  CHECK(a.object == b.object);
  f.store(a.base, kSeven);
  f.events();
  CHECK(f.load(b.base) == kSeven);
  CHECK(names_of(f.events()) == Names{"fault_minor 0:0", "access 0:0"});
  f.store(b.base, kSeven);
  CHECK(names_of(f.events()) == Names{"fault_minor 0:0 write_notify", "access 0:0"});
}

TEST_CASE("a load of a hole is a major fault that reads nothing") {
  HostFixture f;
  const sim::Fd fd = *f.host().open("sparse", kCreate);
  REQUIRE(f.host().ftruncate(fd, sim::Bytes{4 * 4096}).ok());
  const sim::Mapping m = f.map("sparse", sim::Bytes{4 * 4096}, sim::Sharing::shared);
  f.load(m.base + kPage);
  CHECK(names_of(f.events()) == Names{"fault_major 0:1", "access 0:1"});
}

TEST_CASE("MADV_DONTNEED makes a shared page fault again, with the store still there") {
  HostFixture f;
  f.make_file("f", 1);
  const sim::Mapping m = f.map("f", kPage, sim::Sharing::shared);
  f.store(m.base, kSeven);
  REQUIRE(f.host().madvise(m.base, kPage, sim::Advice::dont_need).ok());
  f.events();
  CHECK(f.load(m.base) == kSeven);
  CHECK(names_of(f.events()) == Names{"fault_minor 0:0", "access 0:0"});
}

TEST_CASE("one fault is one page, however many neighbours are in the page cache") {
  HostFixture f;
  f.make_file("f", 64);  // all in the page cache
  const sim::Mapping m = f.map("f", sim::Bytes{64 * 4096}, sim::Sharing::shared);
  for (std::uint64_t p = 0; p < 64; ++p) f.load(m.base + sim::Bytes{p * 4096});
  const auto faults = f.events(sim::EventKind::fault_minor).size();
  CHECK(faults == 64);
}

TEST_CASE("an access that crosses a page is two touches") {
  HostFixture f;
  const sim::Mapping m = f.map_anonymous(sim::Bytes{8192});
  std::byte eight[8];
  REQUIRE(f.host().load(m.base + sim::Bytes{4092}, eight).is_done());
  CHECK(f.host().touches() == 2);
  CHECK(names_of(f.events()) == Names{"fault_minor 0:0 zero_page", "access 0:0",
                                      "fault_minor 0:1 zero_page", "access 0:1"});
}

}  // namespace
}  // namespace real

// read() and write() by pieces, names, descriptors, sizes.

#include <algorithm>

#include "real/kernel_copy.h"
#include "sim/machine.h"
#include "tests/real/host_fixture.h"

namespace real {
namespace {

TEST_CASE("a cold read() into fresh memory brings in the file's pages and faults the buffer's") {
  HostFixture f;
  f.make_file("f", 2);
  f.start();
  const sim::Mapping buffer = f.map_anonymous(sim::Bytes{8192});
  const sim::Fd fd = *f.host().open("f", {});
  f.events();
  const auto moved = f.host().read(fd, sim::MemoryBuffer{buffer.base, sim::Bytes{8192}});
  CHECK(moved->count == 8192);
  CHECK(names_of(f.events()) == Names{"page_in 0:0", "access 0:0", "fault_minor 1:0 in_system_call",
                                      "access 1:0", "page_in 0:1", "access 0:1",
                                      "fault_minor 1:1 in_system_call", "access 1:1", "read"});
  CHECK(f.host().touches() == 4);
  CHECK(f.load(buffer.base + kPage) == std::byte{2});
}

TEST_CASE("pieces end at the pages of the file and at those of the buffer") {
  HostFixture f;
  f.make_file("f", 2);
  const sim::Mapping buffer = f.map_anonymous(sim::Bytes{8192});
  const sim::Fd fd = *f.host().open("f", {});
  f.events();
  const sim::MemoryBuffer into{buffer.base + sim::Bytes{2048}, sim::Bytes{4096 + 2048}};
  CHECK(f.host().read(fd, into)->count == 4096 + 2048);
  // file 0 + buffer 0; file 0 + buffer 1; file 1 + buffer 1
  CHECK(f.host().touches() == 2 + 6);  // making the file took two
  CHECK(f.events(sim::EventKind::system_call).size() == 1);
}

TEST_CASE("read() stops at the end of the file and moves the position") {
  HostFixture f;
  const sim::Fd fd = *f.host().open("f", kCreate);
  REQUIRE(f.host().write(fd, bytes_of_text("hello")).ok());
  CHECK(f.host().lseek(fd, 1, sim::Whence::set)->index == 1);
  std::byte into[16];
  CHECK(f.host().read(fd, into)->count == 4);
  CHECK(f.host().read(fd, into)->count == 0);
  CHECK(f.host().lseek(fd, 0, sim::Whence::current)->index == 5);
}

// A file of one page and a map of it.
struct OwnPage {
  explicit OwnPage(sim::Computer& on) : computer(on) {
    fd = *computer.open("own", kCreate);
    REQUIRE(computer.write(fd, std::span<const std::byte>(start())).ok());
    map = *computer.mmap(
        {.file = fd, .length = kPage, .protection = kReadWrite, .sharing = sim::Sharing::shared});
  }
  static std::vector<std::byte> start() {
    std::vector<std::byte> bytes(kPage.count);
    for (std::size_t i = 0; i < bytes.size(); ++i) {
      bytes[i] = static_cast<std::byte>(i * 131 + 7 * (i >> 8));
    }
    return bytes;
  }
  // The page after the move, made from the same bytes each time.
  std::vector<std::byte> after(const sim::MoveInPage& move) {
    REQUIRE(computer.store(map.base, start()).is_done());
    const bool reads = move.call == sim::SystemCall::read;
    const auto at = static_cast<std::int64_t>(reads ? move.from : move.to);
    REQUIRE(computer.lseek(fd, at, sim::Whence::set).ok());
    const sim::MemoryBuffer memory{map.base + sim::Bytes{reads ? move.to : move.from},
                                   sim::Bytes{move.count}};
    REQUIRE((reads ? computer.read(fd, memory) : computer.write(fd, memory))->count == move.count);
    std::vector<std::byte> bytes(kPage.count);
    REQUIRE(computer.load(map.base, bytes).is_done());
    return bytes;
  }

  sim::Computer& computer;
  sim::Fd fd;
  sim::Mapping map;
};

TEST_CASE("bytes that a call moves within a page: this processor's way is told to the other") {
  HostFixture f;
  OwnPage real(f.host());
  sim::Machine machine{sim::MachineConfig{}};
  const auto copy = KernelCopy::make();
  REQUIRE(copy != nullptr);
  machine.copy_within_pages_as(*copy);
  OwnPage simulated(machine);
  int moves = 0;
  for (const auto call : {sim::SystemCall::read, sim::SystemCall::write}) {
    for (std::uint64_t distance = 1; distance < 2000; distance += 1 + distance / 6) {
      for (std::uint64_t count = distance + 1; count < 2000; count += 1 + count / 5) {
        for (const bool is_up : {true, false}) {
          const std::uint64_t low = 3 + moves % 61;
          const sim::MoveInPage move{call, is_up ? low : low + distance,
                                     is_up ? low + distance : low, count};
          CAPTURE(distance);
          CAPTURE(count);
          CAPTURE(is_up);
          // An interrupt in the middle of the instruction gives other bytes: seldom, and not twice.
          bool is_alike = false;
          for (int i = 0; i < 4 && !is_alike; ++i)
            is_alike = real.after(move) == simulated.after(move);
          CHECK(is_alike);
          ++moves;
        }
      }
    }
  }
  CHECK(moves > 1000);
}

TEST_CASE(
    "write() of a cold page onto itself: minor where the kernel has it ready before the copy") {
  HostFixture f;
  f.make_file("f", 2);
  f.start();
  const sim::Fd fd = *f.host().open("f", kReadWriteFile);
  REQUIRE(f.host().ftruncate(fd, sim::Bytes{3 * 4096}).ok());  // the last page has no block
  const sim::Mapping map = f.map("f", sim::Bytes{3 * 4096}, sim::Sharing::shared);
  const auto faults_of = [&](std::uint64_t page, std::uint64_t length) {
    const auto at = static_cast<std::int64_t>(page * 4096);
    REQUIRE(f.host().lseek(fd, at, sim::Whence::set).ok());
    f.events();
    const sim::MemoryBuffer from{map.base + sim::Bytes{page * 4096}, sim::Bytes{length}};
    REQUIRE(f.host().write(fd, from).ok());
    return names_of(f.events()).front();
  };
  CHECK(faults_of(0, 100) == "fault_minor 0:0 in_system_call");
  CHECK(faults_of(1, 4096) == "page_in 0:1");  // major, and it is read for that
  CHECK(faults_of(2, 4096) == "fault_minor 0:2 in_system_call");
}

TEST_CASE("write() of part of a cold page reads it first, of a whole page does not") {
  HostFixture f;
  f.make_file("f", 2);
  f.start();
  const sim::Fd fd = *f.host().open("f", kReadWriteFile);
  f.events();
  REQUIRE(f.host().write(fd, bytes_of_text("x")).ok());
  CHECK(names_of(f.events()) == Names{"page_in 0:0", "dirty 0:0", "access 0:0", "write"});
  REQUIRE(f.host().lseek(fd, 4096, sim::Whence::set).ok());
  f.events();
  const std::vector<std::byte> page(kPage.count);
  REQUIRE(f.host().write(fd, page).ok());
  CHECK(names_of(f.events()) == Names{"dirty 0:1", "access 0:1", "write"});
}

TEST_CASE("write() from untouched memory maps the zero page, and the buffer comes first") {
  HostFixture f;
  const sim::Mapping buffer = f.map_anonymous(kPage);
  const sim::Fd fd = *f.host().open("f", kCreate);
  f.events();
  REQUIRE(f.host().write(fd, sim::MemoryBuffer{buffer.base, sim::Bytes{10}}).ok());
  CHECK(names_of(f.events()) == Names{"fault_minor 0:0 zero_page in_system_call", "access 0:0",
                                      "dirty 1:0", "access 1:0", "write"});
}

TEST_CASE("read() into a mapping of a clean file re-enables writing in the call") {
  HostFixture f;
  f.make_file("from", 1);
  f.make_file("to", 1);
  f.start();
  const sim::Mapping m = f.map("to", kPage, sim::Sharing::shared);
  f.load(m.base);
  const sim::Fd fd = *f.host().open("from", {});
  f.events();
  REQUIRE(f.host().read(fd, sim::MemoryBuffer{m.base, sim::Bytes{8}}).ok());
  CHECK(names_of(f.events()) == Names{"page_in 0:0", "access 0:0",
                                      "fault_minor 1:0 write_notify in_system_call", "dirty 1:0",
                                      "access 1:0", "read"});
}

TEST_CASE("a buffer where the program has no memory is EFAULT, and no memory of ours is touched") {
  HostFixture f;
  f.make_file("f", 1);
  const sim::Fd fd = *f.host().open("f", kReadWriteFile);
  std::byte ours[8] = {std::byte{42}};
  const sim::MemoryBuffer foreign{sim::VirtAddr{reinterpret_cast<std::uint64_t>(&ours)},
                                  sim::Bytes{8}};
  CHECK(f.host().read(fd, foreign).error() == EFAULT);
  CHECK(f.host().write(fd, foreign).error() == EFAULT);
  CHECK(ours[0] == std::byte{42});
}

TEST_CASE("descriptors get the lowest free number, and the wrong kind of access is refused") {
  HostFixture f;
  const sim::Fd a = *f.host().open("a", kCreate);
  const sim::Fd b = *f.host().open("b", kCreate);
  CHECK(a.number == 3);
  CHECK(b.number == 4);
  REQUIRE(f.host().close(a).ok());
  const sim::Fd c = *f.host().open("b", {});
  CHECK(c.number == 3);
  std::byte one[1];
  CHECK(f.host().write(c, std::span<const std::byte>(one)).error() == EBADF);
  CHECK(f.host().write(c, std::span<const std::byte>()).error() == EBADF);
  CHECK(f.host().close(sim::Fd{99}).error() == EBADF);
  CHECK(f.host().ftruncate(c, sim::Bytes{0}).error() == EINVAL);
  const auto shared = f.host().mmap(
      {.file = c, .length = kPage, .protection = kReadWrite, .sharing = sim::Sharing::shared});
  CHECK(shared.error() == EACCES);
}

TEST_CASE("only plain names inside the scratch directory") {
  HostFixture f;
  using namespace std::string_view_literals;
  for (const auto name : {"", ".", "..", "a/b", "/etc/passwd", "../x"}) {
    CAPTURE(name);
    CHECK(f.host().open(name, kCreate).error() == EINVAL);
    CHECK(f.host().unlink(name).error() == EINVAL);
    CHECK(f.host().stat(name).error() == EINVAL);
  }
  CHECK(f.host().open("a\0b"sv, kCreate).error() == EINVAL);
  CHECK(f.host().open("absent", {}).error() == ENOENT);
  CHECK(f.host().list_files().empty());
}

TEST_CASE("appending writes at the end whatever the position") {
  HostFixture f;
  f.make_file("f", 1);
  sim::OpenFlags append{sim::OpenAccess::write_only, true, false, false, true};
  const sim::Fd fd = *f.host().open("f", append);
  f.events();
  REQUIRE(f.host().write(fd, bytes_of_text("tail")).ok());
  CHECK(f.host().fstat(fd)->size.count == 4096 + 4);
  CHECK(names_of(f.events(sim::EventKind::dirty)) == Names{"dirty 0:1"});
}

TEST_CASE("objects count inodes and memory in order of creation; existing files by name first") {
  HostFixture f;
  f.make_file("b", 1);
  f.make_file("a", 1);
  f.start();
  CHECK(f.host().stat("a")->object == 0);
  CHECK(f.host().stat("b")->object == 1);
  CHECK(f.map_anonymous(kPage).object == 2);
  const sim::Fd fd = *f.host().open("c", kCreate);
  CHECK(f.host().fstat(fd)->object == 3);
  CHECK(f.map("a", kPage, sim::Sharing::private_copy).object == 4);
  REQUIRE(f.host().open("a", kCreate).ok());  // truncated, and still the same inode
  CHECK(f.host().stat("a")->object == 0);
}

TEST_CASE("unlink and rename move names; an unlinked file lives while it is open") {
  HostFixture f;
  f.make_file("a", 1);
  f.make_file("b", 1);
  const sim::Fd fd = *f.host().open("b", {});
  REQUIRE(f.host().rename("a", "b").ok());
  CHECK(f.host().stat("b")->object == 0);
  CHECK(f.host().fstat(fd)->object == 1);
  CHECK(f.host().list_files() == std::vector<std::string>{"b"});
  CHECK(f.host().observe().files.size() == 2);
  CHECK(f.host().observe().files.at(1).name.empty());
  REQUIRE(f.host().close(fd).ok());
  CHECK(f.host().observe().files.size() == 1);
  REQUIRE(f.host().unlink("b").ok());
  CHECK(f.host().unlink("b").error() == ENOENT);
  CHECK(f.host().observe().files.empty());
}

TEST_CASE("cutting a file takes its pages from every mapping") {
  HostFixture f;
  f.make_file("f", 3);
  const sim::Fd fd = *f.host().open("f", kReadWriteFile);
  const sim::Mapping m = f.map("f", sim::Bytes{3 * 4096}, sim::Sharing::shared);
  f.store(m.base + sim::Bytes{2 * 4096}, std::byte{9});
  REQUIRE(f.host().ftruncate(fd, kPage).ok());
  CHECK(f.host().observe().files.at(0).resident.count() == 1);
  REQUIRE(f.host().ftruncate(fd, sim::Bytes{3 * 4096}).ok());
  f.events();
  CHECK(f.load(m.base + sim::Bytes{2 * 4096}) == std::byte{0});
  CHECK(names_of(f.events()) == Names{"fault_major 0:2", "access 0:2"});
}

TEST_CASE("the program's exit closes and unmaps everything and writes nothing back") {
  HostFixture f;
  f.make_file("f", 1);
  const sim::Mapping m = f.map("f", kPage, sim::Sharing::shared);
  f.store(m.base, std::byte{7});
  f.events();
  f.host().exit();
  CHECK(names_of(f.events()) == Names{"exit"});
  const sim::Observation after = f.host().observe();
  CHECK(after.memory.empty());
  CHECK(after.files.at(0).descriptors.empty());
  if (!f.has_note("dirty pages")) CHECK(after.files.at(0).dirty.count() == 1);
}

}  // namespace
}  // namespace real

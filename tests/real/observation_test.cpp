// Looking: residency, dirty pages, the three truths; and what a lower rung of a ladder says.

#include <algorithm>
#include <array>
#include <fstream>
#include <sstream>

#include "tests/real/host_fixture.h"

namespace real {
namespace {

using Ranges = std::vector<sim::PageRange>;

TEST_CASE("a new run starts cold: nothing of its files is in the page cache") {
  HostFixture f;
  f.make_file("a", 40);
  f.make_file("b", 3);
  CHECK(f.host().observe().files.at(0).resident.count() == 40);
  f.start();
  for (const sim::FileState& file : f.host().observe().files) CHECK(file.resident.empty());
  CHECK_FALSE(f.has_note("stayed in the page cache"));
}

TEST_CASE("resident and dirty pages are the ones touched and stored to") {
  HostFixture f;
  f.make_file("f", 64);
  f.start();
  const sim::Mapping m = f.map("f", sim::Bytes{64 * 4096}, sim::Sharing::shared);
  for (const std::uint64_t p : {0, 1, 2, 3, 17, 40, 63}) f.load(m.base + sim::Bytes{p * 4096});
  for (const std::uint64_t p : {17, 18}) f.store(m.base + sim::Bytes{p * 4096}, std::byte{9});
  const sim::FileState file = f.host().observe().files.at(0);
  CHECK(file.resident.ranges() == Ranges{{0, 4}, {17, 19}, {40, 41}, {63, 64}});
  CHECK(file.dirty.ranges() == Ranges{{17, 19}});
  CHECK(f.host().observe().files.at(0).resident.ranges() == file.resident.ranges());
}

TEST_CASE("descriptors and their positions, oldest first") {
  HostFixture f;
  f.make_file("f", 1);
  const sim::Fd a = *f.host().open("f", {});
  const sim::Fd b = *f.host().open("f", {});
  REQUIRE(f.host().lseek(b, 77, sim::Whence::set).ok());
  const sim::FileState file = f.host().observe().files.at(0);
  REQUIRE(file.descriptors.size() == 2);
  CHECK(file.descriptors[0].fd == a);
  CHECK(file.descriptors[1].position.index == 77);
}

TEST_CASE("the bytes of a file are read without touching, caching or writing anything") {
  HostFixture f;
  f.make_file("f", 4);
  f.start();
  const sim::Mapping m = f.map("f", sim::Bytes{4 * 4096}, sim::Sharing::shared);
  f.store(m.base + kPage, std::byte{99});
  f.events();
  const auto before = f.host().observe().files.at(0);
  const auto seen = f.host().bytes_of("f", sim::Truth::cache, {}, sim::Bytes{4 * 4096});
  REQUIRE(seen.bytes.has_value());
  CHECK(seen.bytes->at(0) == std::byte{1});
  CHECK(seen.bytes->at(4096) == std::byte{99});
  CHECK(seen.bytes->at(4097) == std::byte{2});
  CHECK(seen.bytes->at(3 * 4096) == std::byte{4});
  const auto after = f.host().observe().files.at(0);
  CHECK(after.resident == before.resident);
  CHECK(after.dirty == before.dirty);
  CHECK(f.events().empty());
}

TEST_CASE("durable bytes are shown where the pages are clean, and never guessed") {
  HostFixture f;
  f.make_file("f", 2);
  f.start();
  const sim::Mapping m = f.map("f", sim::Bytes{8192}, sim::Sharing::shared);
  f.store(m.base, std::byte{99});
  const auto dirty = f.host().bytes_of("f", sim::Truth::durable, {}, sim::Bytes{8192});
  CHECK_FALSE(dirty.bytes.has_value());
  CHECK(dirty.why_not == "not visible: looking would write it");
  const auto clean = f.host().bytes_of("f", sim::Truth::durable, sim::FileOffset{4096}, kPage);
  REQUIRE(clean.bytes.has_value());
  CHECK(clean.bytes->at(0) == std::byte{2});
  REQUIRE(f.host().msync(m.base, sim::Bytes{8192}).ok());
  const auto flushed = f.host().bytes_of("f", sim::Truth::durable, {}, sim::Bytes{1});
  CHECK(flushed.bytes.value().at(0) == std::byte{99});
}

TEST_CASE("a new size that was not flushed is not called durable, though no page is dirty") {
  HostFixture f;
  const sim::Fd fd = *f.host().open("f", kCreate);
  REQUIRE(f.host().ftruncate(fd, sim::Bytes{8192}).ok());
  CHECK_FALSE(f.host().bytes_of("f", sim::Truth::durable, {}, sim::Bytes{8192}).bytes.has_value());
  REQUIRE(f.host().fsync(fd).ok());
  CHECK(f.host().bytes_of("f", sim::Truth::durable, {}, sim::Bytes{8192}).bytes->size() == 8192);
}

TEST_CASE("bytes past the end of the file are not there") {
  HostFixture f;
  const sim::Fd fd = *f.host().open("f", kCreate);
  REQUIRE(f.host().write(fd, bytes_of_text("hello")).ok());
  const auto all = f.host().bytes_of("f", sim::Truth::cache, {}, sim::Bytes{100});
  CHECK(all.bytes->size() == 5);
  const auto end = f.host().bytes_of("f", sim::Truth::cache, sim::FileOffset{3}, sim::Bytes{100});
  CHECK(end.bytes->size() == 2);
  CHECK_FALSE(f.host().bytes_of("g", sim::Truth::cache, {}, sim::Bytes{1}).bytes.has_value());
}

TEST_CASE("without perf, counters around each touch find the same faults") {
  HostFixture f({.faults = FaultSource::rusage});
  f.make_file("f", 8);
  f.start({.faults = FaultSource::rusage});
  CHECK(f.has_note("perf page-fault samples not available"));
  const sim::Mapping m = f.map("f", sim::Bytes{8 * 4096}, sim::Sharing::shared);
  const sim::Mapping own = f.map_anonymous(sim::Bytes{8 * 4096});
  for (std::uint64_t p = 0; p < 8; ++p) {
    const sim::Bytes at{p * 4096};
    f.load(m.base + at);
    f.store(m.base + at, std::byte{1});
    f.load(own.base + at);
    f.store(own.base + at, std::byte{1});
  }
  std::array<int, sim::kEventKinds> kinds{};
  for (const sim::Event& e : f.events()) ++kinds[static_cast<std::size_t>(e.kind)];
  CHECK(kinds[static_cast<std::size_t>(sim::EventKind::fault_major)] == 8);
  CHECK(kinds[static_cast<std::size_t>(sim::EventKind::fault_minor)] == 24);
}

TEST_CASE(
    "without cachestat residency comes from mincore, and dirty pages are said to be unknown") {
  HostFixture f({.cache = CacheSource::mincore});
  f.make_file("f", 8);
  f.start({.cache = CacheSource::mincore});
  CHECK(f.has_note("dirty pages not available (cachestat"));
  const sim::Mapping m = f.map("f", sim::Bytes{8 * 4096}, sim::Sharing::shared);
  f.load(m.base + kPage);
  f.store(m.base + sim::Bytes{5 * 4096}, std::byte{1});
  const auto events = f.events();
  const auto is_dirty = [](const sim::Event& e) { return e.kind == sim::EventKind::dirty; };
  CHECK(std::none_of(events.begin(), events.end(), is_dirty));
  const sim::FileState file = f.host().observe().files.at(0);
  CHECK(file.resident.ranges() == Ranges{{1, 2}, {5, 6}});
  CHECK(file.dirty.empty());
  CHECK_FALSE(f.host().bytes_of("f", sim::Truth::durable, {}, kPage).bytes.has_value());
}

TEST_CASE("with no source at all the notes name everything that is lost") {
  const HostSources none{FaultSource::rusage, CacheSource::none, MemorySource::none,
                         WriteProtectSource::none};
  HostFixture f(none);
  f.make_file("f", 2);
  f.start(none);
  for (const char* what : {"page-cache residency", "dirty pages", "residency of anonymous memory",
                           "userfaultfd write-protection"}) {
    CAPTURE(what);
    CHECK(f.has_note(std::string(what) + " not available"));
  }
  const sim::Mapping m = f.map("f", kPage, sim::Sharing::shared);
  CHECK(f.load(m.base) == std::byte{1});
  CHECK(f.events(sim::EventKind::fault_major).size() == 1);
  CHECK(f.host().observe().files.at(0).resident.empty());
}

TEST_CASE("pagemap entries and this program's record stand in for PAGEMAP_SCAN") {
  HostFixture f({.memory = MemorySource::pagemap});
  const sim::Mapping m = f.map_anonymous(sim::Bytes{8 * 4096});
  f.load(m.base);
  f.store(m.base + kPage, std::byte{1});
  f.store(m.base + sim::Bytes{2 * 4096}, std::byte{1});
  CHECK(f.host().observe().memory.at(0).resident.ranges() == Ranges{{1, 3}});
  f.make_file("f", 2);
  const sim::Mapping p = f.map("f", sim::Bytes{8192}, sim::Sharing::private_copy);
  f.load(p.base);
  f.store(p.base + kPage, std::byte{1});
  CHECK(f.host().observe().memory.at(1).resident.ranges() == Ranges{{1, 2}});
}

struct Smaps {
  std::uint64_t pages = 0, rss = 0, anonymous = 0;
};
std::string in_words(const Smaps& s) {
  return std::to_string(s.pages) + " pages, Rss " + std::to_string(s.rss) + ", Anonymous " +
         std::to_string(s.anonymous);
}

// What /proc/self/smaps says of the areas in [from, from + length), in pages.
std::string smaps_of(sim::VirtAddr from, sim::Bytes length) {
  std::ifstream smaps("/proc/self/smaps");
  Smaps sum;
  bool is_inside = false;
  for (std::string line; std::getline(smaps, line);) {
    std::istringstream words(line);
    std::string word;
    words >> word;
    if (const auto dash = word.find('-'); dash != std::string::npos && word.back() != ':') {
      const std::uint64_t first = std::stoull(word, nullptr, 16);
      is_inside = from.index <= first && first < from.index + length.count;
    }
    std::uint64_t kib = 0;
    words >> kib;
    if (!is_inside) continue;
    if (word == "Size:") sum.pages += kib / 4;
    if (word == "Rss:") sum.rss += kib / 4;
    if (word == "Anonymous:") sum.anonymous += kib / 4;
  }
  return in_words(sum);
}

// Cold, of 64 pages: a part loaded, a part stored to.
std::string told_of(HostFixture& f, sim::VirtAddr base) {
  for (std::uint64_t p = 0; p < 40; ++p) f.load(base + sim::Bytes{p * 4096});
  for (std::uint64_t p = 30; p < 50; ++p) f.store(base + sim::Bytes{p * 4096}, std::byte{7});
  const sim::Observation seen = f.host().observe();
  REQUIRE(seen.processes.size() == 1);
  const sim::ProcessState& process = seen.processes.front();
  REQUIRE(process.resident);
  const auto& [anonymous, file, shared] = *process.resident;
  return in_words(
      {process.reserved.count, anonymous.count + file.count + shared.count, anonymous.count});
}

TEST_CASE("what a process has mapped, by kind, is what smaps says of the same areas") {
  const sim::Bytes length{64 * 4096};
  for (const MemorySource memory : {MemorySource::best, MemorySource::pagemap}) {
    for (const auto sharing : {sim::Sharing::shared, sim::Sharing::private_copy}) {
      HostFixture f({.memory = memory});
      f.make_file("f", 64);
      f.start({.memory = memory});
      const sim::VirtAddr base = f.map("f", length, sharing).base;
      const std::string told = told_of(f, base);
      CHECK(told == smaps_of(base, length));
    }
    HostFixture f({.memory = memory});
    const sim::VirtAddr base = f.map_anonymous(length).base;
    const std::string told = told_of(f, base);
    CHECK(told == "64 pages, Rss 20, Anonymous 20");  // the zero page is in no frame
    CHECK(told == smaps_of(base, length));
  }
}

TEST_CASE("what the disk holds of a file cut to nothing is not known until it is flushed") {
  HostFixture f;
  f.make_file("f", 1);
  const sim::Fd fd = *f.host().open("f", kCreate);  // truncates
  CHECK_FALSE(f.host().bytes_of("f", sim::Truth::durable, {}, kPage).bytes);
  REQUIRE(f.host().fsync(fd).ok());
  CHECK(f.host().bytes_of("f", sim::Truth::durable, {}, kPage).bytes);
}

TEST_CASE("a read-only shared map refuses stores as such a map does, and faults page by page") {
  HostFixture f;
  f.make_file("f", 3);
  const sim::Mapping m = f.map("f", sim::Bytes{3 * 4096}, sim::Sharing::shared, kReadOnly);
  CHECK(f.host().mprotect(m.base, kPage, kReadWrite).error() == EACCES);
  for (std::uint64_t page = 0; page < 3; ++page) f.load(m.base + sim::Bytes{page * 4096});
  f.events();
  const sim::Mapping again = f.map("f", sim::Bytes{3 * 4096}, sim::Sharing::shared, kReadOnly);
  for (std::uint64_t page = 0; page < 3; ++page) f.load(again.base + sim::Bytes{page * 4096});
  if (f.host().notes().empty()) CHECK(f.events(sim::EventKind::fault_minor).size() == 3);
}

TEST_CASE("an eviction that cannot be carried out, or never came up, is told") {
  HostFixture f;
  const MirroredEviction evictions[] = {{0, 0, {7, 3}}, {100, 0, {0, 0}}};
  f.start({}, evictions);
  CHECK(f.has_note("not reached"));
  const sim::Mapping m = f.map_anonymous(kPage);
  f.store(m.base, std::byte{1});
  CHECK(
      f.has_note("page 3 of object 7 could not be evicted before touch 0: there is no such file"));
}

}  // namespace
}  // namespace real

// Default mode: what the kernel does of itself is seen and told, page by page.

#include <doctest/doctest.h>
#include <sys/mman.h>

#include <algorithm>
#include <csignal>
#include <map>
#include <set>

#include "sim/core/unasked.h"
#include "tests/real/host_fixture.h"

namespace real {
namespace {

std::set<std::uint32_t> pages_of(const std::vector<sim::Event>& events, sim::EventKind kind,
                                 std::uint16_t detail) {
  std::set<std::uint32_t> pages;
  for (const sim::Event& e : events) {
    if (e.kind == kind && e.detail == detail) pages.insert(e.page.index);
  }
  return pages;
}

constexpr auto kReadAhead = static_cast<std::uint16_t>(sim::PageIn::read_ahead);
constexpr auto kMappedAround = static_cast<std::uint16_t>(sim::PageIn::mapped_around);
constexpr auto kWithFolio = static_cast<std::uint16_t>(sim::PageIn::mapped_with_folio);
constexpr auto kUnmapped = static_cast<std::uint16_t>(sim::PageIn::unmapped_with_folio);
constexpr std::uint64_t kPages = 64;

TEST_CASE("in default mode a cold page brings its neighbours, and each is told once") {
  HostFixture f;
  f.make_file("f", kPages);
  f.start({}, {}, Mode::kernel_default);
  if (!f.host().capabilities().empty() && !f.host().notes().empty()) {
    MESSAGE("this computer cannot show everything: " << f.host().notes().front());
    return;
  }
  const sim::Mapping m = f.map("f", sim::Bytes{kPages * kPage.count}, sim::Sharing::shared);
  std::set<std::uint32_t> read_ahead, mapped;
  std::size_t told_ahead = 0, told_mapped = 0;
  for (std::uint64_t p = 0; p < kPages; ++p) {
    CHECK(f.load(m.base + sim::Bytes{p * kPage.count}) == static_cast<std::byte>(p + 1));
    const auto events = f.events();
    const auto page = static_cast<std::uint32_t>(p);
    for (const sim::Event& e : events) {
      if (e.kind != sim::EventKind::fault_minor && e.kind != sim::EventKind::fault_major) continue;
      CHECK(e.page.index == page);
      CHECK_FALSE(mapped.contains(page));  // what is mapped does not fault
      if (e.kind == sim::EventKind::fault_major) CHECK_FALSE(read_ahead.contains(page));
    }
    const auto ahead = pages_of(events, sim::EventKind::page_in, kReadAhead);
    const auto around = pages_of(events, sim::EventKind::page_in, kMappedAround);
    told_ahead += ahead.size();
    told_mapped += around.size();
    read_ahead.insert(ahead.begin(), ahead.end());
    mapped.insert(around.begin(), around.end());
  }
  CHECK(told_ahead == read_ahead.size());
  CHECK(told_mapped == mapped.size());
  if (read_ahead.empty()) MESSAGE("this disk is not read ahead");
  CHECK_FALSE(mapped.empty());
}

std::uint64_t faults_in(const std::vector<sim::Event>& events) {
  std::uint64_t n = 0;
  for (const sim::Event& e : events) {
    n += e.kind == sim::EventKind::fault_minor || e.kind == sim::EventKind::fault_major ? 1 : 0;
  }
  return n;
}

TEST_CASE("in default mode a write() is one call, and gets the folios of one") {
  HostFixture f;
  f.start({}, {}, Mode::kernel_default);
  if (!f.host().notes().empty()) return;
  const sim::Fd fd = *f.host().open("f", kCreate);
  const std::vector<std::byte> bytes(kPages * kPage.count, std::byte{7});
  REQUIRE(*f.host().write(fd, bytes) == sim::Bytes{bytes.size()});
  CHECK(f.host().touches() == kPages);  // a touch for each page of the file
  REQUIRE(f.host().fsync(fd).ok());
  const sim::Mapping m = f.map("f", sim::Bytes{kPages * kPage.count}, sim::Sharing::shared);
  f.events();
  f.store(m.base, std::byte{1});
  const auto dirtied = pages_of(f.events(), sim::EventKind::dirty,
                                static_cast<std::uint16_t>(sim::Dirtied::with_folio));
  // Cut at pages there are only small folios, and a store makes no page dirty but its own.
  CHECK_FALSE(dirtied.empty());
}

TEST_CASE("in default mode the pages of a read()'s buffer fault once each, and all are there") {
  HostFixture f;
  f.make_file("f", kPages);
  f.start({}, {}, Mode::kernel_default);
  if (!f.host().notes().empty()) return;
  const sim::Fd fd = *f.host().open("f", {});
  const sim::Mapping m = f.map_anonymous(sim::Bytes{(kPages + 1) * kPage.count});
  f.events();
  // From the middle of a page on: two pieces for each page of the file.
  const sim::MemoryBuffer buffer{m.base + sim::Bytes{100}, sim::Bytes{kPages * kPage.count}};
  REQUIRE(*f.host().read(fd, buffer) == buffer.length);
  const auto events = f.events();
  CHECK(f.host().touches() == 4 * kPages);
  CHECK(faults_in(events) == kPages + 1);
  const auto asked = pages_of(events, sim::EventKind::page_in, 0);
  CHECK(asked.size() == kPages);
  std::size_t came = 0;
  for (const sim::Event& e : events) {
    came += e.kind == sim::EventKind::page_in && e.detail == 0 ? 1 : 0;
  }
  CHECK(came == kPages);  // each once
  CHECK(f.load(m.base + sim::Bytes{100 + 5 * kPage.count}) == std::byte{6});
  CHECK(faults_in(f.events()) == 0);
}

TEST_CASE(
    "a write() from a mapping faults for some of its pages; the others came along with them") {
  HostFixture f;
  f.make_file("f", kPages);
  f.start({}, {}, Mode::kernel_default);
  if (!f.host().notes().empty()) return;
  const sim::Fd fd = *f.host().open("g", kCreate);
  const sim::Mapping m = f.map("f", sim::Bytes{kPages * kPage.count}, sim::Sharing::shared);
  f.events();
  const sim::MemoryBuffer buffer{m.base, sim::Bytes{kPages * kPage.count}};
  REQUIRE(*f.host().write(fd, buffer) == buffer.length);
  const auto events = f.events();
  const auto around = pages_of(events, sim::EventKind::page_in, kMappedAround);
  CHECK_FALSE(around.empty());
  CHECK(faults_in(events) + around.size() == kPages);
  for (std::uint64_t p = 0; p < kPages; ++p) f.load(m.base + sim::Bytes{p * kPage.count});
  CHECK(faults_in(f.events()) == 0);
}

TEST_CASE("in default mode memory in a huge page comes with one fault, and its pages are told") {
  constexpr std::uint64_t kHuge = 512;
  HostFixture f;
  f.start({}, {}, Mode::kernel_default);
  if (!f.host().notes().empty()) return;
  const sim::Mapping m = f.map_anonymous(sim::Bytes{2 * kHuge * kPage.count});
  const std::uint64_t huge_bytes = kHuge * kPage.count;
  const std::uint64_t base = (m.base.index + huge_bytes - 1) / huge_bytes * huge_bytes;
  if (::madvise(reinterpret_cast<void*>(base), huge_bytes, MADV_HUGEPAGE) != 0) return;
  f.events();
  for (const sim::Access access : {sim::Access::read, sim::Access::write}) {
    std::uint64_t faults = 0, came = 0;
    for (std::uint64_t p = 0; p < kHuge; ++p) {
      const sim::VirtAddr at{base + p * kPage.count};
      if (access == sim::Access::read) {
        f.load(at);
      } else {
        f.store(at, std::byte{1});
      }
      const auto events = f.events();
      faults += faults_in(events);
      for (const sim::Event& e : events) {
        came += e.kind == sim::EventKind::page_in && e.detail == kWithFolio ? 1 : 0;
      }
    }
    CHECK(faults + came == kHuge);
    if (faults == kHuge) MESSAGE("no huge page was to be had");
  }
}

// What the computer tells of entries, summed up, is what it sees when it looks.
void check_entries(HostFixture& f, std::map<std::uint32_t, int>& expected) {
  for (const sim::Event& e : f.events()) {
    const bool is_fault =
        e.kind == sim::EventKind::fault_minor || e.kind == sim::EventKind::fault_major;
    const bool fills = is_fault && (e.detail & sim::fault_detail::write_notify) == 0;
    const bool came = e.kind == sim::EventKind::page_in && e.detail == kMappedAround;
    if (fills || came) expected[e.page.index] = 1;
    if (e.kind == sim::EventKind::page_in && e.detail == kUnmapped) expected.erase(e.page.index);
  }
  std::map<std::uint32_t, int> seen;
  for (const sim::ProcessState& process : f.host().observe().processes) {
    for (const sim::FileEntries& entries : process.file_entries) {
      for (const sim::PageRange& range : entries.pages.ranges()) {
        for (std::uint64_t p = range.first; p < range.end; ++p) {
          ++seen[static_cast<std::uint32_t>(p)];
        }
      }
    }
  }
  CHECK(seen == expected);
}

TEST_CASE("entries that go when an end comes to lie within a folio are told, and come again") {
  HostFixture f;
  f.start({}, {}, Mode::kernel_default);
  if (!f.host().notes().empty()) return;
  const sim::Fd fd = *f.host().open("f", kCreate);
  const std::vector<std::byte> bytes(kPages * kPage.count, std::byte{7});
  REQUIRE(*f.host().write(fd, bytes) == sim::Bytes{bytes.size()});
  const sim::Mapping m = f.map("f", sim::Bytes{kPages * kPage.count}, sim::Sharing::shared);
  f.events();
  std::map<std::uint32_t, int> entries;
  for (const std::uint64_t p : {0, 20, 63}) f.load(m.base + sim::Bytes{p * kPage.count});
  check_entries(f, entries);
  CHECK(entries.size() > 3);
  for (const std::uint64_t size : {40 * kPage.count - 5, 40 * kPage.count - 1}) {  // cut, grown
    REQUIRE(f.host().ftruncate(fd, sim::Bytes{size}).ok());
    std::erase_if(entries, [](const auto& entry) { return entry.first >= 40; });
    check_entries(f, entries);
    for (const std::uint64_t p : {39, 3}) f.load(m.base + sim::Bytes{p * kPage.count});
    check_entries(f, entries);
  }
  REQUIRE(f.host().ftruncate(fd, sim::Bytes{5}).ok());
  std::erase_if(entries, [](const auto& entry) { return entry.first >= 1; });
  check_entries(f, entries);
}

TEST_CASE("a longer file has the pages that its last folio had behind the end, and they are told") {
  HostFixture f;
  f.start({}, {}, Mode::kernel_default);
  if (!f.host().notes().empty()) return;
  const sim::Fd fd = *f.host().open("f", kCreate);
  const std::vector<std::byte> bytes(7 * kPage.count, std::byte{7});
  REQUIRE(*f.host().write(fd, bytes) == sim::Bytes{bytes.size()});
  f.events();
  REQUIRE(f.host().ftruncate(fd, sim::Bytes{13 * kPage.count - 9}).ok());
  std::set<std::uint32_t> told, ahead, seen;
  const auto events = f.events();
  ahead = pages_of(events, sim::EventKind::page_in, kReadAhead);
  told =
      pages_of(events, sim::EventKind::dirty, static_cast<std::uint16_t>(sim::Dirtied::with_folio));
  for (const sim::FileState& file : f.host().observe().files) {
    for (const sim::PageRange& range : file.dirty.ranges()) {
      for (std::uint64_t p = std::max<std::uint64_t>(7, range.first); p < range.end; ++p) {
        seen.insert(static_cast<std::uint32_t>(p));
      }
    }
  }
  for (const std::uint32_t page : pages_of(events, sim::EventKind::dirty, 0)) seen.erase(page);
  CHECK(told == seen);
  for (const std::uint32_t page : told) CHECK(ahead.contains(page));
}

TEST_CASE("a flush writes no page behind the end of a file, however far its folio reaches") {
  HostFixture f;
  f.start({}, {}, Mode::kernel_default);
  if (!f.host().notes().empty()) return;
  const sim::Fd fd = *f.host().open("f", kCreate);
  const std::vector<std::byte> bytes(16 * kPage.count, std::byte{7});
  REQUIRE(*f.host().write(fd, bytes) == sim::Bytes{bytes.size()});
  const sim::Mapping m = f.map("f", sim::Bytes{16 * kPage.count}, sim::Sharing::shared);
  REQUIRE(f.host().ftruncate(fd, sim::Bytes{9 * kPage.count - 5}).ok());
  f.store(m.base, std::byte{1});
  f.events();
  REQUIRE(f.host().msync(m.base, sim::Bytes{16 * kPage.count}).ok());
  const auto flush = static_cast<std::uint16_t>(sim::WriteBackReason::flush);
  const auto written = pages_of(f.events(), sim::EventKind::write_back, flush);
  CHECK(written.size() == 9);
  for (const std::uint32_t page : written) CHECK(page < 9);
}

TEST_CASE("what a touch behind the end mapped beside it is told, too") {
  std::size_t mapped = 0;
  // Of one of the two, the first page behind the end does not begin a stretch of fault-around's.
  for (const std::uint64_t end : {20, 22}) {
    HostFixture f;
    f.make_file("f", kPages);
    f.start({}, {}, Mode::kernel_default);
    if (!f.host().notes().empty()) return;
    const sim::Mapping m = f.map("f", sim::Bytes{kPages * kPage.count}, sim::Sharing::shared);
    const sim::Fd fd = *f.host().open("f", kReadWriteFile);
    REQUIRE(f.host().ftruncate(fd, sim::Bytes{kPage.count * end}).ok());
    std::vector<std::byte> some(end * kPage.count);
    REQUIRE(f.host().read(fd, some).ok());
    f.events();
    std::byte byte{};
    CHECK(f.host().load(m.base + sim::Bytes{end * kPage.count}, {&byte, 1}).signal == SIGBUS);
    std::map<std::uint32_t, int> entries;
    check_entries(f, entries);
    mapped += entries.size();
  }
  CHECK(mapped > 0);
}

TEST_CASE("what is mapped beside the fault of a forked process is told") {
  HostFixture f;
  f.make_file("f", kPages);
  f.start({}, {}, Mode::kernel_default);
  if (!f.host().notes().empty()) return;
  const sim::Mapping m = f.map("f", sim::Bytes{kPages * kPage.count}, sim::Sharing::shared);
  const auto forked = f.host().fork();
  REQUIRE(forked.ok());
  f.host().switch_to(forked->child);
  f.events();
  std::map<std::uint32_t, int> entries;
  f.load(m.base);
  if (!f.host().observe().processes.back().resident) return;  // the kernel does not tell
  check_entries(f, entries);
  f.load(m.base + sim::Bytes{40 * kPage.count});
  check_entries(f, entries);
  CHECK(entries.size() > 2);
  f.host().exit();
}

TEST_CASE("in exact mode nothing comes unasked") {
  HostFixture f;
  f.make_file("f", kPages);
  f.start();
  if (!f.host().notes().empty()) return;
  const sim::Mapping m = f.map("f", sim::Bytes{kPages * kPage.count}, sim::Sharing::shared);
  for (std::uint64_t p = 0; p < kPages; ++p) f.load(m.base + sim::Bytes{p * kPage.count});
  const auto events = f.events();
  CHECK(pages_of(events, sim::EventKind::page_in, kReadAhead).empty());
  CHECK(pages_of(events, sim::EventKind::page_in, kMappedAround).empty());
}

}  // namespace
}  // namespace real

// Pages that the kernel wrote back without the program asking, made to do so by somebody else's
// sync: each is noticed where the program next has to do with it. And writes that are mirrored.

#include <doctest/doctest.h>
#include <fcntl.h>
#include <unistd.h>

#include "tests/real/host_fixture.h"

namespace real {
namespace {

constexpr std::uint64_t kPages = 4;

// Somebody else, who has the file open and syncs it.
void sync_from_outside(const HostFixture& f, const char* name) {
  const Descriptor file(::openat(f.scratch().directory(), name, O_RDWR | O_CLOEXEC));
  REQUIRE(file.is_open());
  REQUIRE(::fsync(file.number()) == 0);
}

struct Write {
  std::uint64_t touch;
  std::uint32_t page;
  sim::Noticed noticed;
  friend bool operator==(const Write&, const Write&) = default;
};

std::vector<Write> background_writes(const std::vector<sim::Event>& events) {
  std::vector<Write> writes;
  for (const sim::Event& e : events) {
    if (e.kind != sim::EventKind::write_back) continue;
    if (sim::WriteBackReason{e.detail} != sim::WriteBackReason::background) continue;
    writes.push_back({e.touch, e.page.index, sim::Noticed{e.operand}});
  }
  return writes;
}

struct Dirtied {
  sim::Mapping map;
  std::uint64_t touches;
};

// A mapped file whose pages are all stored to.
Dirtied dirty_file(HostFixture& f) {
  f.make_file("f", kPages);
  f.start();
  const sim::Mapping m = f.map("f", sim::Bytes{kPages * kPage.count}, sim::Sharing::shared);
  for (std::uint64_t p = 0; p < kPages; ++p) {
    f.store(m.base + sim::Bytes{p * kPage.count}, std::byte{9});
  }
  f.events();
  return {m, f.host().touches()};
}

TEST_CASE("a page that the kernel cleaned by itself is noticed at the store that faults again") {
  HostFixture f;
  const Dirtied file = dirty_file(f);
  if (!f.host().notes().empty()) return;
  sync_from_outside(f, "f");
  f.load(file.map.base);  // shows nothing: a load finds the same entry
  CHECK(background_writes(f.events()).empty());
  f.store(file.map.base + kPage, std::byte{1});
  const auto events = f.events();
  CHECK(background_writes(events) ==
        std::vector<Write>{{file.touches + 1, 1, sim::Noticed::at_touch}});
  CHECK(f.host().observe().files.at(0).dirty.ranges() == std::vector<sim::PageRange>{{1, 2}});
}

TEST_CASE("pages that the kernel cleaned by itself and nobody touches are noticed by looking") {
  HostFixture f;
  const Dirtied file = dirty_file(f);
  if (!f.host().notes().empty()) return;
  sync_from_outside(f, "f");
  CHECK(f.host().observe().files.at(0).dirty.empty());
  const auto writes = background_writes(f.events());
  REQUIRE(writes.size() == kPages);
  for (std::uint32_t p = 0; p < kPages; ++p) {
    CHECK(writes[p] == Write{file.touches, p, sim::Noticed::at_look});
  }
}

TEST_CASE("a flush that has nothing to write any more tells who wrote it") {
  for (const bool by_msync : {true, false}) {
    HostFixture f;
    const Dirtied file = dirty_file(f);
    if (!f.host().notes().empty()) return;
    sync_from_outside(f, "f");
    if (by_msync) {
      REQUIRE(f.host().msync(file.map.base, sim::Bytes{2 * kPage.count}).ok());
    } else {
      REQUIRE(f.host().fsync(*f.host().open("f", kReadWriteFile)).ok());
    }
    const auto events = f.events();
    CHECK(background_writes(events).size() == (by_msync ? 2 : kPages));
    for (const Write& w : background_writes(events)) CHECK(w.noticed == sim::Noticed::in_call);
    for (const sim::Event& e : events) {
      const bool flushed = e.kind == sim::EventKind::write_back &&
                           sim::WriteBackReason{e.detail} == sim::WriteBackReason::flush;
      CHECK_FALSE(flushed);
    }
  }
}

TEST_CASE("a write() to a page that the kernel cleaned notices it") {
  HostFixture f;
  const Dirtied file = dirty_file(f);
  if (!f.host().notes().empty()) return;
  const sim::Fd fd = *f.host().open("f", kReadWriteFile);
  f.events();
  sync_from_outside(f, "f");
  const std::byte one[] = {std::byte{5}};
  REQUIRE(f.host().write(fd, one).ok());
  CHECK(background_writes(f.events()) ==
        std::vector<Write>{{file.touches, 0, sim::Noticed::at_touch}});
}

TEST_CASE(
    "what the simulated computer wrote back of itself is written just before the same touch") {
  HostFixture f;
  f.make_file("f", kPages);
  using What = MirroredEviction::What;
  const MirroredEviction writes[] = {{2, 0, {0, 0}, What::write_back},
                                     {2, 0, {0, 3}, What::write_back}};
  f.start({}, writes);
  if (!f.host().notes().empty()) return;
  const sim::Mapping m = f.map("f", sim::Bytes{kPages * kPage.count}, sim::Sharing::shared);
  f.store(m.base, std::byte{1});
  f.store(m.base + kPage, std::byte{1});
  CHECK(background_writes(f.events()).empty());
  f.store(m.base, std::byte{2});
  const auto events = f.events();
  CHECK(background_writes(events) == std::vector<Write>{{2, 0, sim::Noticed::at_touch}});
  std::size_t notified = 0;
  for (const sim::Event& e : events) {
    notified +=
        e.kind == sim::EventKind::fault_minor && (e.detail & sim::fault_detail::write_notify) != 0
            ? 1
            : 0;
  }
  CHECK(notified == 1);
  CHECK(f.host().observe().files.at(0).dirty.ranges() == std::vector<sim::PageRange>{{0, 2}});
}

}  // namespace
}  // namespace real

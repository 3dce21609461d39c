// Default mode: what the kernel does of itself is seen and told, page by page.

#include <doctest/doctest.h>

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

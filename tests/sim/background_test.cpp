// The kernel writes dirty pages on its own: by age, by their number, and as a real one was seen to.

#include <doctest/doctest.h>

#include "sim/kernel/cost_model.h"
#include "tests/sim/machine_fixture.h"

namespace sim {
namespace {

MachineConfig with(BackgroundWriting background, std::uint64_t page_size = 64) {
  MachineConfig config = small_config(20);
  config.page_size = Bytes{page_size};
  config.background = background;
  return config;
}

class Reader final : public ElementLoop {
 public:
  void run(std::byte* const*, std::uint64_t) override {}
};

// Reads one byte over and over: a touch takes a nanosecond.
void spend(TestMachine& m, VirtAddr at, std::uint64_t nanoseconds) {
  const std::vector<Operand> one{{at, 0, 1, Access::read}};
  Reader reader;
  REQUIRE(m->for_each(one, nanoseconds, reader).is_done());
}

// A file of some pages, mapped, none of them dirty.
VirtAddr map(TestMachine& m, const char* name, std::uint64_t pages) {
  const std::uint64_t size = pages * m->page_size().count;
  REQUIRE(m->install_file(name, std::vector<std::byte>(size, std::byte{5})).ok());
  return m.map_file(name, Sharing::shared).base;
}

std::vector<std::uint32_t> written(TestMachine& m) {
  std::vector<std::uint32_t> pages;
  for (const Event& e : m.events()) {
    if (e.kind != EventKind::write_back) continue;
    CHECK(static_cast<WriteBackReason>(e.detail) == WriteBackReason::background);
    pages.push_back(e.page.index);
  }
  return pages;
}

// What everything told before the first event of a kind took.
std::uint64_t time_of_first(const std::vector<Event>& events, EventKind kind) {
  std::uint64_t time = 0;
  for (const Event& e : events) {
    if (e.kind == kind) return time;
    time += cost_of(e).count;
  }
  FAIL("no such event");
  return 0;
}

constexpr std::uint64_t kMillisecond = 1'000'000;

TEST_CASE("off unless asked for: a page stays dirty") {
  TestMachine m(with({}));
  const VirtAddr base = map(m, "f", 3);
  CHECK(m.store(base).is_done());
  spend(m, base, 100 * kMillisecond);
  CHECK(written(m).empty());
}

TEST_CASE("a file that has been dirty for dirty_expire_ms is written, to the nanosecond") {
  TestMachine m(with({.dirty_expire_ms = 2}));
  const VirtAddr base = map(m, "f", 3);
  const VirtAddr other = map(m, "g", 1);
  CHECK(m.store(base).is_done());
  spend(m, base, kMillisecond);
  CHECK(m.store(base + Bytes{64}).is_done());  // younger, but of the same file
  CHECK(m.store(other).is_done());
  CHECK(m.store(base).is_done());  // written to again: no younger for that
  spend(m, base, kMillisecond);
  CHECK(written(m) == std::vector<std::uint32_t>{0, 1});
  CHECK(time_of_first(m.events(), EventKind::write_back) ==
        time_of_first(m.events(), EventKind::dirty) + 2 * kMillisecond);
  CHECK(m->observe().files.at(0).dirty.empty());
  CHECK(m->observe().files.at(1).dirty.count() == 1);
  m.forget_events();
  CHECK(m.store(base).is_done());
  CHECK(m.kinds() ==
        std::vector<EventKind>{EventKind::fault_minor, EventKind::dirty, EventKind::access});
}

TEST_CASE("more dirty pages than dirty_ratio are brought down to it, the oldest file first") {
  TestMachine m(with({.dirty_ratio = 20}));  // of 20 frames: 4
  const VirtAddr f = map(m, "f", 6), g = map(m, "g", 6);
  CHECK(m.store(g + Bytes{5 * 64}).is_done());
  CHECK(m.store(g).is_done());
  for (std::uint64_t page = 0; page < 2; ++page) CHECK(m.store(f + Bytes{page * 64}).is_done());
  CHECK(m.load(f).is_done());
  CHECK(written(m).empty());
  CHECK(m.store(f + Bytes{2 * 64}).is_done());
  CHECK(written(m).empty());
  CHECK(m.load(f).is_done());  // looked at before a touch
  CHECK(written(m) == std::vector<std::uint32_t>{0});
  CHECK(m->observe().files.at(1).dirty.ranges() == std::vector<PageRange>{{5, 6}});
}

TEST_CASE("a page is under write-back until the disk is done, and on the disk from then on") {
  TestMachine m(with({.dirty_ratio = 1}));  // of 20 frames: none may stay dirty
  const VirtAddr base = map(m, "f", 3);
  CHECK(m.store(base, 1).is_done());
  CHECK(m.load(base).is_done());
  CHECK(m->observe().files.at(0).writing.ranges() == std::vector<PageRange>{{0, 1}});
  CHECK(m->observe().files.at(0).dirty.empty());
  CHECK(m.bytes("f", Truth::durable).at(0) == std::byte{5});
  spend(m, base, CostTable{}.write_back_ns);
  CHECK(m->observe().files.at(0).writing.empty());
  CHECK(m.bytes("f", Truth::durable).at(0) == std::byte{1});
}

TEST_CASE("a power cut tears the page that is being written, and no other") {
  TestMachine m(with({.dirty_ratio = 1}, 1024));
  const VirtAddr base = map(m, "f", 2);
  const std::vector<std::byte> ones(1024, std::byte{1});
  CHECK(m->store(base, ones).is_done());
  CHECK(m->store(base + Bytes{1024}, ones).is_done());
  const DiskRemains remains = m->after_power_cut();
  CHECK(m->observe().files.at(0).writing.ranges() == std::vector<PageRange>{{0, 1}});
  CHECK(remains.count().decimal() == "8");  // two sectors, each old or new; the other page whole
  const FileRemains& file = remains.files.begin()->second;
  CHECK(file.open.at(0).origins() ==
        std::vector<Origin>{Origin::disk, Origin::write, Origin::torn_write});
  CHECK(file.open.at(1).origins() == std::vector<Origin>{Origin::disk, Origin::cache});
}

TEST_CASE("a store during a write is not part of it; fsync waits for both") {
  TestMachine m(with({.dirty_ratio = 1}));
  const VirtAddr base = map(m, "f", 1);
  CHECK(m.store(base, 1).is_done());
  CHECK(m.store(base, 2).is_done());
  CHECK(m->after_power_cut().count().decimal() == "3");  // 5, 1 or 2
  CHECK(m->fsync(Fd{3}).ok());
  CHECK(m->observe().files.at(0).writing.empty());
  CHECK(m.bytes("f", Truth::durable).at(0) == std::byte{2});
  CHECK(m->after_power_cut().count().decimal() == "1");
}

TEST_CASE("truncating and removing a file wait for its writes") {
  TestMachine m(with({.dirty_ratio = 1}));
  const VirtAddr base = map(m, "f", 2);
  CHECK(m.store(base + Bytes{64}, 1).is_done());
  CHECK(m.load(base).is_done());
  CHECK(m->ftruncate(Fd{3}, Bytes{64}).ok());
  CHECK(m->observe().files.at(0).writing.empty());
  CHECK(m.store(base, 1).is_done());
  CHECK(m.load(base).is_done());
  CHECK(m->unlink("f").ok());
  m->exit();
  CHECK(m->observe().files.empty());
}

TEST_CASE("a write that was foreseen happens before its touch, to a page that is dirty then") {
  TestMachine m(with({}));
  const VirtAddr base = map(m, "f", 3);
  const std::uint64_t now = m->touches();
  m->foresee({{now + 2, {0, 0}}, {now + 2, {0, 1}}, {now + 2, {7, 0}}});
  CHECK(m.store(base, 1).is_done());
  CHECK(m.load(base).is_done());
  CHECK(written(m).empty());
  CHECK(m.store(base, 1).is_done());
  CHECK(written(m) == std::vector<std::uint32_t>{0});
  CHECK(m.events().back().kind == EventKind::access);
  CHECK(m.count(EventKind::dirty) == 2);
}

TEST_CASE(
    "what was noticed by looking has happened by the look, what a touch showed by the touch") {
  TestMachine m(with({}));
  const VirtAddr base = map(m, "f", 3);
  const std::uint64_t now = m->touches();
  m->foresee({{now + 2, {0, 0}, Noticed::at_look}, {now + 2, {0, 1}, Noticed::at_touch}});
  CHECK(m.store(base, 1).is_done());
  CHECK(m.store(base + Bytes{64}, 1).is_done());
  CHECK(written(m).empty());
  CHECK(m->observe().files.at(0).dirty.ranges() == std::vector<PageRange>{{1, 2}});
  CHECK(written(m) == std::vector<std::uint32_t>{0});
  CHECK(m.load(base).is_done());
  CHECK(written(m) == std::vector<std::uint32_t>{0, 1});
}

TEST_CASE("a flush that found a page clean flushes it no more") {
  TestMachine m(with({}));
  const VirtAddr base = map(m, "f", 3);
  m->foresee({{m->touches() + 2, {0, 0}, Noticed::in_call}});
  CHECK(m.store(base, 1).is_done());
  CHECK(m.store(base + Bytes{64}, 1).is_done());
  CHECK(m->msync(base, Bytes{128}).ok());
  std::vector<std::pair<std::uint32_t, WriteBackReason>> writes;
  for (const Event& e : m.events()) {
    if (e.kind != EventKind::write_back) continue;
    writes.emplace_back(e.page.index, WriteBackReason{e.detail});
  }
  using enum WriteBackReason;
  CHECK(writes ==
        std::vector<std::pair<std::uint32_t, WriteBackReason>>{{0, background}, {1, flush}});
}

TEST_CASE("what a later call showed is not done by a look before that call") {
  TestMachine m(with({}));
  const VirtAddr base = map(m, "f", 3);
  CHECK(m.store(base, 1).is_done());
  std::uint64_t calls = 0;
  for (const Event& e : m.events()) calls += e.kind == EventKind::system_call ? 1 : 0;
  m->foresee({{m->touches(), {0, 0}, Noticed::in_call, calls + 1}});
  CHECK(m->observe().files.at(0).dirty.count() == 1);
  CHECK(m->stat("f").ok());
  CHECK(m->observe().files.at(0).dirty.count() == 1);
  CHECK(m->stat("f").ok());
  CHECK(m->observe().files.at(0).dirty.count() == 0);
}

TEST_CASE("what was foreseen comes before an eviction of the page for a buffer, too") {
  MachineConfig config = small_config(2);
  config.page_size = Bytes{64};
  TestMachine m(config);
  const VirtAddr base = map(m, "f", 1);
  REQUIRE(m->install_file("g", std::vector<std::byte>(64, std::byte{1})).ok());
  const Fd g = *m->open("g", {});
  const VirtAddr buffer = m.map_memory(64).base;
  CHECK(m.store(base, 1).is_done());
  m->foresee({{m->touches() + 1, {0, 0}}});  // at the second touch of the call's piece
  CHECK(m->read(g, MemoryBuffer{buffer, Bytes{64}})->count == 64);
  CHECK(m.count(EventKind::evict) == 1);
  CHECK(written(m) == std::vector<std::uint32_t>{0});
}

}  // namespace
}  // namespace sim

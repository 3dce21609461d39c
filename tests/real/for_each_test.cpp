// Loops over elements: in place or staged, the touches and faults are those of a plain loop.

#include <signal.h>

#include <algorithm>
#include <cstdint>
#include <map>

#include "tests/real/host_fixture.h"

namespace real {
namespace {

// c = a + b on 32-bit elements, whatever stretch it is given.
class Add final : public sim::ElementLoop {
 public:
  explicit Add(std::int64_t stride) : stride_(stride) {}
  void run(std::byte* const* pointers, std::uint64_t n) override {
    longest = std::max(longest, n);
    for (std::uint64_t i = 0; i < n; ++i) {
      const std::int64_t at = stride_ * static_cast<std::int64_t>(i);
      std::int32_t a = 0;
      std::int32_t b = 0;
      std::memcpy(&a, pointers[0] + at, 4);
      std::memcpy(&b, pointers[1] + at, 4);
      const std::int32_t c = a + b;
      std::memcpy(pointers[2] + at, &c, 4);
    }
  }
  std::uint64_t longest = 0;

 private:
  std::int64_t stride_;
};

sim::Operand operand(sim::VirtAddr base, std::int64_t stride, sim::Access access) {
  return {base, stride, 4, access};
}

void fill(HostFixture& f, sim::VirtAddr base, std::uint64_t count) {
  std::vector<std::int32_t> values(count);
  for (std::size_t i = 0; i < count; ++i) values[i] = static_cast<std::int32_t>(i);
  REQUIRE(f.host().store(base, std::as_bytes(std::span(values))).is_done());
}

std::vector<std::int32_t> contents(HostFixture& f, sim::VirtAddr base, std::uint64_t count) {
  std::vector<std::int32_t> values(count);
  REQUIRE(f.host().load(base, std::as_writable_bytes(std::span(values))).is_done());
  return values;
}

constexpr std::uint64_t kCount = 3000;

TEST_CASE("in place over known pages, staged over new ones: one touch per operand and element") {
  HostFixture f;
  const sim::Mapping a = f.map_anonymous(sim::Bytes{16384});
  const sim::Mapping c = f.map_anonymous(sim::Bytes{16384});
  fill(f, a.base, kCount);
  f.events();
  const std::uint64_t before = f.host().touches();
  Add add(4);
  const sim::Operand operands[] = {operand(a.base, 4, sim::Access::read),
                                   operand(a.base, 4, sim::Access::read),
                                   operand(c.base, 4, sim::Access::write)};
  REQUIRE(f.host().for_each(operands, kCount, add).is_done());
  CHECK(add.longest > 1);
  CHECK(f.host().touches() - before == 3 * kCount);

  std::map<sim::PageName, std::uint64_t> accesses;
  std::uint64_t faults = 0;
  for (const sim::Event& e : f.events()) {
    if (e.kind == sim::EventKind::access) accesses[e.page] += e.count;
    if (e.kind == sim::EventKind::fault_minor) {
      CHECK(e.page == sim::PageName{c.object, static_cast<std::uint32_t>(faults)});
      CHECK(e.touch == before + faults * 1024 * 3 + 2);  // the store of a page's first element
      ++faults;
    }
  }
  CHECK(faults == 3);
  CHECK(accesses[{a.object, 0}] == 2 * 1024);
  CHECK(accesses[{c.object, 2}] == kCount - 2 * 1024);
  const auto sums = contents(f, c.base, kCount);
  for (std::size_t i = 0; i < kCount; ++i) REQUIRE(sums[i] == static_cast<std::int32_t>(2 * i));
}

TEST_CASE("in place and element by element give the same bytes, backwards and straddling too") {
  HostFixture f;
  const sim::Mapping m = f.map_anonymous(sim::Bytes{65536});
  for (const std::int64_t stride : {std::int64_t{4}, std::int64_t{-4}, std::int64_t{6}}) {
    CAPTURE(stride);
    const sim::VirtAddr from = m.base + sim::Bytes{stride < 0 ? 4 * (kCount - 1) : 2};
    const sim::VirtAddr to = m.base + sim::Bytes{32768 + (stride < 0 ? 4 * (kCount - 1) : 0)};
    const std::vector<std::byte> zeros(32768);
    REQUIRE(f.host().store(m.base + sim::Bytes{32768}, zeros).is_done());
    fill(f, m.base, 4096);
    Add whole(stride);
    const sim::Operand operands[] = {operand(from, stride, sim::Access::read),
                                     operand(from, stride, sim::Access::read),
                                     operand(to, stride, sim::Access::write)};
    REQUIRE(f.host().for_each(operands, kCount, whole).is_done());
    const auto in_place = contents(f, m.base, 16384);
    REQUIRE(f.host().store(m.base + sim::Bytes{32768}, zeros).is_done());
    for (std::uint64_t i = 0; i < kCount; ++i) {
      Add one(stride);
      sim::Operand single[3];
      for (int k = 0; k < 3; ++k) {
        single[k] = operands[k];
        single[k].base.index += static_cast<std::uint64_t>(stride) * i;
      }
      REQUIRE(f.host().for_each(single, 1, one).is_done());
      REQUIRE(one.longest == 1);
    }
    CHECK(contents(f, m.base, 16384) == in_place);
  }
}

TEST_CASE("a signal in the middle ends the loop with what came before it done") {
  HostFixture f;
  f.make_file("f", 1);
  const sim::Mapping m = f.map("f", sim::Bytes{8192}, sim::Sharing::shared);
  Add add(4);
  const sim::Operand operands[] = {operand(m.base, 4, sim::Access::read),
                                   operand(m.base, 4, sim::Access::read),
                                   operand(m.base, 4, sim::Access::write)};
  const std::uint64_t before = f.host().touches();
  const sim::Outcome outcome = f.host().for_each(operands, 2048, add);
  CHECK(outcome.signal == SIGBUS);
  CHECK(outcome.address == m.base + kPage);
  CHECK(f.host().touches() - before == 3 * 1024 + 1);
  CHECK(f.load(m.base) == std::byte{2});  // 1 + 1, byte by byte
}

}  // namespace
}  // namespace real

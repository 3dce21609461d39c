// A machine that stops at a touch has done what the same machine does up to that touch, and nothing
// of what comes after.

#include <doctest/doctest.h>

#include "tests/laws/mix.h"
#include "tests/sim/machine_fixture.h"

namespace sim {
namespace {

constexpr std::uint64_t kPages = 6;  // of each mapping, over 4 frames: every way a touch can go

// An access run as single touches, so that it does not matter where it was cut.
std::vector<Event> one_by_one(const std::vector<Event>& events, std::uint64_t before) {
  std::vector<Event> single;
  for (const Event& e : events) {
    if (e.kind == EventKind::system_call) continue;
    const bool is_run = e.kind == EventKind::access;
    for (std::uint32_t i = 0; i < (is_run ? e.count : 1); ++i) {
      Event one = e;
      if (is_run) one.count = 1;
      one.touch += 2 * i;  // two operands an element
      if (one.touch < before) single.push_back(one);
    }
  }
  std::stable_sort(single.begin(), single.end(),
                   [](const Event& a, const Event& b) { return a.touch < b.touch; });
  return single;
}

struct Walked {
  std::vector<Event> events;
  std::uint64_t touches = 0;
  int signal = 0;
  std::vector<std::byte> file;
};

// file[i] = mix(memory[i]) over whole mappings, then a read() of the file into the memory.
Walked walk(Chunking chunking, std::uint64_t stop) {
  TestMachine m(small_config(4));
  m->set_chunking(chunking);
  REQUIRE(m->install_file("f", std::vector<std::byte>(kPages * 64, std::byte{3})).ok());
  const Mapping file = m.map_file("f", Sharing::shared);
  const Mapping memory = m.map_memory(kPages * 64);
  m->stop_at(stop);
  const std::vector<Operand> operands{{memory.base, 4, 4, Access::read},
                                      {file.base, 4, 4, Access::write}};
  laws::Mix mix(operands);
  Walked walked;
  walked.signal = m->for_each(operands, kPages * 16, mix).signal;
  if (walked.signal == 0) (void)m->read(Fd{3}, MemoryBuffer{memory.base, Bytes{kPages * 64}});
  walked.touches = m->touches();
  walked.events = m.events();
  walked.file = m.bytes("f", Truth::cache);
  return walked;
}

TEST_CASE("a walk that stops at a touch has told what the whole walk tells up to there") {
  const Walked whole = walk(Chunking::where_nothing_happens, kNeverTouched);
  REQUIRE(whole.touches > 200);
  for (const Chunking chunking : {Chunking::where_nothing_happens, Chunking::element_by_element}) {
    for (std::uint64_t stop = 0; stop <= kPages * 32; ++stop) {
      CAPTURE(stop);
      const Walked cut = walk(chunking, stop);
      REQUIRE(cut.touches == stop);
      REQUIRE(cut.signal == (stop < kPages * 32 ? SIGKILL : 0));
      REQUIRE(one_by_one(cut.events, stop) == one_by_one(whole.events, stop));
      // Element i's store is touch 2i + 1.
      for (std::uint64_t i = 0; i < kPages * 16; ++i) {
        const bool is_done = 2 * i + 1 < stop;
        REQUIRE(cut.file[4 * i] == (is_done ? whole.file[4 * i] : std::byte{3}));
      }
    }
  }
}

TEST_CASE("a read() stops between two pieces, and says EINTR if it moved nothing") {
  TestMachine m;
  REQUIRE(m->install_file("f", std::vector<std::byte>(192, std::byte{3})).ok());
  const Fd fd = *m->open("f", {.access = OpenAccess::read_write});
  const Mapping map = m.map_memory(192);
  m->stop_at(3);
  CHECK(m->read(fd, MemoryBuffer{map.base, Bytes{192}})->count == 64);
  CHECK(m->touches() == 2);
  CHECK(m->read(fd, MemoryBuffer{map.base, Bytes{192}}).error() == EINTR);
  std::byte byte{};
  CHECK(m->read(fd, std::span(&byte, 1))->count == 1);
  CHECK(m->read(fd, std::span(&byte, 1)).error() == EINTR);
  m->stop_at(kNeverTouched);
  CHECK(m->read(fd, std::span(&byte, 1))->count == 1);
}

}  // namespace
}  // namespace sim

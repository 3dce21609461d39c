// Laws about events: they say enough to know where every page is, and they say when LRU is right.

#include <doctest/doctest.h>

#include <algorithm>
#include <list>

#include "tests/laws/law_machine.h"
#include "tests/laws/page_tracker.h"

namespace laws {
namespace {

using sim::Access;
using sim::Event;
using sim::EventKind;
using sim::PageName;

TEST_CASE("what the events say about every page is what one observes") {
  for_random_machines(200, [](const sim::MachineConfig& config, std::uint64_t seed) {
    sim::Machine machine(config);
    sim::EventLog log;
    sim::EventStream stream(log);
    machine.attach(&stream);
    RandomProgram program(seed, config.page_size.count);
    PageTracker tracker;
    for (int i = 0; i < 150; ++i) {
      const RandomProgram::Effect effect = program.step(machine);
      const sim::Observation seen = machine.observe();
      for (const sim::FileState& file : seen.files) tracker.knows_file(file.object);
      stream.flush();
      const bool moves_end = effect == RandomProgram::Effect::moves_end;
      tracker.apply(log.events(),
                    moves_end ? PageTracker::Coming::untold : PageTracker::Coming::all_told);
      log.clear();
      if (effect != RandomProgram::Effect::none) tracker.forget_released(seen);
      if (moves_end) tracker.accept_clean_pages(seen);
      const PageTracker::Sets now = PageTracker::sets_of(seen);
      REQUIRE(tracker.resident() == now.resident);
      REQUIRE(tracker.dirty() == now.dirty);
      REQUIRE(tracker.swapped() == now.swapped);
      REQUIRE(tracker.most_resident() <= config.frames.count);
    }
  });
}

// LRU over pages touched one at a time, as a list and nothing else.
class NaiveLru {
 public:
  explicit NaiveLru(std::uint64_t frames) : frames_(frames) {}

  struct Touched {
    bool faults = false;
    std::optional<std::uint32_t> victim;
  };
  Touched touch(std::uint32_t page) {
    Touched result;
    const auto found = std::find(oldest_first_.begin(), oldest_first_.end(), page);
    if (found != oldest_first_.end()) {
      oldest_first_.erase(found);
    } else {
      result.faults = true;
      if (oldest_first_.size() == frames_) {
        result.victim = oldest_first_.front();
        oldest_first_.pop_front();
      }
    }
    oldest_first_.push_back(page);
    return result;
  }

 private:
  std::uint64_t frames_;
  std::list<std::uint32_t> oldest_first_;
};

constexpr std::uint64_t kPages = 40;

sim::MachineConfig lru_config(std::uint64_t frames) {
  sim::MachineConfig config;
  config.page_size = sim::Bytes{16};
  config.frames = sim::Pages{frames};
  config.levels = sim::PageTableShape{{5, 5}};
  return config;
}

TEST_CASE(
    "every fault and every victim of LRU is the naive list's, file pages and anonymous alike") {
  for (std::uint64_t seed = 0; seed < 60; ++seed) {
    CAPTURE(seed);
    sim::Rng rng(seed);
    const std::uint64_t frames = 1 + rng.below(kPages);
    sim::Machine machine(lru_config(frames));
    REQUIRE(machine.install_sparse_file("f", sim::Bytes{kPages * 16}).ok());
    const auto fd = machine.open("f", {.access = sim::OpenAccess::read_write});
    const auto file = machine.mmap({.file = *fd,
                                    .length = sim::Bytes{kPages * 16},
                                    .protection = {.write = true},
                                    .sharing = sim::Sharing::shared});
    const auto memory =
        machine.mmap({.length = sim::Bytes{kPages * 16}, .protection = {.write = true}});
    NaiveLru naive(frames);
    sim::EventLog log;
    sim::EventStream stream(log);
    machine.attach(&stream);
    for (int i = 0; i < 500; ++i) {
      const std::uint64_t page = rng.below(2) == 0 ? rng.below(2 * kPages) : rng.below(12);
      const bool is_file = page < kPages;
      const std::uint64_t at =
          (is_file ? file->base : memory->base).index + page % kPages * 16 + rng.below(16);
      const std::byte byte{1};
      // Anonymous pages are stored to: a load would map the zero page, which takes no frame.
      REQUIRE(machine.store(sim::VirtAddr{at}, {&byte, 1}).is_done());
      stream.flush();
      const NaiveLru::Touched expected = naive.touch(static_cast<std::uint32_t>(page));
      bool faults = false;
      std::optional<std::uint32_t> victim;
      for (const Event& event : log.events()) {
        faults =
            faults || event.kind == EventKind::fault_minor || event.kind == EventKind::fault_major;
        if (event.kind != EventKind::evict) continue;
        victim = event.page.index + (event.page.object == file->object ? 0 : kPages);
      }
      REQUIRE(faults == expected.faults);
      REQUIRE(victim == expected.victim);
      log.clear();
    }
  }
}

TEST_CASE("a loop over one page more than there are frames faults every time under LRU") {
  for (std::uint64_t frames = 1; frames < 20; ++frames) {
    CAPTURE(frames);
    sim::Machine machine(lru_config(frames));
    const auto memory =
        machine.mmap({.length = sim::Bytes{(frames + 1) * 16}, .protection = {.write = true}});
    sim::EventLog log;
    sim::EventStream stream(log);
    machine.attach(&stream);
    const std::uint64_t touches = 5 * (frames + 1);
    for (std::uint64_t i = 0; i < touches; ++i) {
      const std::byte byte{1};
      const sim::VirtAddr at{memory->base.index + i % (frames + 1) * 16};
      REQUIRE(machine.store(at, {&byte, 1}).is_done());
    }
    stream.flush();
    const auto faults = std::count_if(log.events().begin(), log.events().end(), [](const Event& e) {
      return e.kind == EventKind::fault_minor || e.kind == EventKind::fault_major;
    });
    CHECK(static_cast<std::uint64_t>(faults) == touches);
  }
}

}  // namespace
}  // namespace laws

// Laws about events: they say enough to know where every page is, and they say when LRU is right.

#include <doctest/doctest.h>

#include <algorithm>
#include <list>
#include <utility>

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

// A file, a map of it and anonymous memory, used by touches and by system calls. Pages are
// numbered: the file's first, then the memory's.
class Uses {
 public:
  Uses(std::uint64_t seed, std::uint64_t frames)
      : rng_(seed), machine_(lru_config(frames)), naive_(frames) {
    const std::vector<std::byte> bytes(kPages * kSize, std::byte{3});
    REQUIRE(machine_.install_file("f", bytes).ok());
    fd_ = *machine_.open("f", {.access = sim::OpenAccess::read_write});
    file_ = *machine_.mmap({.file = fd_,
                            .length = sim::Bytes{kPages * kSize},
                            .protection = {.write = true},
                            .sharing = sim::Sharing::shared});
    memory_ = *machine_.mmap({.length = sim::Bytes{kPages * kSize}, .protection = {.write = true}});
    machine_.attach(&stream_);
    // A load of memory that was never stored to would map the zero page, which takes no frame.
    for (std::uint64_t page = 0; page < kPages; ++page) {
      const std::byte byte{1};
      REQUIRE(machine_.store(memory_.base + sim::Bytes{page * kSize}, {&byte, 1}).is_done());
      use(kPages + page);
    }
  }

  void step() {
    switch (rng_.below(6)) {
      case 0: return touch(Access::read);
      case 1: return touch(Access::write);
      case 2: return move(Access::read, kBuffer);
      case 3: return move(Access::write, kBuffer);
      case 4: return move(Access::read, kNoBuffer);
      default: return move(Access::write, kNoBuffer);
    }
  }
  // Pages that went since the last call: what the events tell, and what the list says.
  std::vector<std::uint64_t> told() {
    stream_.flush();
    std::vector<std::uint64_t> pages;
    for (const Event& event : log_.events()) {
      if (event.kind != EventKind::evict) continue;
      pages.push_back(event.page.index + (event.page.object == file_.object ? 0 : kPages));
    }
    log_.clear();
    return pages;
  }
  std::vector<std::uint64_t> expected() { return std::exchange(victims_, {}); }

 private:
  static constexpr std::uint64_t kSize = 16;
  static constexpr bool kBuffer = true;
  static constexpr bool kNoBuffer = false;

  void use(std::uint64_t page) {
    const auto victim = naive_.touch(static_cast<std::uint32_t>(page)).victim;
    if (victim) victims_.push_back(*victim);
  }
  // Half of the places lie in a few pages, which so are used again while they are there.
  std::uint64_t place(std::uint64_t room) {
    return rng_.below((rng_.below(2) == 0 ? 6 : kPages) * kSize - room);
  }
  sim::VirtAddr address(bool is_file, std::uint64_t at) const {
    return (is_file ? file_ : memory_).base + sim::Bytes{at};
  }

  void touch(Access access) {
    const bool is_file = rng_.below(2) == 0;
    const std::uint64_t at = place(1);
    std::byte byte{5};
    const sim::Outcome outcome = access == Access::read
                                     ? machine_.load(address(is_file, at), {&byte, 1})
                                     : machine_.store(address(is_file, at), {&byte, 1});
    REQUIRE(outcome.is_done());
    use(at / kSize + (is_file ? 0 : kPages));
  }

  // read() uses the file's page and then the buffer's, write() the buffer's first.
  void move(Access access, bool has_buffer) {
    const std::uint64_t most = 3 * kSize;
    const std::uint64_t length = 1 + rng_.below(most);
    const std::uint64_t at = place(most);
    const bool is_file = rng_.below(2) == 0;
    const std::uint64_t from = place(most);
    REQUIRE(machine_.lseek(fd_, static_cast<std::int64_t>(at), sim::Whence::set).ok());
    std::vector<std::byte> bytes(length);
    const sim::MemoryBuffer buffer{address(is_file, from), sim::Bytes{length}};
    const bool reads = access == Access::read;
    const auto moved = has_buffer
                           ? (reads ? machine_.read(fd_, buffer) : machine_.write(fd_, buffer))
                       : reads ? machine_.read(fd_, std::span(bytes))
                               : machine_.write(fd_, std::span<const std::byte>(bytes));
    REQUIRE(moved.ok());
    REQUIRE(moved->count == length);
    for (std::uint64_t done = 0; done < length;) {
      const std::uint64_t file_page = (at + done) / kSize;
      const std::uint64_t buffer_page = (from + done) / kSize + (is_file ? 0 : kPages);
      if (has_buffer && !reads) use(buffer_page);
      use(file_page);
      if (has_buffer && reads) use(buffer_page);
      const std::uint64_t left = kSize - (at + done) % kSize;
      done += has_buffer ? std::min(left, kSize - (from + done) % kSize) : left;
    }
  }

  sim::Rng rng_;
  sim::EventLog log_;
  sim::EventStream stream_{log_};
  sim::Machine machine_;
  sim::Fd fd_;
  sim::Mapping file_;
  sim::Mapping memory_;
  NaiveLru naive_;
  std::vector<std::uint64_t> victims_;
};

TEST_CASE("read() and write() use pages as touches do: every victim of LRU is the naive list's") {
  std::size_t victims = 0;
  for (std::uint64_t seed = 0; seed < 60; ++seed) {
    CAPTURE(seed);
    Uses uses(seed, 3 + seed % 30);  // two pages of a piece are held at once
    for (int i = 0; i < 300; ++i) {
      uses.step();
      const std::vector<std::uint64_t> expected = uses.expected();
      REQUIRE(uses.told() == expected);
      victims += expected.size();
    }
  }
  CHECK(victims > 5000);
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

// Two processes on both computers: the same touches fault, and each sees the same bytes.

#include <doctest/doctest.h>

#include <array>

#include "sim/core/event_stream.h"
#include "sim/machine.h"
#include "tests/real/host_fixture.h"
#include "tests/real/process_text.h"

namespace real {
namespace {

constexpr std::uint64_t kPages = 64;

enum class Kind : std::uint8_t {
  shared_dirty,
  shared_read,
  private_clean,
  private_copied,
  private_partly_copied,
  own_written,
  own_zero,
  own_zero_but_one,
  shared_own_written,
  shared_own_read,
  shared_own_untouched,
};
constexpr int kKinds = 11;

// The faults of each of: the child loads, stores, stores again, and then the parent. And after
// each: what the processes have mapped, and whose frames count elsewhere.
struct Faults {
  std::array<std::uint64_t, 6> of{};
  std::vector<std::string> seen{};
  friend bool operator==(const Faults&, const Faults&) = default;
};

class Walker {
 public:
  Walker(sim::Computer& computer, sim::EventStream& events, sim::EventLog& log)
      : computer_(computer), events_(events), log_(log) {}

  Faults measure(Kind kind) {
    prepare(kind);
    const sim::Forked forked = *computer_.fork();
    computer_.switch_to(forked.child);
    Faults faults{};
    const auto walk = [&](std::size_t i, std::uint64_t n) {
      faults.of.at(i) = n;
      look(faults.seen);
    };
    walk(0, loads()), walk(1, stores()), walk(2, stores());
    computer_.exit();
    computer_.switch_to(sim::ProcessId{});
    walk(3, loads()), walk(4, stores()), walk(5, stores());
    computer_.exit();
    look(faults.seen);
    return faults;
  }

 private:
  void prepare(Kind kind) {
    sim::MapRequest request{.length = sim::Bytes{kPages * kPage.count}, .protection = kReadWrite};
    if (kind < Kind::own_written) {
      const sim::Fd fd = *computer_.open("data.bin", kReadWriteFile);
      request.file = fd;
      const bool shared = kind <= Kind::shared_read;
      request.sharing = shared ? sim::Sharing::shared : sim::Sharing::private_copy;
    }
    if (kind >= Kind::shared_own_written) request.sharing = sim::Sharing::shared;
    base_ = computer_.mmap(request)->base;
    if (kind == Kind::shared_own_untouched) return;
    const bool is_stored_to = kind == Kind::shared_dirty || kind == Kind::private_copied ||
                              kind == Kind::own_written || kind == Kind::shared_own_written;
    static_cast<void>(is_stored_to ? stores() : loads());
    if (kind != Kind::private_partly_copied && kind != Kind::own_zero_but_one) return;
    const std::byte byte{1};
    CHECK(computer_.store(base_, {&byte, 1}).is_done());
  }

  void look(std::vector<std::string>& seen) {
    const sim::Observation now = computer_.observe();
    for (const sim::ProcessState& process : now.processes) seen.push_back(text_of_process(process));
    for (const sim::MemoryState& memory : now.memory) {
      seen.push_back(std::to_string(memory.resident.count()) + " of " +
                     std::to_string(memory.object) + ", shared " +
                     std::to_string(memory.shared.count()));
    }
  }

  std::uint64_t faults_so_far() {
    events_.flush();
    std::uint64_t n = 0;
    for (const sim::Event& e : log_.events()) {
      n += e.kind == sim::EventKind::fault_minor || e.kind == sim::EventKind::fault_major ? 1 : 0;
    }
    return n;
  }
  template <class Touch>
  std::uint64_t faults_of(Touch touch) {
    const std::uint64_t before = faults_so_far();
    for (std::uint64_t i = 0; i < kPages; ++i) {
      CHECK(touch(base_ + sim::Bytes{i * kPage.count}).is_done());
    }
    return faults_so_far() - before;
  }
  std::uint64_t loads() {
    return faults_of([&](sim::VirtAddr at) {
      std::byte byte{};
      return computer_.load(at, {&byte, 1});
    });
  }
  std::uint64_t stores() {
    return faults_of([&](sim::VirtAddr at) {
      const std::byte byte{2};
      return computer_.store(at, {&byte, 1});
    });
  }

  sim::Computer& computer_;
  sim::EventStream& events_;
  sim::EventLog& log_;
  sim::VirtAddr base_;
};

Faults on_real(Kind kind) {
  HostFixture fixture;
  fixture.make_file("data.bin", kPages);
  fixture.start();
  return Walker(fixture.host(), fixture.stream(), fixture.log()).measure(kind);
}

Faults on_sim(Kind kind, sim::Rule rule_off = sim::Rule::all_hold) {
  sim::MachineConfig config;
  config.rule_off = rule_off;
  sim::Machine machine(config);
  const std::vector<std::byte> bytes(kPages * kPage.count, std::byte{'x'});
  REQUIRE(machine.install_file("data.bin", bytes).ok());
  sim::EventLog log;
  sim::EventStream events(log);
  machine.attach(&events);
  return Walker(machine, events, log).measure(kind);
}

TEST_CASE("after a fork the same touches of each kind of page fault on both computers") {
  for (int i = 0; i < kKinds; ++i) {
    const auto kind = static_cast<Kind>(i);
    CAPTURE(static_cast<int>(kind));
    const Faults real = on_real(kind), simulated = on_sim(kind);
    CHECK(real.of == simulated.of);
    CHECK(real.seen == simulated.seen);
  }
}

TEST_CASE("a simulator whose fork leaves pages writable is found out") {
  CHECK(on_real(Kind::own_written) != on_sim(Kind::own_written, sim::Rule::fork_protects));
}

TEST_CASE("a forked process opens, maps, reads and writes by itself") {
  HostFixture fixture;
  LinuxHost& host = fixture.host();
  const sim::ProcessId child = host.fork()->child;
  host.switch_to(child);
  const sim::Fd fd = *host.open("new.bin", kCreate);
  REQUIRE(host.ftruncate(fd, kPage).ok());
  const sim::VirtAddr memory =
      host.mmap({.length = kPage, .protection = kReadWrite, .sharing = sim::Sharing::private_copy})
          ->base;
  const std::byte byte{7};
  REQUIRE(host.store(memory + sim::Bytes{9}, {&byte, 1}).is_done());
  CHECK(*host.write(fd, sim::MemoryBuffer{memory, sim::Bytes{10}}) == sim::Bytes{10});
  CHECK(*host.lseek(fd, 0, sim::Whence::current) == sim::FileOffset{10});
  const sim::VirtAddr shown = host.mmap({.file = fd,
                                         .length = kPage,
                                         .protection = kReadWrite,
                                         .sharing = sim::Sharing::shared})
                                  ->base;
  std::byte seen{};
  REQUIRE(host.load(shown + sim::Bytes{9}, {&seen, 1}).is_done());
  CHECK(seen == byte);
  // Memory that only the child has is nobody's in the parent.
  host.switch_to(sim::ProcessId{});
  CHECK(host.load(memory, {&seen, 1}).signal == SIGSEGV);
  CHECK(host.lseek(fd, 0, sim::Whence::current).error() == EBADF);
}

TEST_CASE("a page of a forked process comes back from the swap area, and so does its parent's") {
  const std::vector<MirroredEviction> evictions = {{.touch = 2, .page = {0, 0}}};
  HostFixture fixture;
  fixture.start({}, evictions);
  LinuxHost& host = fixture.host();
  const sim::VirtAddr memory = host.mmap({.length = kPage + kPage, .protection = kReadWrite})->base;
  for (const std::uint64_t page : {0, 1}) {
    const auto byte = static_cast<std::byte>(40 + page);
    REQUIRE(host.store(memory + sim::Bytes{page * kPage.count}, {&byte, 1}).is_done());
  }
  const sim::ProcessId child = host.fork()->child;
  host.switch_to(child);
  std::byte seen{};
  for (const sim::ProcessId process : {child, sim::ProcessId{}}) {
    host.switch_to(process);
    REQUIRE(host.load(memory, {&seen, 1}).is_done());
    CHECK(seen == std::byte{40});
  }
  CHECK(fixture.events(sim::EventKind::swap_in).size() == 2);
  CHECK(host.notes().size() <= 1);  // of the counted faults; none of an eviction that failed
}

TEST_CASE("an evicted page of shared memory comes back once, for both processes") {
  const std::vector<MirroredEviction> evictions = {{.touch = 1, .page = {0, 0}}};
  HostFixture fixture;
  fixture.start({}, evictions);
  LinuxHost& host = fixture.host();
  const sim::VirtAddr memory =
      host.mmap({.length = kPage, .protection = kReadWrite, .sharing = sim::Sharing::shared})->base;
  fixture.store(memory, std::byte{41});
  const sim::ProcessId child = host.fork()->child;
  host.switch_to(child);
  CHECK(fixture.load(memory) == std::byte{41});
  fixture.store(memory, std::byte{42});
  host.switch_to(sim::ProcessId{});
  CHECK(fixture.load(memory) == std::byte{42});
  CHECK(fixture.events(sim::EventKind::swap_in).size() == 1);
  CHECK(host.notes().size() <= 1);
}

}  // namespace
}  // namespace real

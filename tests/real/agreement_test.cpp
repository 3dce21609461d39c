// Random programs on the simulated and on the real computer: the same events at the same touches.

#include <array>
#include <map>
#include <string>

#include "sim/core/rng.h"
#include "sim/machine.h"
#include "tests/real/host_fixture.h"

namespace real {
namespace {

constexpr std::uint64_t kFilePages = 24;
constexpr std::uint64_t kMemoryPages = 12;

class Sum final : public sim::ElementLoop {
 public:
  void run(std::byte* const* pointers, std::uint64_t n) override {
    for (std::uint64_t i = 0; i < n; ++i) {
      std::uint64_t a = 0;
      std::uint64_t b = 0;
      std::memcpy(&a, pointers[0] + 40 * i, 8);
      std::memcpy(&b, pointers[1] + 24 * i, 8);
      a += b + 1;
      std::memcpy(pointers[2] + 40 * i, &a, 8);
    }
  }
};

// One program, told what to do by a seed: the same calls on whatever computer it is given.
class Program {
 public:
  Program(sim::Computer& computer, std::uint64_t seed) : computer_(&computer), rng_(seed) {}

  void start() {
    file_ = *computer_->open("data", kReadWriteFile);
    other_ = *computer_->open("other", kCreate);
    shared_ = map_file(sim::Sharing::shared);
    again_ = map_file(sim::Sharing::shared);
    private_ = map_file(sim::Sharing::private_copy);
    memory_ =
        *computer_->mmap({.length = sim::Bytes{kMemoryPages * 4096}, .protection = kReadWrite});
  }

  void step() {
    switch (rng_.below(12)) {
      case 0:
      case 1:
      case 2: return load();
      case 3:
      case 4:
      case 5: return store();
      case 6: return read();
      case 7: return write();
      case 8: return loop();
      case 9: return host_write();
      case 10: return flush();
      default: return rarely();
    }
  }

 private:
  sim::Mapping map_file(sim::Sharing sharing) {
    return *computer_->mmap({.file = file_,
                             .length = sim::Bytes{kFilePages * 4096},
                             .protection = kReadWrite,
                             .sharing = sharing});
  }

  // A place at least `room` bytes before the end of some mapping.
  sim::VirtAddr place(std::uint64_t room) {
    const sim::Mapping* all[] = {&shared_, &again_, &private_, &memory_};
    const std::uint64_t which = rng_.below(4);
    const std::uint64_t pages = which == 3 ? kMemoryPages : kFilePages;
    last_mapping_ = which;
    last_offset_ = rng_.below(pages * 4096 - room);
    return all[which]->base + sim::Bytes{last_offset_};
  }

  std::span<std::byte> some_bytes(std::uint64_t most) {
    const auto bytes = std::span(bytes_).first(1 + rng_.below(most));
    for (std::byte& b : bytes) b = static_cast<std::byte>(rng_.below(256));
    return bytes;
  }

  void load() {
    const std::uint64_t n = 1 + rng_.below(6000);
    CHECK(computer_->load(place(n), std::span(bytes_).first(n)).is_done());
  }
  void store() {
    const auto bytes = some_bytes(100);
    CHECK(computer_->store(place(bytes.size()), bytes).is_done());
  }
  // Not from a page of the file into the same page: how such a copy ends is nobody's promise.
  void read() {
    const std::uint64_t position = seek(file_, kFilePages);
    const sim::VirtAddr into = place(9000);
    const bool is_shared = last_mapping_ < 2;
    if (is_shared && last_offset_ < position + 16384 && position < last_offset_ + 16384) return;
    CHECK(computer_->read(file_, {into, sim::Bytes{1 + rng_.below(9000)}}).ok());
  }
  void write() {
    seek(other_, 8);
    CHECK(computer_->write(other_, {place(9000), sim::Bytes{1 + rng_.below(9000)}}).ok());
  }
  void host_write() {
    const bool inside = rng_.below(2) == 0;
    seek(inside ? file_ : other_, inside ? kFilePages - 1 : 8);
    const auto bytes = some_bytes(4096);
    CHECK(computer_->write(inside ? file_ : other_, std::span<const std::byte>(bytes)).ok());
  }
  void loop() {
    Sum sum;
    const std::uint64_t n = 1 + rng_.below(200);
    const sim::VirtAddr a = place(40 * 200 + 8);
    const sim::VirtAddr b = place(24 * 200 + 8);
    const sim::Operand operands[] = {{a, 40, 8, sim::Access::read},
                                     {b, 24, 8, sim::Access::read},
                                     {a, 40, 8, sim::Access::write}};
    CHECK(computer_->for_each(operands, n, sum).is_done());
  }
  void flush() {
    const std::uint64_t first = rng_.below(kFilePages);
    const sim::Bytes length{4096 * (1 + rng_.below(kFilePages - first))};
    CHECK(computer_->msync(shared_.base + sim::Bytes{first * 4096}, length).ok());
  }
  void rarely() {
    switch (rng_.below(5)) {
      case 0: CHECK(computer_->fsync(rng_.below(2) == 0 ? file_ : other_).ok()); break;
      case 1:
        CHECK(computer_->munmap(again_.base, sim::Bytes{kFilePages * 4096}).ok());
        again_ = map_file(sim::Sharing::shared);
        break;
      case 2: {
        const sim::Bytes page{4096 * rng_.below(kMemoryPages)};
        CHECK(computer_->madvise(memory_.base + page, kPage, sim::Advice::dont_need).ok());
        break;
      }
      case 3: {
        const sim::Bytes size{rng_.below(8 * 4096)};
        CHECK(computer_->ftruncate(other_, size).ok());
        break;
      }
      default: seek(file_, kFilePages); break;
    }
  }
  std::uint64_t seek(sim::Fd fd, std::uint64_t pages) {
    const std::uint64_t to = rng_.below(pages * 4096);
    CHECK(computer_->lseek(fd, static_cast<std::int64_t>(to), sim::Whence::set).ok());
    return to;
  }

  sim::Computer* computer_;
  sim::Rng rng_;
  sim::Fd file_;
  sim::Fd other_;
  sim::Mapping shared_;
  sim::Mapping again_;
  sim::Mapping private_;
  sim::Mapping memory_;
  std::uint64_t last_mapping_ = 0;  // what place() chose
  std::uint64_t last_offset_ = 0;
  std::array<std::byte, 9000> bytes_{};
};

// How a run of accesses was cut says nothing; what they were does.
std::vector<std::string> told(const std::vector<sim::Event>& events) {
  std::vector<std::string> lines;
  std::map<std::pair<sim::PageName, int>, std::uint64_t> accesses;
  const std::vector<std::string> names = names_of(events);
  for (std::size_t i = 0; i < events.size(); ++i) {
    const sim::Event& e = events[i];
    if (e.kind == sim::EventKind::access) {
      accesses[{e.page, e.operand * 2 + e.detail}] += e.count;
    } else {
      lines.push_back(std::to_string(e.touch) + " " + names[i] + " x" + std::to_string(e.count));
    }
  }
  for (const auto& [what, n] : accesses) {
    lines.push_back(std::to_string(what.first.object) + ":" + std::to_string(what.first.index) +
                    " accessed by " + std::to_string(what.second) + ": " + std::to_string(n));
  }
  return lines;
}

void check_same_state(sim::Computer& simulated, sim::Computer& real) {
  const sim::Observation a = simulated.observe();
  const sim::Observation b = real.observe();
  REQUIRE(a.files.size() == b.files.size());
  for (std::size_t i = 0; i < a.files.size(); ++i) {
    CAPTURE(a.files[i].name);
    CHECK(a.files[i].name == b.files[i].name);
    CHECK(a.files[i].object == b.files[i].object);
    CHECK(a.files[i].size == b.files[i].size);
    CHECK(a.files[i].resident == b.files[i].resident);
    CHECK(a.files[i].dirty == b.files[i].dirty);
    const sim::Bytes all = a.files[i].size;
    for (const sim::Truth truth : {sim::Truth::program, sim::Truth::cache, sim::Truth::durable}) {
      const auto mine = simulated.bytes_of(a.files[i].name, truth, {}, all);
      const auto theirs = real.bytes_of(a.files[i].name, truth, {}, all);
      if (theirs.bytes) CHECK(*mine.bytes == *theirs.bytes);
    }
  }
  REQUIRE(a.memory.size() == b.memory.size());
  for (std::size_t i = 0; i < a.memory.size(); ++i) {
    CHECK(a.memory[i].object == b.memory[i].object);
    CHECK(a.memory[i].resident == b.memory[i].resident);
  }
}

TEST_CASE("random programs: the same events at the same touches, the same pages, the same bytes") {
  HostFixture f;
  if (!f.host().notes().empty()) {
    MESSAGE("not compared, since this computer shows less: " << f.host().notes().front());
    return;
  }
  std::array<std::uint64_t, sim::kEventKinds> kinds{};
  for (std::uint64_t seed = 1; seed <= 12; ++seed) {
    CAPTURE(seed);
    if (f.host().stat("other").ok()) REQUIRE(f.host().unlink("other").ok());
    f.make_file("data", kFilePages);
    f.start();

    sim::EventLog log;
    sim::EventStream stream(log);
    sim::Machine machine{sim::MachineConfig{}};
    std::vector<std::byte> bytes;
    for (std::uint64_t p = 0; p < kFilePages; ++p) {
      bytes.insert(bytes.end(), kPage.count, static_cast<std::byte>(p + 1));
    }
    REQUIRE(machine.install_file("data", bytes).ok());
    machine.attach(&stream);

    Program simulated(machine, seed);
    Program real(f.host(), seed);
    simulated.start();
    real.start();
    for (int step = 0; step < 150; ++step) {
      CAPTURE(step);
      simulated.step();
      real.step();
      stream.flush();
      for (const sim::Event& e : log.events()) ++kinds[static_cast<std::size_t>(e.kind)];
      REQUIRE(told(log.events()) == told(f.events()));
      log.clear();
      if (step % 30 == 29) check_same_state(machine, f.host());
    }
  }
  for (const auto kind :
       {sim::EventKind::fault_minor, sim::EventKind::fault_major, sim::EventKind::page_in,
        sim::EventKind::dirty, sim::EventKind::write_back}) {
    CAPTURE(sim::name_of(kind));
    CHECK(kinds[static_cast<std::size_t>(kind)] > 100);
  }
}

}  // namespace
}  // namespace real

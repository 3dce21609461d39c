// Work in a child: messages in order, none lost, whatever end the child comes to.

#include "real/child.h"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstring>
#include <fstream>
#include <random>
#include <string>
#include <vector>

#include "tests/real/host_fixture.h"

namespace real {
namespace {

class Collected final : public MessageSink {
 public:
  std::string message(std::uint32_t type, std::span<const std::byte> payload) override {
    types.push_back(type);
    payloads.emplace_back(payload.begin(), payload.end());
    return type == kSenseless ? "a senseless message" : "";
  }
  static constexpr std::uint32_t kSenseless = 1'000'000;
  std::vector<std::uint32_t> types;
  std::vector<std::vector<std::byte>> payloads;
};

// The ring that both ends of these tests share is 1 MiB.
constexpr std::size_t kMebibyte = std::size_t{1} << 20;

std::vector<std::byte> pattern(std::uint32_t seed, std::size_t size) {
  std::vector<std::byte> bytes(size);
  for (std::size_t i = 0; i < size; ++i) {
    bytes[i] = static_cast<std::byte>((seed * 31 + i * 7 + i / 251) & 0xff);
  }
  return bytes;
}

Ended run(const std::function<int(Channel&)>& work, MessageSink& sink,
          std::vector<int> descriptors = {}) {
  ChildWork job;
  job.descriptors = std::move(descriptors);
  job.work = work;
  auto ended = run_in_child(job, sink);
  if (const auto* problem = std::get_if<Problem>(&ended)) FAIL(problem->what);
  return std::get<Ended>(ended);
}

TEST_CASE("a ring gives back what was put, around its edge") {
  Ring ring(4096);
  std::vector<std::byte> out(1500);
  for (std::uint32_t i = 0; i < 100; ++i) {
    const auto in = pattern(i, 1 + (i * 37) % 1500);
    ring.put(in);
    CHECK(ring.ready() == 0);
    ring.commit();
    REQUIRE(ring.ready() == std::optional(in.size()));
    ring.take(std::span(out).first(in.size()));
    REQUIRE(std::equal(in.begin(), in.end(), out.begin()));
  }
}

TEST_CASE("messages arrive whole and in order, more than the ring holds, one larger than it") {
  constexpr std::uint32_t kMessages = 3000;
  const auto size_of = [](std::uint32_t i) -> std::size_t {
    return i == 1500 ? 3 * kMebibyte + 17 : (std::size_t{i} * 2654435761u) % 3000;
  };
  Collected seen;
  const Ended ended = run(
      [&](Channel& channel) {
        for (std::uint32_t i = 0; i < kMessages; ++i) channel.send(i, pattern(i, size_of(i)));
        return 7;
      },
      seen);
  CHECK(ended.exit_status == 7);
  CHECK(ended.signal == 0);
  REQUIRE(seen.types.size() == kMessages);
  for (std::uint32_t i = 0; i < kMessages; ++i) {
    REQUIRE(seen.types[i] == i);
    REQUIRE(seen.payloads[i] == pattern(i, size_of(i)));
  }
}

TEST_CASE("a killed child loses nothing that it sent") {
  for (int trial = 0; trial < 20; ++trial) {
    Collected seen;
    const Ended ended = run(
        [](Channel& channel) {
          for (std::uint32_t i = 0; i < 500; ++i) channel.send(i, pattern(i, 100));
          ::raise(SIGKILL);
          return 0;
        },
        seen);
    CHECK(ended.signal == SIGKILL);
    REQUIRE(seen.types.size() == 500);
    REQUIRE(seen.payloads.back() == pattern(499, 100));
  }
}

TEST_CASE("a child that asks waits until the parent has dealt with it and all before") {
  class Slow final : public MessageSink {
   public:
    explicit Slow(int answer) : answer_(answer) {}
    std::string message(std::uint32_t type, std::span<const std::byte>) override {
      if (type != 9) return {};
      ::usleep(2000);
      REQUIRE(::write(answer_, "x", 1) == 1);
      return {};
    }

   private:
    int answer_;
  };
  int pipe[2];
  REQUIRE(::pipe(pipe) == 0);
  Slow sink(pipe[1]);
  const Ended ended = run(
      [&](Channel& channel) {
        ::fcntl(pipe[0], F_SETFL, O_NONBLOCK);
        char byte = 0;
        for (std::uint32_t i = 0; i < 50; ++i) {
          if (i % 2 == 0) channel.send(i == 9 ? 0 : i, pattern(i, 1000));
          channel.ask(9, {});
          if (::read(pipe[0], &byte, 1) != 1) return 1;  // EAGAIN: nothing is there yet
        }
        return 0;
      },
      sink, {pipe[0]});
  CHECK(ended.exit_status == 0);
  ::close(pipe[0]);
  ::close(pipe[1]);
}

TEST_CASE("a child has none of its parent's descriptors but those it is given") {
  int pipe[2];
  REQUIRE(::pipe(pipe) == 0);
  Collected seen;
  const Ended ended = run(
      [&](Channel&) {
        const bool given = ::fcntl(pipe[0], F_GETFD) >= 0;
        const bool other = ::fcntl(pipe[1], F_GETFD) >= 0;
        return given && !other ? 0 : 1;
      },
      seen, {pipe[0]});
  CHECK(ended.exit_status == 0);
  ::close(pipe[0]);
  ::close(pipe[1]);
}

TEST_CASE("a child that sends a senseless message is killed, and nothing after it is heard") {
  Collected seen;
  const Ended ended = run(
      [](Channel& channel) -> int {
        channel.send(1, {});
        channel.send(Collected::kSenseless, {});
        for (;;) channel.send(2, pattern(2, 1000));
      },
      seen);
  CHECK(ended.nonsense == "a senseless message");
  CHECK(ended.signal == SIGKILL);
  CHECK(seen.types == std::vector<std::uint32_t>{1, Collected::kSenseless});
}

TEST_CASE("a message longer than any is not waited for") {
  Collected seen;
  const Ended ended = run(
      [](Channel& channel) -> int {
        channel.send(1, {});
        const std::size_t n = std::size_t{kLongestMessage} + 1;
        void* zeros = ::mmap(nullptr, n, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        channel.send(2, {static_cast<const std::byte*>(zeros), n});
        for (;;) ::pause();
      },
      seen);
  CHECK(ended.nonsense == "a message of 1073741825 bytes");
  CHECK(seen.types == std::vector<std::uint32_t>{1});
}

// In a child: the memory that it shares with its parent, which is the ring.
std::span<std::byte> shared_memory() {
  std::ifstream maps("/proc/self/maps");
  std::uint64_t first = 0, end = 0;
  for (std::string line; std::getline(maps, line);) {
    if (line.find(" rw-s ") == std::string::npos) continue;
    if (line.find("/dev/zero") == std::string::npos) continue;
    const std::size_t dash = line.find('-');
    const std::uint64_t from = std::stoull(line.substr(0, dash), nullptr, 16);
    const std::uint64_t to = std::stoull(line.substr(dash + 1), nullptr, 16);
    if (to - from < kMebibyte) continue;
    first = from;
    end = to;
  }
  return {reinterpret_cast<std::byte*>(first), end - first};
}

TEST_CASE("a child that scribbles over its ring harms nobody else") {
  int disbelieved = 0;
  for (std::uint64_t trial = 0; trial < 60; ++trial) {
    Collected seen;
    ChildWork job;
    job.work = [&](Channel& channel) -> int {
      std::mt19937_64 random(trial);
      const std::span<std::byte> ring = shared_memory();
      if (ring.empty()) return 3;
      for (std::uint32_t i = 0; i < 200; ++i) {
        channel.send(i, pattern(1, 100));
        if (i == 100) channel.ask(i, {});  // what was good is heard before
        // The counters lie in front, 64 bytes apart.
        const std::size_t at = i % 3 == 0 ? random() % 256 / 8 * 8 : random() % (ring.size() - 8);
        const std::uint64_t word = random() >> (random() % 64);
        if (i > 100) std::memcpy(&ring[at], &word, sizeof word);
      }
      return 0;
    };
    // It may have made itself wait for ever.
    const auto until = std::chrono::steady_clock::now() + std::chrono::milliseconds(300);
    job.interrupted = [&] { return std::chrono::steady_clock::now() > until; };
    const auto ended = std::get<Ended>(run_in_child(job, seen));
    CHECK(ended.exit_status != 3);
    disbelieved += ended.nonsense.empty() ? 0 : 1;
    REQUIRE(seen.types.size() > 100);
    for (std::size_t i = 0; i <= 100; ++i) REQUIRE(seen.types[i] == i);
  }
  CHECK(disbelieved > 10);
}

TEST_CASE("a child that crashes or throws takes only itself down") {
  Collected seen;
  CHECK(run(
            [](Channel&) -> int {
              ::raise(SIGSEGV);
              return 0;
            },
            seen)
            .signal == SIGSEGV);
  CHECK(run([](Channel&) -> int { throw 1; }, seen).signal == SIGABRT);
}

TEST_CASE("a child asked to stop can finish; one that does not listen is killed") {
  Collected seen;
  ChildWork polite;
  polite.interrupted = [&] { return !seen.types.empty(); };
  polite.work = [](Channel& channel) {
    channel.send(1, {});
    while (!channel.stop_asked()) ::usleep(1000);
    channel.send(2, {});
    return 5;
  };
  const auto first = std::get<Ended>(run_in_child(polite, seen));
  CHECK(first.was_stopped);
  CHECK(first.exit_status == 5);
  CHECK(seen.types == std::vector<std::uint32_t>{1, 2});

  ChildWork deaf;
  deaf.interrupted = [] { return true; };
  deaf.work = [](Channel& channel) {
    channel.send(3, {});
    while (true) ::pause();
    return 0;
  };
  const auto second = std::get<Ended>(run_in_child(deaf, seen));
  CHECK(second.was_stopped);
  CHECK(second.signal == SIGKILL);
  CHECK(seen.types.back() == 3);
}

TEST_CASE("a child has no core files, no input, and the limits it is given") {
  Collected seen;
  ChildWork job;
  job.limits.file_size = sim::Bytes{8192};
  job.limits.address_space = sim::Bytes{std::uint64_t{1} << 46};  // room for a sanitizer's shadow
  job.work = [](Channel& channel) {
    rlimit core{};
    rlimit size{};
    ::getrlimit(RLIMIT_CORE, &core);
    ::getrlimit(RLIMIT_FSIZE, &size);
    char byte = 0;
    const bool no_input = ::read(STDIN_FILENO, &byte, 1) == 0;
    channel.send(core.rlim_cur == 0 && size.rlim_cur == 8192 && no_input ? 1 : 0, {});
    return 0;
  };
  REQUIRE(std::holds_alternative<Ended>(run_in_child(job, seen)));
  CHECK(seen.types == std::vector<std::uint32_t>{1});
}

TEST_CASE("a whole computer works in a child, and its files go with the scratch directory") {
  std::string path;
  Collected seen;
  {
    auto made = Scratch::make();
    REQUIRE(std::holds_alternative<Scratch>(made));
    const Scratch& scratch = std::get<Scratch>(made);
    path = scratch.path();
    class Forward final : public sim::EventConsumer {
     public:
      explicit Forward(Channel& channel) : channel_(&channel) {}
      void consume(std::span<const sim::Event> events) override {
        channel_->send(1, std::as_bytes(events));
      }

     private:
      Channel* channel_;
    };
    const Ended ended = run(
        [&](Channel& channel) {
          Forward forward(channel);
          sim::EventStream stream(forward);
          auto host = LinuxHost::make({scratch.directory(), &stream, {}, {}});
          if (std::holds_alternative<Problem>(host)) return 1;
          sim::Computer& computer = *std::get<std::unique_ptr<LinuxHost>>(host);
          const sim::Fd fd = *computer.open("f", kCreate);
          if (!computer.ftruncate(fd, sim::Bytes{40960}).ok()) return 2;
          const auto m = computer.mmap({.file = fd,
                                        .length = sim::Bytes{40960},
                                        .protection = kReadWrite,
                                        .sharing = sim::Sharing::shared});
          const std::vector<std::byte> bytes(40960, std::byte{1});
          if (!computer.store(m->base, bytes).is_done()) return 3;
          stream.flush();
          ::raise(SIGKILL);
          return 4;
        },
        seen, {scratch.directory()});
    CHECK(ended.signal == SIGKILL);
    CHECK(::access((path + "/f").c_str(), F_OK) == 0);
  }
  CHECK(::access(path.c_str(), F_OK) != 0);
  int faults = 0;
  for (const auto& payload : seen.payloads) {
    std::vector<sim::Event> events(payload.size() / sizeof(sim::Event));
    std::memcpy(events.data(), payload.data(), payload.size());
    for (const sim::Event& e : events) faults += e.kind == sim::EventKind::fault_major ? 1 : 0;
  }
  CHECK(faults == 10);
}

}  // namespace
}  // namespace real

// The law of the C library's FILE between a file and an array: every byte ends up where it belongs,
// whatever went through the buffer and whatever went past it.

#include "scenarios/numpy/stdio_file.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>

#include "sim/core/rng.h"
#include "sim/machine.h"
#include "tests/scenarios/files/run_program.h"

namespace numpy {
namespace {

constexpr std::uint64_t kMemory = 1 << 16;

// A machine with one open file and one piece of memory.
class Bench {
 public:
  explicit Bench(const std::string& bytes) {
    REQUIRE(machine_.install_file("f", std::as_bytes(std::span(bytes.data(), bytes.size()))).ok());
    const auto fd = machine_.open("f", {.access = sim::OpenAccess::read_write});
    REQUIRE(fd.ok());
    file_.emplace(machine_, *fd);
    const auto memory = machine_.mmap({.file = std::nullopt,
                                       .offset = sim::FileOffset(0),
                                       .length = sim::Bytes(kMemory),
                                       .protection = {.read = true, .write = true},
                                       .sharing = sim::Sharing::private_copy});
    REQUIRE(memory.ok());
    base_ = memory->base;
  }

  sim::Machine& machine() { return machine_; }
  PosixFile& file() { return *file_; }
  sim::MemoryBuffer memory(std::uint64_t n) const { return {base_, sim::Bytes(n)}; }
  std::string load(std::uint64_t n) {
    std::string bytes(n, '\0');
    if (n > 0) {
      REQUIRE(machine_.load(base_, std::as_writable_bytes(std::span(bytes.data(), n))).is_done());
    }
    return bytes;
  }
  void store(const std::string& bytes) {
    if (bytes.empty()) return;
    REQUIRE(machine_.store(base_, std::as_bytes(std::span(bytes.data(), bytes.size()))).is_done());
  }

 private:
  sim::Machine machine_{sim::MachineConfig{}};
  std::optional<PosixFile> file_;
  sim::VirtAddr base_;
};

std::string random_bytes(sim::Rng& rng, std::size_t n) {
  std::string bytes(n, '\0');
  for (char& c : bytes) c = static_cast<char>(rng.below(256));
  return bytes;
}

std::size_t random_length(sim::Rng& rng) {
  return rng.below(3) == 0 ? rng.below(20) : rng.below(14000);
}

TEST_CASE("what a FILE reads into an array is what the file has there") {
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    CAPTURE(seed);
    sim::Rng rng(seed);
    const std::string bytes = random_bytes(rng, rng.below(30000));
    Bench bench(bytes);
    StdioFile stdio(bench.file(), StdioFile::Mode::read);
    std::size_t at = 0;
    for (int step = 0; step < 40; ++step) {
      if (rng.below(2) == 0) {
        at = rng.below(bytes.size() + 5000);
        const auto moved = stdio.seek(static_cast<std::int64_t>(at), sim::Whence::set);
        REQUIRE(moved.ok());
        CHECK(*moved == static_cast<std::int64_t>(at));
      }
      const std::size_t n = random_length(rng);
      const std::string expected = at < bytes.size() ? bytes.substr(at, n) : "";
      CHECK(stdio.read(bench.memory(n)) == expected.size());
      CHECK(bench.load(expected.size()) == expected);
      at += expected.size();
      if (rng.below(3) == 0) {
        const auto here = stdio.tell();
        REQUIRE(here.ok());
        CHECK(*here == static_cast<std::int64_t>(at));
      }
    }
  }
}

TEST_CASE("what is written from arrays through a FILE stands in the file in that order") {
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    CAPTURE(seed);
    sim::Rng rng(seed);
    Bench bench("");
    StdioFile stdio(bench.file(), StdioFile::Mode::write);
    std::string expected;
    for (int step = 0; step < 20; ++step) {
      const std::string bytes = random_bytes(rng, random_length(rng));
      bench.store(bytes);
      CHECK(stdio.write(bench.memory(bytes.size())) == bytes.size());
      expected += bytes;
      const auto here = stdio.tell();
      REQUIRE(here.ok());
      CHECK(*here == static_cast<std::int64_t>(expected.size()));
    }
    stdio.close();
    CHECK(file_bytes(bench.machine(), "f") == expected);
  }
}

}  // namespace
}  // namespace numpy

// The law of a buffered file: whatever is read, written and sought, it behaves as if there were no
// buffer.

#include "scenarios/numpy/buffered_file.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>

#include "sim/core/rng.h"
#include "sim/machine.h"
#include "tests/scenarios/files/run_program.h"

namespace numpy {
namespace {

// A file without a buffer.
class PlainFile {
 public:
  explicit PlainFile(std::string bytes) : bytes_(std::move(bytes)) {}

  std::string read(std::size_t n) {
    if (at_ >= bytes_.size()) return "";
    const std::string got = bytes_.substr(at_, n);
    at_ += got.size();
    return got;
  }
  std::string read_line() {
    const std::size_t end = bytes_.find('\n', std::min(at_, bytes_.size()));
    return read(end == std::string::npos ? std::string::npos : end + 1 - at_);
  }
  void write(const std::string& text) {
    if (text.empty()) return;
    if (bytes_.size() < at_ + text.size()) bytes_.resize(at_ + text.size(), '\0');
    bytes_.replace(at_, text.size(), text);
    at_ += text.size();
  }
  void seek(std::size_t at) { at_ = at; }
  void truncate(std::size_t size) { bytes_.resize(size, '\0'); }
  std::size_t tell() const { return at_; }
  const std::string& bytes() const { return bytes_; }

 private:
  std::string bytes_;
  std::size_t at_ = 0;
};

std::string random_text(sim::Rng& rng, std::size_t n) {
  std::string text(n, ' ');
  for (char& c : text) c = rng.below(50) == 0 ? '\n' : static_cast<char>('a' + rng.below(26));
  return text;
}

// Mostly a few bytes, sometimes around a buffer, sometimes several.
std::size_t random_length(sim::Rng& rng) {
  switch (rng.below(4)) {
    case 0: return 4090 + rng.below(12);
    case 1: return rng.below(20000);
    default: return rng.below(40);
  }
}

void one_random_step(sim::Rng& rng, BufferedFile& file, PlainFile& plain) {
  switch (rng.below(9)) {
    case 0:
    case 1: {
      const std::size_t n = random_length(rng);
      CHECK(file.read(n) == plain.read(n));
      break;
    }
    case 2:
    case 3: {
      const std::string text = random_text(rng, random_length(rng));
      file.write(text);
      plain.write(text);
      break;
    }
    case 4: {
      const std::size_t at = rng.below(plain.bytes().size() + 100);
      file.seek(static_cast<std::int64_t>(at), sim::Whence::set);
      plain.seek(at);
      break;
    }
    case 5: {
      const std::int64_t by = static_cast<std::int64_t>(rng.below(60)) - 30;
      const auto target = static_cast<std::int64_t>(plain.tell()) + by;
      if (target < 0) break;
      CHECK(file.seek(by, sim::Whence::current) == target);
      plain.seek(static_cast<std::size_t>(target));
      break;
    }
    case 6: CHECK(file.read_line() == plain.read_line()); break;
    case 7:
      if (rng.below(4) == 0) {
        CHECK(file.read_all() == plain.read(std::string::npos));
      } else {
        file.flush();
      }
      break;
    case 8:
      if (rng.below(4) != 0) break;
      const std::size_t size = rng.below(plain.bytes().size() + 50);
      file.truncate(static_cast<std::int64_t>(size));
      plain.truncate(size);
      break;
  }
  CHECK(file.tell() == static_cast<std::int64_t>(plain.tell()));
}

TEST_CASE("a buffered file behaves as if it had no buffer") {
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    CAPTURE(seed);
    sim::Rng rng(seed);
    sim::Machine machine{sim::MachineConfig{}};
    const std::string start = random_text(rng, rng.below(15000));
    REQUIRE(machine.install_file("f", std::as_bytes(std::span(start.data(), start.size()))).ok());
    const auto fd = machine.open("f", {.access = sim::OpenAccess::read_write});
    REQUIRE(fd.ok());
    BufferedFile file(PosixFile(machine, *fd), Direction::both, 0);
    PlainFile plain(start);
    for (int step = 0; step < 200; ++step) one_random_step(rng, file, plain);
    file.flush();
    CHECK(file_bytes(machine, "f") == plain.bytes());
  }
}

}  // namespace
}  // namespace numpy

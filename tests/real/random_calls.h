// One random program at the seam: the same calls on whatever computer it is given.

#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>

#include "sim/core/computer.h"
#include "sim/core/rng.h"

namespace real {

inline constexpr std::uint64_t kFilePages = 24;
inline constexpr std::uint64_t kMemoryPages = 12;

// Two shared mappings and a private one of a file, anonymous memory, a second file that is only
// read and written; all of it loaded, stored, looped over, flushed, cut, replaced.
class RandomCalls {
 public:
  // Requires: a file "data" of kFilePages pages, and no other file.
  RandomCalls(sim::Computer& computer, std::uint64_t seed) : computer_(&computer), rng_(seed) {}

  void start();
  // The next call. What it read and how it ended, as text.
  std::string step();

 private:
  sim::Mapping map_file(sim::Sharing sharing);
  sim::VirtAddr place(std::uint64_t room);
  std::span<std::byte> some_bytes(std::uint64_t most);
  std::uint64_t seek(sim::Fd fd, std::uint64_t pages);
  std::string load();
  std::string store();
  std::string read();
  std::string write();
  std::string host_write();
  std::string host_read();
  std::string loop();
  std::string flush();
  std::string rarely();
  std::string resize_file();
  std::string replace_file();
  std::string remap_private();

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
  std::uint64_t names_ = 0;  // of files made so far
  std::array<std::byte, 9000> bytes_{};
};

}  // namespace real

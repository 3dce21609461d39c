// A random program of operations on a computer, one at a time, each checked against the naive one.
// A value: copied together with the machine it ran on, both go on alike.

#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sim/core/computer.h"
#include "sim/core/rng.h"
#include "tests/laws/naive_computer.h"

namespace laws {

class RandomProgram {
 public:
  RandomProgram(std::uint64_t seed, std::uint64_t page_size) : rng_(seed), naive_(page_size) {}

  // What a step may do to pages that no event tells of.
  enum class Effect {
    none,            // every page that comes or goes is told of
    releases_pages,  // pages go with their mapping or their file
    moves_end,       // and the page of a file's old end may come, if it is a hole
  };

  // Does one operation on both; CHECKs that they agree.
  Effect step(sim::Computer&);
  // CHECKs that every file reads the same on both.
  void check_files(sim::Computer&);

  const std::vector<std::string>& log() const { return log_; }

  struct OpenFile {
    std::string name;
    sim::Fd fd;
    int file = 0;  // in the naive computer
  };
  const std::vector<OpenFile>& open_files() const { return open_; }
  NaiveComputer& naive() { return naive_; }

  // Operations stay within one page, so that a write-back during one writes bytes from before it.
  void stay_within_pages() { within_pages_ = true; }

 private:
  Effect open_or_create(sim::Computer&);
  Effect replace_file(sim::Computer&);
  Effect truncate(sim::Computer&);
  Effect sync(sim::Computer&);
  Effect read_or_write_bytes(sim::Computer&);
  Effect read_or_write_memory(sim::Computer&);
  Effect map(sim::Computer&);
  Effect unmap(sim::Computer&);
  Effect protect(sim::Computer&);
  Effect sync_or_advise(sim::Computer&);
  Effect load(sim::Computer&);
  Effect store(sim::Computer&);
  Effect walk(sim::Computer&);

  std::uint64_t below(std::uint64_t n) { return rng_.below(n); }
  Content random_bytes(std::uint64_t n);
  // An address in or near a mapping; none if there is no mapping.
  std::optional<std::uint64_t> address();
  std::uint64_t length_at(std::uint64_t address, std::uint64_t most);
  bool avoids_ends(std::uint64_t address, std::uint64_t length) const;
  void note(const std::string&);

  sim::Rng rng_;
  NaiveComputer naive_;
  std::vector<OpenFile> open_;
  std::vector<std::string> log_;
  int files_made_ = 0;
  bool within_pages_ = false;
};

}  // namespace laws

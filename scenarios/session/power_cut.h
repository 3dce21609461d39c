// What a power cut may leave on the simulated disk, as a report: how many images, what is certain
// in all of them, what is not, and a few of them.

#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "scenarios/session/file_truth.h"
#include "sim/storage/disk_remains.h"

namespace session {

// Pages that may hold the same kinds of content: "disk", "cache", "write", "torn_write",
// "before_cut" (sim::Origin).
struct OpenPages {
  std::uint64_t first = 0;
  std::uint64_t end = 0;
  std::vector<std::string> holds;
};

struct FoundFile {
  std::uint64_t smallest = 0, largest = 0;  // sizes
  std::uint64_t certain_bytes = 0;          // found in every image that has the file
  std::vector<OpenPages> open;
};

struct FoundName {
  bool may_be_absent = false;
  std::vector<FoundFile> files;  // that it may lead to, the oldest first
};

struct PowerCut {
  std::string images;  // how many, in decimal; empty: more than 2^128
  double images_log2 = 0;
  std::map<std::string, FoundName> names;
  struct Drawn {
    std::uint64_t seed = 0;
    std::map<std::string, FileTruth> files;
  };
  std::vector<Drawn> drawn;
};

// Draws images by the seeds from this one on.
PowerCut describe(const sim::DiskRemains&, std::uint64_t seed);

}  // namespace session

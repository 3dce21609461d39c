// What may be found on a disk after a power cut: the names, and behind them the files. A set of
// disk images that is counted, characterised and drawn from, never enumerated.
//
// Two images differ if a name is there in one of them only, leads to different files, or if a file
// has a different size or content.

#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "sim/storage/directory.h"
#include "sim/storage/file_remains.h"

namespace sim {

struct DiskRemains {
  std::vector<Directory::Chain> chains;
  std::map<std::uint32_t, FileRemains> files;  // by object: those that a name may lead to

  ImageCount count() const;

  // What a name may lead to; `may_be_absent`: also to nothing.
  struct Name {
    std::vector<std::uint32_t> files;
    bool may_be_absent = false;
  };
  std::map<std::string, Name> names() const;
};

using DiskImage = std::map<std::string, FileImage>;
DiskImage draw(const DiskRemains&, Rng&);

}  // namespace sim

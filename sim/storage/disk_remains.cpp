// Chains of names are independent of each other: their counts multiply.

#include "sim/storage/disk_remains.h"

#include <algorithm>

namespace sim {

ImageCount DiskRemains::count() const {
  ImageCount all(1);
  for (const Directory::Chain& chain : chains) {
    ImageCount of_chain;
    for (const Directory::Names& state : chain.states) {
      ImageCount of_state(1);
      for (const auto& [name, file] : state) of_state = of_state * files.at(file).count();
      of_chain = of_chain + of_state;
    }
    all = all * of_chain;
  }
  return all;
}

std::map<std::string, DiskRemains::Name> DiskRemains::names() const {
  std::map<std::string, Name> names;
  for (const Directory::Chain& chain : chains) {
    std::map<std::string, std::size_t> times;
    for (const Directory::Names& state : chain.states) {
      for (const auto& [name, file] : state) {
        ++times[name];
        std::vector<std::uint32_t>& found = names[name].files;
        if (std::find(found.begin(), found.end(), file) == found.end()) found.push_back(file);
      }
    }
    for (const auto& [name, n] : times) names[name].may_be_absent = n < chain.states.size();
  }
  return names;
}

DiskImage draw(const DiskRemains& disk, Rng& rng) {
  DiskImage image;
  for (const Directory::Chain& chain : disk.chains) {
    const Directory::Names& state = chain.states[rng.below(chain.states.size())];
    for (const auto& [name, file] : state) image.emplace(name, draw(disk.files.at(file), rng));
  }
  return image;
}

}  // namespace sim

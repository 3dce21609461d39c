// The set of images in figures and words.

#include "scenarios/session/power_cut.h"

#include <algorithm>

namespace session {
namespace {

constexpr std::uint64_t kImagesDrawn = 3;

// Certain: whatever the size and the contents of pages, these bytes are there and the same.
std::uint64_t certain_bytes(const sim::FileRemains& file) {
  const std::uint64_t page_size = file.geometry.page_size().count;
  std::uint64_t uncertain = 0;
  for (const auto& [number, page] : file.open) {
    const std::uint64_t start = number * page_size;
    for (std::uint64_t at = 0; at < page_size && start + at < file.smallest.count; ++at) {
      uncertain += page.is_certain_at(at) ? 0 : 1;
    }
  }
  return file.smallest.count - uncertain;
}

FoundFile found(const sim::FileRemains& file) {
  FoundFile result{file.smallest.count, file.largest.count, certain_bytes(file), {}};
  const std::uint64_t pages = file.geometry.pages_for(file.largest).count;
  for (const auto& [number, page] : file.open) {
    if (number >= pages) break;
    std::vector<std::string> holds;
    for (const sim::Origin origin : page.origins()) holds.emplace_back(sim::name_of(origin));
    const bool goes_on = !result.open.empty() && result.open.back().end == number &&
                         result.open.back().holds == holds;
    if (goes_on) {
      ++result.open.back().end;
    } else {
      result.open.push_back({number, number + 1, std::move(holds)});
    }
  }
  return result;
}

PowerCut::Drawn drawn(const sim::DiskRemains& disk, std::uint64_t seed) {
  PowerCut::Drawn result{seed, {}};
  sim::Rng rng(seed);
  for (const auto& [name, file] : sim::draw(disk, rng)) {
    FileTruth& truth = result.files[name];
    if (file.size.count > kMostHashed) {
      truth.why_not = "too large to be looked at";
      continue;
    }
    const auto bytes = file.bytes(sim::FileOffset{0}, file.size);
    truth = truth_of({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
  }
  return result;
}

}  // namespace

PowerCut describe(const sim::DiskRemains& disk, std::uint64_t seed) {
  PowerCut cut;
  const sim::ImageCount count = disk.count();
  cut.images = count.decimal();
  cut.images_log2 = count.log2();
  for (const auto& [name, may] : disk.names()) {
    FoundName& entry = cut.names[name];
    entry.may_be_absent = may.may_be_absent;
    for (const std::uint32_t object : may.files)
      entry.files.push_back(found(disk.files.at(object)));
  }
  for (std::uint64_t i = 0; i < kImagesDrawn; ++i) cut.drawn.push_back(drawn(disk, seed + i));
  return cut;
}

}  // namespace session

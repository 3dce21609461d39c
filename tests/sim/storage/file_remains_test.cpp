// Counting and drawing what may be found of a file, against enumeration by hand.

#include "sim/storage/file_remains.h"

#include <doctest/doctest.h>

#include <set>

namespace sim {
namespace {

using ByteString = std::vector<std::byte>;

// Few different bytes, so that sectors of different contents are often the same.
Ref<PageBlock> random_block(Rng& rng, std::uint64_t page_size) {
  Ref<PageBlock> block = PageBlock::zeroed(Bytes{page_size});
  for (std::uint64_t sector = 0; sector < page_size; sector += kSectorBytes) {
    for (int i = 0; i < 2; ++i) {
      block->data()[sector + rng.below(kSectorBytes)] = static_cast<std::byte>(rng.below(2));
    }
  }
  return block;
}

ByteString prefix(const Ref<PageBlock>& block, std::uint64_t n) {
  return ByteString(bytes_in(block), bytes_in(block) + n);
}

TEST_CASE("a torn page has as many contents as an enumeration of its sectors finds") {
  constexpr std::uint64_t kPage = 2048;
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    CAPTURE(seed);
    Rng rng(seed);
    const auto from = random_block(rng, kPage), to = random_block(rng, kPage);
    const auto later = random_block(rng, kPage), cut = random_block(rng, kPage);
    PageRemains page(Bytes{kPage});
    page.add_write(from, to);
    std::vector<Ref<PageBlock>> others;
    if (rng.below(2) == 0) others.push_back(later);
    if (rng.below(2) == 0) others.push_back(cut);
    if (rng.below(4) == 0) others.push_back(to);
    for (const auto& block : others) page.add(Origin::cache, block);
    const std::uint64_t n = 1 + rng.below(kPage);
    std::set<ByteString> all;
    for (const auto& block : others) all.insert(prefix(block, n));
    for (unsigned mix = 0; mix < 16; ++mix) {
      ByteString bytes(n);
      for (std::uint64_t at = 0; at < n; ++at) {
        bytes[at] = bytes_in((mix >> at / kSectorBytes & 1) != 0 ? to : from)[at];
      }
      all.insert(bytes);
      CHECK(page.allows(bytes.data(), n));
    }
    REQUIRE(page.count(n).decimal() == std::to_string(all.size()));
    for (int i = 0; i < 20; ++i) {
      const Ref<PageBlock> drawn = page.draw(rng);
      CHECK(all.contains(prefix(drawn, n)));
    }
  }
}

TEST_CASE("summed sizes are the sum of the counts of each") {
  for (std::uint64_t seed = 0; seed < 100; ++seed) {
    CAPTURE(seed);
    Rng rng(seed);
    PageRemains page(Bytes{1024});
    page.add_write(random_block(rng, 1024), random_block(rng, 1024));
    if (rng.below(2) == 0) page.add(Origin::cache, random_block(rng, 1024));
    const std::uint64_t first = 1 + rng.below(1024), last = first + rng.below(1025 - first);
    ImageCount sum;
    for (std::uint64_t n = first; n <= last; ++n) sum = sum + page.count(n);
    CHECK(page.count_sizes(first, last).decimal() == sum.decimal());
  }
}

TEST_CASE("a page is certain byte by byte where all its contents agree") {
  Rng rng(3);
  PageRemains page(Bytes{1024});
  const auto from = random_block(rng, 1024), to = random_block(rng, 1024);
  page.add(Origin::disk, from);
  CHECK(page.is_certain());
  page.add(Origin::cache, to);
  CHECK_FALSE(page.is_certain());
  CHECK(page.origins() == std::vector<Origin>{Origin::disk, Origin::cache});
  for (std::uint64_t at = 0; at < 1024; ++at) {
    CHECK(page.is_certain_at(at) == (bytes_in(from)[at] == bytes_in(to)[at]));
  }
}

TEST_CASE("a write of 16 torn sectors beside 200 dirty pages is counted without enumerating") {
  FileRemains file{PageGeometry(Bytes{8192}), Bytes{8192 * 300}, Bytes{8192 * 300}, {}, {}};
  for (std::uint64_t i = 0; i < 201; ++i) {
    PageRemains page(Bytes{8192});
    Ref<PageBlock> ones = PageBlock::zeroed(Bytes{8192});
    for (std::uint64_t at = 0; at < 8192; ++at) ones->data()[at] = std::byte{1};
    if (i == 0) {
      page.add_write({}, ones);
    } else {
      page.add(Origin::disk, {});
      page.add(Origin::cache, ones);
    }
    file.open.emplace(i, page);
  }
  CHECK(file.count().decimal().empty());
  CHECK(file.count().log2() == doctest::Approx(216));
}

}  // namespace
}  // namespace sim

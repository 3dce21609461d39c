// The log of operations gives back what was put in.

#include <doctest/doctest.h>

#include <limits>
#include <string>

#include "sim/core/rng.h"
#include "viz/model/operation_log.h"

namespace {

using viz::OperationLog;
using viz::OperationReader;

TEST_CASE("numbers, texts and bytes come back in order, across blocks, from any place") {
  OperationLog log;
  sim::Rng rng(1);
  std::vector<std::uint64_t> numbers;
  std::vector<OperationLog::Place> places;
  for (int i = 0; i < 30'000; ++i) {
    numbers.push_back(rng.next() >> rng.below(64));
    places.push_back(log.end());
    log.put(numbers.back());
    log.put_signed(static_cast<std::int64_t>(numbers.back()));
    log.put_text(std::string(numbers.back() % 5, 'x'));
  }
  CHECK(log.end().call > 65536);  // more than a block
  OperationReader reader(log, {});
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    REQUIRE(reader.place() == places[i]);
    REQUIRE(reader.get() == numbers[i]);
    REQUIRE(reader.get_signed() == static_cast<std::int64_t>(numbers[i]));
    REQUIRE(reader.get_text() == std::string(numbers[i] % 5, 'x'));
  }
  CHECK(reader.at_end());
  CHECK(OperationReader(log, places[777]).get() == numbers[777]);
}

TEST_CASE("the ends of the number range come back") {
  OperationLog log;
  constexpr auto least = std::numeric_limits<std::int64_t>::min();
  constexpr auto most = std::numeric_limits<std::int64_t>::max();
  for (const std::int64_t n : {least, most, std::int64_t{0}, std::int64_t{-1}}) log.put_signed(n);
  log.put(~std::uint64_t{0});
  OperationReader reader(log, {});
  for (const std::int64_t n : {least, most, std::int64_t{0}, std::int64_t{-1}}) {
    CHECK(reader.get_signed() == n);
  }
  CHECK(reader.get() == ~std::uint64_t{0});
}

TEST_CASE(
    "contents lie apart, and the oldest can be forgotten: they read as zeros, the rest as it was") {
  OperationLog log;
  const std::vector<std::byte> block(1 << 16, std::byte{7});
  std::vector<OperationLog::Place> places;
  for (std::uint64_t i = 0; i < 4; ++i) {
    places.push_back(log.end());
    log.put(i);
    log.put_content(block);
  }
  const std::uint64_t before = log.capacity();
  log.forget_contents(2 << 16);
  CHECK(log.capacity() == before - (2 << 16));
  CHECK_FALSE(log.keeps_contents_from(places[1]));
  CHECK(log.keeps_contents_from(places[2]));
  OperationReader reader(log, {});
  for (std::uint64_t i = 0; i < 4; ++i) {
    std::vector<std::byte> content(block.size(), std::byte{1});
    CHECK(reader.get() == i);
    reader.get_content(content);
    CHECK(content == std::vector<std::byte>(block.size(), i < 2 ? std::byte{0} : std::byte{7}));
  }
  CHECK(reader.at_end());
  log.forget_contents(9 << 16);  // but the block that is being written
  CHECK(log.keeps_contents_from(log.end()));
}

}  // namespace

// Numbers, times and sizes read as a person writes them.

#include <doctest/doctest.h>

#include "viz/model/words.h"

namespace {

using namespace viz;

TEST_CASE("thousands are set off by commas") {
  CHECK(with_commas(0) == "0");
  CHECK(with_commas(999) == "999");
  CHECK(with_commas(1000) == "1,000");
  CHECK(with_commas(1'048'576) == "1,048,576");
  CHECK(with_commas(~std::uint64_t{0}) == "18,446,744,073,709,551,615");
}

TEST_CASE("one is one, and any other number many") {
  CHECK(counted(0, "page") == "0 pages");
  CHECK(counted(1, "page") == "1 page");
  CHECK(counted(1234, "page") == "1,234 pages");
}

TEST_CASE("times are told in the unit that fits, and never as a thousand of it") {
  CHECK(time_text(0) == "0 ns");
  CHECK(time_text(999) == "999 ns");
  CHECK(time_text(50'800) == "50.8 µs");
  CHECK(time_text(999'949) == "999.9 µs");
  CHECK(time_text(999'999) == "1.0 ms");
  CHECK(time_text(1'500'000) == "1.5 ms");
  CHECK(time_text(999'999'999) == "1.00 s");
  CHECK(time_text(2'340'000'000) == "2.34 s");
}

TEST_CASE("sizes are told in the unit that fits") {
  CHECK(bytes_text(0) == "0 bytes");
  CHECK(bytes_text(1) == "1 byte");
  CHECK(bytes_text(16) == "16 bytes");
  CHECK(bytes_text(1023) == "1,023 bytes");
  CHECK(bytes_text(4096) == "4 KiB");
  CHECK(bytes_text(1536) == "1.5 KiB");
  CHECK(bytes_text(std::uint64_t{64} << 20) == "64 MiB");
  CHECK(bytes_text(std::uint64_t{1} << 30) == "1 GiB");
  CHECK(bytes_text(std::uint64_t{1} << 50) == "1024 TiB");
  CHECK(bytes_text((1 << 20) - 1) == "1 MiB");
}

TEST_CASE("a sentence begins with a capital, and nothing stays nothing") {
  CHECK(with_capital("nobody") == "Nobody");
  CHECK(with_capital("").empty());
  CHECK(policy_text(sim::PolicyKind::lru) == "LRU");
}

}  // namespace

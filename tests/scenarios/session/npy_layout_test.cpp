// Where a .npy file's elements begin, for what np.save writes and for rubbish.

#include "scenarios/session/npy_layout.h"

#include <doctest/doctest.h>

#include <random>
#include <string>

#include "scenarios/numpy/npy_header.h"

namespace session {
namespace {

TEST_CASE("the header that np.save writes ends where the elements begin") {
  numpy::NpyHeader header;
  header.dtype = numpy::kFloat64;
  for (const std::int64_t n : {0, 1, 1'000'000}) {
    header.shape = {n};
    const std::string bytes = header.bytes();
    CHECK(npy_layout(bytes + "elements") == NpyLayout{bytes.size(), 8});
  }
}

TEST_CASE("versions 2 and 3 have a length of four bytes; records are told byte by byte") {
  const std::string magic(numpy::kNpyMagic);
  const std::string text = "{'descr': [('a', '<i4'), ('b', '<f8')], }\n";
  for (const char version : {'\2', '\3'}) {
    std::string bytes = magic + version + '\0' + std::string(1, static_cast<char>(text.size()));
    bytes += std::string(3, '\0') + text;
    CHECK(npy_layout(bytes) == NpyLayout{12 + text.size(), 1});
  }
}

TEST_CASE("what is no .npy file has no layout, whatever follows the magic") {
  CHECK_FALSE(npy_layout(""));
  CHECK_FALSE(npy_layout("\x93NUMPX\1\0v\0"));
  CHECK_FALSE(npy_layout(numpy::kNpyMagic));
  std::mt19937 chance(7);
  for (int i = 0; i < 2000; ++i) {
    std::string bytes(numpy::kNpyMagic);
    for (unsigned n = chance() % 40; n > 0; --n) bytes += static_cast<char>(chance());
    if (const auto layout = npy_layout(bytes)) {
      CHECK(layout->header >= 10);
      CHECK((layout->element >= 1 && layout->element <= 9));
    }
  }
}

}  // namespace
}  // namespace session

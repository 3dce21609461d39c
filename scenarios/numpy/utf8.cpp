// See utf8.h.

#include "scenarios/numpy/utf8.h"

#include <cstdint>
#include <cstdio>
#include <string>

#include "scenarios/python/error.h"

namespace numpy {
namespace {

bool is_continuation(std::string_view bytes, std::size_t i) {
  return i < bytes.size() && (static_cast<std::uint8_t>(bytes[i]) & 0xc0) == 0x80;
}

// How long the sequence that starts with this byte is; 0 for a byte that starts none.
std::size_t sequence_length(std::uint8_t first) {
  if (first < 0x80) return 1;
  if (first >= 0xc2 && first < 0xe0) return 2;
  if (first >= 0xe0 && first < 0xf0) return 3;
  if (first >= 0xf0 && first < 0xf5) return 4;
  return 0;
}

// Whether the second byte keeps out overlong forms, surrogates and what is beyond U+10FFFF.
bool fits_after(std::uint8_t first, std::uint8_t second) {
  if (first == 0xe0) return second >= 0xa0;
  if (first == 0xed) return second < 0xa0;
  if (first == 0xf0) return second >= 0x90;
  if (first == 0xf4) return second < 0x90;
  return true;
}

[[noreturn]] void raise_at(std::string_view bytes, std::size_t from, std::size_t to,
                           const char* why) {
  char where[96];
  if (to - from == 1) {
    std::snprintf(where, sizeof where, "can't decode byte 0x%02x in position %zu",
                  static_cast<unsigned>(static_cast<std::uint8_t>(bytes[from])), from);
  } else {
    std::snprintf(where, sizeof where, "can't decode bytes in position %zu-%zu", from, to - 1);
  }
  python::raise("UnicodeDecodeError", std::string("'utf-8' codec ") + where + ": " + why);
}

}  // namespace

void expect_utf8(std::string_view bytes) {
  for (std::size_t i = 0; i < bytes.size();) {
    const auto first = static_cast<std::uint8_t>(bytes[i]);
    const std::size_t length = sequence_length(first);
    if (length == 0) raise_at(bytes, i, i + 1, "invalid start byte");
    for (std::size_t k = 1; k < length; ++k) {
      if (i + k == bytes.size()) raise_at(bytes, i, i + k, "unexpected end of data");
      const bool fits = is_continuation(bytes, i + k) &&
                        (k > 1 || fits_after(first, static_cast<std::uint8_t>(bytes[i + 1])));
      if (!fits) raise_at(bytes, i, i + k, "invalid continuation byte");
    }
    i += length;
  }
}

std::size_t bytes_of_code_points(std::string_view text, std::size_t n) {
  std::size_t i = 0;
  while (i < text.size() && n > 0) {
    ++i;
    while (is_continuation(text, i)) ++i;
    --n;
  }
  return i;
}

std::size_t count_code_points(std::string_view text) {
  std::size_t n = 0;
  for (std::size_t i = 0; i < text.size(); ++i) n += is_continuation(text, i) ? 0 : 1;
  return n;
}

}  // namespace numpy

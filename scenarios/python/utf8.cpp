// Code points in UTF-8 text.

#include "scenarios/python/utf8.h"

#include <algorithm>

namespace python {

void append_code_point(std::string& text, std::int64_t c) {
  const auto byte = [&](std::int64_t b) { text += static_cast<char>(b); };
  if (c < 0x80) {
    byte(c);
  } else if (c < 0x800) {
    byte(0xC0 | (c >> 6));
    byte(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    byte(0xE0 | (c >> 12));
    byte(0x80 | ((c >> 6) & 0x3F));
    byte(0x80 | (c & 0x3F));
  } else {
    byte(0xF0 | (c >> 18));
    byte(0x80 | ((c >> 12) & 0x3F));
    byte(0x80 | ((c >> 6) & 0x3F));
    byte(0x80 | (c & 0x3F));
  }
}

std::uint32_t code_point_at(std::string_view text, std::size_t at) {
  const auto lead = static_cast<unsigned char>(text[at]);
  const std::size_t n = code_point_bytes(text[at]);
  if (n == 1) return lead;
  std::uint32_t c = lead & (0xFFU >> (n + 1));
  for (std::size_t i = 1; i < n && at + i < text.size(); ++i) {
    c = (c << 6) | (static_cast<unsigned char>(text[at + i]) & 0x3F);
  }
  return c;
}

std::int64_t count_code_points(std::string_view text) {
  return std::count_if(text.begin(), text.end(),
                       [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; });
}

std::optional<BadUtf8> find_bad_utf8(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const auto lead = static_cast<unsigned char>(text[i]);
    const std::size_t n = code_point_bytes(text[i]);
    if (n == 1) {
      ++i;
      continue;
    }
    if (lead < 0xC2 || lead > 0xF4) return BadUtf8{i, "invalid start byte"};
    for (std::size_t k = 1; k < n; ++k) {
      if (i + k >= text.size()) return BadUtf8{i, "unexpected end of data"};
      const auto next = static_cast<unsigned char>(text[i + k]);
      const bool surrogate = k == 1 && lead == 0xED && next >= 0xA0;
      const bool overlong =
          k == 1 && ((lead == 0xE0 && next < 0xA0) || (lead == 0xF0 && next < 0x90));
      const bool beyond = k == 1 && lead == 0xF4 && next >= 0x90;
      if ((next & 0xC0) != 0x80 || surrogate || overlong || beyond) {
        return BadUtf8{i, "invalid continuation byte"};
      }
    }
    i += n;
  }
  return std::nullopt;
}

}  // namespace python

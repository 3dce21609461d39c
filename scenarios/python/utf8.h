// Code points in UTF-8 text.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace python {

// Bytes of the code point that starts with this byte.
inline std::size_t code_point_bytes(char lead) {
  const auto c = static_cast<unsigned char>(lead);
  return c < 0x80 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
}

// Requires: 0 <= code_point < 0x110000.
void append_code_point(std::string& text, std::int64_t code_point);

// The code point at a byte position. Requires: valid UTF-8 there.
std::uint32_t code_point_at(std::string_view text, std::size_t byte);

std::int64_t count_code_points(std::string_view);

// The first byte that is not valid UTF-8, and CPython's word for what is wrong with it.
struct BadUtf8 {
  std::size_t position = 0;
  const char* reason = "";
};
std::optional<BadUtf8> find_bad_utf8(std::string_view);

}  // namespace python

// A number as an option of the command writes it.

#pragma once

#include <charconv>
#include <cstdint>
#include <optional>
#include <string_view>

namespace session {

// Digits and nothing else; nothing where it is not that, or beyond 64 bits.
inline std::optional<std::uint64_t> whole_number(std::string_view text) {
  std::uint64_t n = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), n);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return n;
}

}  // namespace session

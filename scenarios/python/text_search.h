// Finding a text in another in time by their sizes: std::string::find takes their product.

#pragma once

#include <cstring>
#include <string_view>

namespace python {

// As text.find(part, from).
inline std::size_t find_text(std::string_view text, std::string_view part, std::size_t from = 0) {
  if (from > text.size()) return std::string_view::npos;
  if (part.empty()) return from;
  const void* at = ::memmem(text.data() + from, text.size() - from, part.data(), part.size());
  if (at == nullptr) return std::string_view::npos;
  return static_cast<std::size_t>(static_cast<const char*>(at) - text.data());
}

}  // namespace python

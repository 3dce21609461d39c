// Where the elements of an array lie in a .npy file: behind a header (NumPy's NEP 1).

#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace session {

struct NpyLayout {
  std::uint64_t header = 0;   // bytes before the first element
  std::uint64_t element = 1;  // bytes of one
  friend bool operator==(const NpyLayout&, const NpyLayout&) = default;
};

// Of a file that begins so; nothing where that is no .npy file's beginning. Versions 1 to 3.
std::optional<NpyLayout> npy_layout(std::string_view first_bytes);

}  // namespace session

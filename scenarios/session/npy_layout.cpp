// Magic, version, the header's length, and in the header 'descr': '<i4'.

#include "scenarios/session/npy_layout.h"

#include "scenarios/numpy/npy_header.h"

namespace session {
namespace {

// A number of so many bytes, little end first.
std::uint64_t number_at(std::string_view bytes, std::size_t at, std::size_t n) {
  std::uint64_t value = 0;
  for (std::size_t i = n; i-- > 0;) value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
  return value;
}

// Of '<i4' 4, of '|b1' 1; of a record's or an unknown one 1.
std::uint64_t element_bytes(std::string_view header) {
  constexpr std::string_view kKey = "'descr': '";
  const auto key = header.find(kKey);
  if (key == std::string_view::npos) return 1;
  const std::string_view type = header.substr(key + kKey.size(), 8);
  const auto end = type.find('\'');
  if (end != 3 || type[2] < '1' || type[2] > '9') return 1;
  return static_cast<std::uint64_t>(type[2] - '0');
}

}  // namespace

std::optional<NpyLayout> npy_layout(std::string_view bytes) {
  const std::size_t magic = numpy::kNpyMagic.size();
  if (!bytes.starts_with(numpy::kNpyMagic) || bytes.size() < magic + 6) return std::nullopt;
  const auto version = static_cast<unsigned char>(bytes[magic]);
  if (version < 1 || version > 3) return std::nullopt;
  const std::size_t of_length = version == 1 ? 2 : 4;
  const std::size_t begin = magic + 2 + of_length;
  const std::uint64_t length = number_at(bytes, magic + 2, of_length);
  return NpyLayout{begin + length, element_bytes(bytes.substr(begin, length))};
}

}  // namespace session

// Some elements of a file as each of its three truths holds them.

#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "viz/model/main_view.h"
#include "viz/model/player.h"

namespace viz {

inline constexpr std::size_t kValuesShown = 4;

// How bytes are read as elements: as the array that maps the file, else the newest array.
struct ElementFormat {
  std::string dtype = "uint8";
  char kind = 'u';  // dtype.kind
  std::uint64_t size = 1;
  bool is_little_endian = true;
};
ElementFormat element_format(const Player&, std::uint32_t object);
// Of a .npy file: what comes before its elements. Of any other 0.
std::uint64_t header_bytes(const sim::Machine&, const sim::Inode&);
std::string element_text(const ElementFormat&, std::span<const std::byte> element);

// Which file the picture is about: the one touched last, else the first that has a name. Its name.
std::optional<std::string> file_in_view(const Player&);
// Why pages have no bytes to show at a moment (Player::knows_contents).
std::string why_not_kept(const Film&);
FileTruthsView file_truths_view(const Player&);

}  // namespace viz

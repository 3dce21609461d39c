// The bytes of a file as someone finds them: size, beginning and hash.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace session {

// One truth about a file; absent where the computer cannot show it.
struct FileTruth {
  bool known = false;
  std::uint64_t size = 0;
  std::string first_bytes;  // up to kBytesShown of them; none where only hashes are kept
  std::string sha256;       // hex; empty where not computed, and why_not says why
  std::string why_not;
  friend bool operator==(const FileTruth&, const FileTruth&) = default;
};
inline constexpr std::size_t kBytesShown = 4096;

struct FileTruths {
  FileTruth program, cache, durable;
  friend bool operator==(const FileTruths&, const FileTruths&) = default;
};

// Hashing more than this would take longer than the run it describes (about 0.5 GB/s).
inline constexpr std::uint64_t kMostHashed = std::uint64_t{1} << 30;

// A file's bytes as one truth about it.
FileTruth truth_of(std::string_view bytes);

}  // namespace session

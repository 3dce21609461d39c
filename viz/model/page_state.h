// What a page is, as the picture shows it.

#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace viz {

enum class PageState : std::uint8_t {
  absent,         // in no frame and no swap slot; of a file: on the disk only
  clean,          // in a frame, and the same on the disk or in swap
  dirty,          // in a frame, and nowhere else as it is
  being_written,  // on its way to the disk or to swap
  swapped,        // in a swap slot only
  copied,         // a private copy of a file's page, in a frame
};
inline constexpr int kPageStates = 6;

constexpr std::string_view words_of(PageState state) {
  constexpr std::string_view kWords[kPageStates] = {"absent",        "clean",   "dirty",
                                                    "being written", "in swap", "private copy"};
  return kWords[static_cast<int>(state)];
}

// Where there is room for one of two, the one in which more is going on shows: being written,
// dirty, copied, clean, swapped, absent.
constexpr PageState busier(PageState a, PageState b) {
  constexpr std::array<int, kPageStates> kRank{0, 2, 4, 5, 1, 3};
  return kRank[static_cast<std::size_t>(a)] >= kRank[static_cast<std::size_t>(b)] ? a : b;
}

}  // namespace viz

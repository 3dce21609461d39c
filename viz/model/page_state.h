// What a page is, as the picture shows it.

#pragma once

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

}  // namespace viz

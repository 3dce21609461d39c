// A picture in memory, and as a PNG file.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "viz/draw/typeface.h"

namespace viz {

// Rows from the top, red, green, blue, 8 bits each.
struct Picture {
  int width = 0, height = 0;
  std::vector<std::uint8_t> pixels;

  const std::uint8_t* at(int x, int y) const {
    return pixels.data() + (static_cast<std::size_t>(y) * static_cast<std::size_t>(width) +
                            static_cast<std::size_t>(x)) *
                               3;
  }
};

// Written beside the file and renamed: there is never half a picture. A problem: what went wrong.
std::optional<Problem> save_png(const Picture&, const std::string& path);

}  // namespace viz

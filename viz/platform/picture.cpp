// PNG by stb_image_write.

#include "viz/platform/picture.h"

#define STB_IMAGE_WRITE_IMPLEMENTATION
#define STB_IMAGE_WRITE_STATIC
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wunused-function"
#pragma GCC diagnostic ignored "-Wmissing-field-initializers"
#include <stb/stb_image_write.h>
#pragma GCC diagnostic pop

#include <cerrno>
#include <cstdio>
#include <cstring>

namespace viz {

std::optional<Problem> save_png(const Picture& picture, const std::string& path) {
  const std::string beside = path + ".tmp";
  errno = 0;
  const int written = stbi_write_png(beside.c_str(), picture.width, picture.height, 3,
                                     picture.pixels.data(), picture.width * 3);
  if (written == 0 || std::rename(beside.c_str(), path.c_str()) != 0) {
    const std::string why = errno != 0 ? std::strerror(errno) : "the disk may be full";
    std::remove(beside.c_str());
    return Problem{"the picture " + path + " cannot be written: " + why};
  }
  return std::nullopt;
}

}  // namespace viz

// Only what differs from the last time is sent.

#include "viz/platform/gl_textures.h"

#define GL_GLEXT_PROTOTYPES
#include <GL/gl.h>
#include <GL/glext.h>

#include <algorithm>
#include <cstdint>

namespace viz {
namespace {

// Bytes in the order red, green, blue, alpha, whatever the machine's own order is.
struct Texel {
  std::uint8_t r = 0, g = 0, b = 0, a = 0;
};

std::vector<Texel> texels_of(const CellGrid& grid) {
  std::array<Texel, 256> texel_of{};
  for (std::size_t kind = 0; kind < grid.colors.size(); ++kind) {
    const Color c = grid.colors[kind];
    texel_of[kind] = {c.r, c.g, c.b, 255};
  }
  std::vector<Texel> texels(grid.cells.size());
  std::transform(grid.cells.begin(), grid.cells.end(), texels.begin(),
                 [&](std::uint8_t kind) { return texel_of[kind]; });
  return texels;
}

}  // namespace

GlTextures::~GlTextures() {
  for (const auto& [name, kept] : kept_) glDeleteTextures(1, &kept.texture);
}

void* GlTextures::of(std::string_view name, const CellGrid& grid) {
  const auto found = kept_.find(name);
  Kept& kept = found != kept_.end() ? found->second : kept_[std::string(name)];
  const auto handle = [&] { return reinterpret_cast<void*>(std::uintptr_t{kept.texture}); };
  const bool has_size = kept.columns == grid.columns && kept.rows == grid.rows;
  if (has_size && kept.colors == grid.colors && std::ranges::equal(kept.cells, grid.cells)) {
    return handle();
  }
  if (kept.texture == 0) glGenTextures(1, &kept.texture);
  kept.columns = grid.columns;
  kept.rows = grid.rows;
  kept.colors = grid.colors;
  kept.cells.assign(grid.cells.begin(), grid.cells.end());
  const auto width = static_cast<GLsizei>(grid.columns);
  const auto height = static_cast<GLsizei>(grid.rows);
  const std::vector<Texel> texels = texels_of(grid);
  glBindTexture(GL_TEXTURE_2D, kept.texture);
  glPixelStorei(GL_UNPACK_ALIGNMENT, 1);
  glPixelStorei(GL_UNPACK_ROW_LENGTH, 0);
  if (has_size) {
    glTexSubImage2D(GL_TEXTURE_2D, 0, 0, 0, width, height, GL_RGBA, GL_UNSIGNED_BYTE,
                    texels.data());
    return handle();
  }
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_NEAREST);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_NEAREST);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_T, GL_CLAMP_TO_EDGE);
  glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA8, width, height, 0, GL_RGBA, GL_UNSIGNED_BYTE,
               texels.data());
  return handle();
}

}  // namespace viz

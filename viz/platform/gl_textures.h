// Grids of cells as textures of OpenGL: nearest texel, so that a cell keeps its edges.

#pragma once

#include <map>
#include <string>
#include <vector>

#include "viz/draw/cell_grid.h"

namespace viz {

// Requires: the same OpenGL context is current at every call and at the end.
class GlTextures final : public Textures {
 public:
  GlTextures() = default;
  GlTextures(const GlTextures&) = delete;
  GlTextures& operator=(const GlTextures&) = delete;
  ~GlTextures() override;

  void* of(std::string_view name, const CellGrid&) override;

 private:
  struct Kept {
    unsigned texture = 0;
    std::size_t columns = 0, rows = 0;
    std::vector<std::uint8_t> cells;
    std::array<Color, kClearCells> colors{};
  };
  std::map<std::string, Kept, std::less<>> kept_;
};

}  // namespace viz

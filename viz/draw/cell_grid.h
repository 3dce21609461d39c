// A grid of coloured cells, drawn as one picture however many cells it has.

#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "viz/draw/palette.h"

namespace viz {

// Nothing is drawn where a cell has a kind from kClearCells on.
inline constexpr std::uint8_t kClearCells = 200;

struct CellGrid {
  std::size_t columns = 0, rows = 0;
  std::span<const std::uint8_t> cells;      // a kind each, row by row; columns * rows
  std::array<Color, kClearCells> colors{};  // by kind
};

// Keeps the pictures where the screen can show them.
class Textures {
 public:
  virtual ~Textures() = default;
  // Of the grid, for ImGui; good until the next call with this name. A grid that is the same as
  // last time costs nothing.
  virtual void* of(std::string_view name, const CellGrid&) = 0;
};

}  // namespace viz

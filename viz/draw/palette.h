// The colours, dark and light, and what each stands for. Only memory has colour: everything else is
// ink on grey. Each colour of a page goes with a letter, so that none is needed to tell states
// apart.

#pragma once

#include <array>
#include <cstdint>
#include <span>

namespace viz {

// Red, green, blue: sRGB, 8 bits each.
struct Color {
  std::uint8_t r = 0, g = 0, b = 0;
  friend constexpr bool operator==(Color, Color) = default;
};
constexpr Color rgb(std::uint32_t hex) {
  return {static_cast<std::uint8_t>(hex >> 16), static_cast<std::uint8_t>(hex >> 8),
          static_cast<std::uint8_t>(hex)};
}

struct Palette {
  Color background, panel, raised;
  Color ink, dim, faint;  // text: plain, labels, zeros and what has not run
  Color outline;          // of controls and absent cells
  Color rule;             // lines that carry no information
  // Fills of a page's state, in maps and cells.
  Color absent, clean, dirty, written, swapped, copied;
  Color major_fault, minor_fault;
  // Of the letters on those fills.
  Color on_clean, on_light, on_swapped;
  bool is_light = false;  // fills have an outline of ink
};

enum class Theme : std::uint8_t { dark, light };
const Palette& palette(Theme);

// What the eye must tell apart: the fills of all states, faults, and the background.
std::array<Color, 8> colors_to_tell_apart(const Palette&);

}  // namespace viz

// The two palettes.

#include "viz/draw/palette.h"

namespace viz {
namespace {

constexpr Palette kDark{
    .background = rgb(0x12151A),
    .panel = rgb(0x1A1F27),
    .raised = rgb(0x232A34),
    .ink = rgb(0xF3F5F8),
    .dim = rgb(0xB4BDC9),
    .faint = rgb(0x8D98A7),
    .outline = rgb(0x6B7685),
    .rule = rgb(0x333C48),
    .absent = rgb(0x1F252E),
    .clean = rgb(0x3D68B8),
    .dirty = rgb(0xF59C1A),
    .written = rgb(0xFFF6B8),
    .swapped = rgb(0xAE93FF),
    .copied = rgb(0x7ADFD2),
    .major_fault = rgb(0xDB3447),
    .minor_fault = rgb(0xFF8A95),
    .on_clean = rgb(0xFFFFFF),
    .on_light = rgb(0x12151A),
    .on_swapped = rgb(0x12151A),
    .is_light = false,
};

constexpr Palette kLight{
    .background = rgb(0xFBFBFA),
    .panel = rgb(0xF1F2F4),
    .raised = rgb(0xE3E6EB),
    .ink = rgb(0x14181E),
    .dim = rgb(0x48525F),
    .faint = rgb(0x5C6673),
    .outline = rgb(0x858E9A),
    .rule = rgb(0xC3C9D1),
    .absent = rgb(0xDFE3E8),
    .clean = rgb(0x2D6CDB),
    .dirty = rgb(0xC27400),
    .written = rgb(0xF3D34A),
    .swapped = rgb(0x4B005C),
    .copied = rgb(0x1CBF98),
    .major_fault = rgb(0x930022),
    .minor_fault = rgb(0x930022),
    .on_clean = rgb(0xFFFFFF),
    .on_light = rgb(0x14181E),
    .on_swapped = rgb(0xFFFFFF),
    .is_light = true,
};

}  // namespace

const Palette& palette(Theme theme) { return theme == Theme::light ? kLight : kDark; }

std::array<Color, 8> colors_to_tell_apart(const Palette& p) {
  return {p.absent, p.clean, p.dirty, p.written, p.swapped, p.copied, p.major_fault, p.background};
}

}  // namespace viz

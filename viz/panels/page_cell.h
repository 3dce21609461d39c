// A page as a cell: its state as a fill with its letter.

#pragma once

#include <cstdint>
#include <string_view>

#include "viz/draw/canvas.h"

namespace viz {

enum class PageState : std::uint8_t { absent, clean, dirty, being_written, swapped, copied };
inline constexpr int kPageStates = 6;

std::string_view letter_of(PageState);  // empty for an absent one
std::string_view words_of(PageState);
Color fill_of(PageState, const Palette&);
Color ink_on(PageState, const Palette&);

// The fill, and in the light theme its outline; an absent page is an outline only.
void draw_cell(Canvas&, const Palette&, Rect, PageState);

}  // namespace viz

// A page as a cell: its state as a fill with its letter.

#pragma once

#include <string_view>

#include "viz/draw/canvas.h"
#include "viz/model/page_state.h"
#include "viz/panels/pen.h"

namespace viz {

std::string_view letter_of(PageState);  // empty for an absent one
Color fill_of(PageState, const Palette&);
Color ink_on(PageState, const Palette&);

// The fill, and in the light theme its outline; an absent page is an outline only.
void draw_cell(Canvas&, const Palette&, Rect, PageState);
// What a fill at that place looks like at this time: after a single step it fades to `end`.
Color faded(Pen&, Rect place, Color end);
// The cell, fading from what was there before.
void draw_cell(Pen&, Rect, PageState);

}  // namespace viz

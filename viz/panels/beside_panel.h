// Two runs side by side: lines and memory of each, what differs between them, and both over the
// same time.

#pragma once

#include "viz/model/beside_view.h"
#include "viz/panels/pen.h"

namespace viz {

struct BesideAnswer {
  Command command;
  bool opens_choices = false;  // of what stands on the right
};
// The room for a map of pages, in device pixels.
MapRoom beside_map_room(const Canvas&);
BesideAnswer draw_beside(Pen&, const BesideView&);

}  // namespace viz

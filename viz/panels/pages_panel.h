// Every page on one map, what lies around one of them, and the address space.

#pragma once

#include <optional>
#include <string>

#include "viz/model/commands.h"
#include "viz/model/page_look.h"
#include "viz/model/pages_view.h"
#include "viz/panels/pen.h"

namespace viz {

struct PagesScreen {
  const PagesView& view;
  std::optional<ZoomView> zoom = {};
  std::optional<sim::PageName> page = {};  // that is looked at, or pointed at
  PageLook look = {};                      // of it
  bool is_pinned = false;                  // it was clicked
  std::string action = {};                 // of the one solid button
  Command act = {};
};

// How large the map may be, in device pixels.
MapRoom map_room(const Canvas&);
// The page that the mouse is on.
std::optional<sim::PageName> page_on_map(const Pen&, const PagesView&);
std::optional<sim::PageName> page_in_zoom(const Pen&, const ZoomView&);

Command draw_pages(Pen&, const PagesScreen&);

}  // namespace viz

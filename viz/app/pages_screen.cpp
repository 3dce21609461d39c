// The screen of all pages.

#include <tuple>

#include "viz/app/app.h"
#include "viz/panels/pages_panel.h"

namespace viz {

Command App::draw_pages_screen(Pen& pen, const Player& player) {
  const PagesView& view = shown_.pages(session_, map_room(pen.canvas));
  PagesScreen screen{view};
  screen.is_pinned = session_.page_looked_at().has_value();
  const auto pointed = page_on_map(pen, view);
  std::optional<sim::PageName> page = pointed            ? pointed
                                      : screen.is_pinned ? session_.page_looked_at()
                                      : view.current     ? view.current
                                      : !view.map.bands.empty()
                                          ? std::optional(sim::PageName{view.map.bands[0].object})
                                          : std::nullopt;
  if (page) screen.zoom = zoom_view(view, *page);
  if (screen.zoom) {
    const auto in_zoom = page_in_zoom(pen, *screen.zoom);
    screen.page = in_zoom ? in_zoom : page;
    screen.look = look_at_page(player, *screen.page);
  }
  std::tie(screen.action, screen.act) = next_step();
  return draw_pages(pen, screen);
}

}  // namespace viz

// The map on the left, the closer look on the right.

#include "viz/panels/pages_panel.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "viz/model/words.h"
#include "viz/panels/cell_map.h"
#include "viz/panels/glossary.h"
#include "viz/panels/page_cell.h"

namespace viz {
namespace {

constexpr Rect kMap{24, 128, 1024, 500};
constexpr Rect kZoom{1072, 128, 384, 384};
constexpr float kHeading = 28, kTag = 30, kMostCell = 64, kMostZoomCell = 48;
constexpr std::size_t kAreasShown = 4;

// Where a band's cells are, in grid units.
Rect place_of(const PageMap& map, std::size_t band, float scale) {
  const bool has_headings = map.bands.size() > 1;
  const MapBand& b = map.bands[band];
  const float above = has_headings ? kHeading * static_cast<float>(band + 1) : 0;
  const float cell_width = map.cell_width / scale, cell_height = map.cell_height / scale;
  // A band of less than a row is as wide as its pages.
  const std::uint64_t cells = (b.pages + map.pages_per_cell - 1) / map.pages_per_cell;
  const auto columns = std::min<std::uint64_t>(map.columns, cells);
  return {kMap.x, kMap.y + above + cell_height * static_cast<float>(b.first_row),
          cell_width * static_cast<float>(columns), cell_height * static_cast<float>(b.rows)};
}

Rect cell_at(const PageMap& map, sim::PageName page, float scale) {
  const auto cell = map.cell_of(page);
  const auto band = static_cast<std::size_t>(map.band_of(page.object) - map.bands.data());
  const Rect at = place_of(map, band, scale);
  const float width = map.cell_width / scale, height = map.cell_height / scale;
  return {at.x + width * static_cast<float>(cell->column),
          at.y + height * static_cast<float>(cell->row - map.bands[band].first_row), width, height};
}

float zoom_cell(const ZoomView& zoom) {
  const auto most = static_cast<float>(std::max(zoom.columns, zoom.rows));
  return std::min(kMostZoomCell, std::floor(kZoom.w / most));
}

Rect zoom_place(const ZoomView& zoom) {
  const float cell = zoom_cell(zoom);
  return {kZoom.x, kZoom.y, cell * static_cast<float>(zoom.columns),
          cell * static_cast<float>(zoom.rows)};
}

std::optional<MapCell> cell_under(const Rect& at, Point mouse, float width, float height) {
  if (mouse.x < at.x || mouse.y < at.y || mouse.x >= at.right() || mouse.y >= at.bottom()) {
    return std::nullopt;
  }
  return MapCell{static_cast<std::size_t>((mouse.x - at.x) / width),
                 static_cast<std::size_t>((mouse.y - at.y) / height)};
}

class PagesPanel {
 public:
  PagesPanel(Pen& pen, const PagesScreen& screen)
      : pen_(pen), canvas_(pen.canvas), p_(pen.p), screen_(screen), view_(screen.view) {}

  Command draw() {
    draw_head();
    if (!view_.why_none.empty()) {
      canvas_.text({24, 180}, Align::left, kProse, p_.dim, view_.why_none);
    } else {
      draw_map();
      draw_zoom();
      draw_look();
      draw_counts();
    }
    draw_areas();
    if (button(pen_, "next", {1072, 724, 504, 48}, screen_.action, ButtonLook::solid)) {
      asked_ = screen_.act;
    }
    return asked_;
  }

 private:
  void draw_head() {
    const float title = canvas_.text({24, 110}, Align::left, kScreenTitle, p_.ink, view_.title);
    const std::string access = canvas_.shorten(kLabel, view_.access, 300);
    const float right = canvas_.text({kMap.right(), 110}, Align::right, kLabel, p_.dim, access);
    canvas_.text({kMap.right() - right - 16, 110}, Align::right, kSourceBold, p_.ink,
                 canvas_.shorten(kSourceBold, view_.line, kMap.w - title - right - 60));
    const Rect back{1476, 82, 100, 34};
    if (button(pen_, "leave", back, "Back", ButtonLook::outlined)) asked_ = Show{Screen::main};
    pen_.explain(back, "to the two computers (A, Esc)");
  }

  void draw_map() {
    const float scale = canvas_.scale();
    const Control control = pen_.controls.control("map", kMap);
    for (std::size_t b = 0; b < view_.map.bands.size(); ++b) draw_band(b, scale);
    if (control.is_focused) canvas_.outline(kMap.inset(-4), p_.ink, 2, 4);
    if (control.is_clicked) asked_ = LookAtPage{page_on_map(pen_, view_)};
    const bool is_part = screen_.zoom && screen_.zoom->cells.size() < screen_.zoom->pages;
    const auto window = is_part ? window_of(*screen_.zoom, scale) : std::nullopt;
    for (const MapTag& tag : view_.tags) draw_tag(tag, window, scale);
    if (window) {
      canvas_.outline(window->inset(-4), p_.background, 5, 2);
      canvas_.outline(window->inset(-3), p_.ink, 3, 2);
    }
    if (view_.current && view_.map.cell_of(*view_.current)) {
      const Rect cell = cell_at(view_.map, *view_.current, scale);
      canvas_.triangle({kMap.right() + 10, cell.center().y}, 8, Direction::left, p_.ink);
    }
    canvas_.text({24, 652}, Align::left, kLabel, p_.dim, view_.row_note);
    canvas_.text({kMap.right(), 652}, Align::right, kLabel, p_.dim, view_.cell_note);
  }

  void draw_band(std::size_t b, float scale) {
    const PageMap& map = view_.map;
    const MapBand& band = map.bands[b];
    const Rect at = place_of(map, b, scale);
    if (map.bands.size() > 1) {
      const float y = at.y - 9;
      const float name = canvas_.text({kMap.x, y}, Align::left, {Face::words_bold, 16}, p_.ink,
                                      view_.bands[b].name);
      canvas_.text({kMap.x + name + 12, y}, Align::left, kLabel, p_.dim, view_.bands[b].note);
    }
    const std::span cells(view_.cells.data() + band.first_row * map.columns,
                          band.rows * map.columns);
    const Rect all{at.x, at.y, map.cell_width / scale * static_cast<float>(map.columns), at.h};
    draw_cell_map(pen_, fmt::format("map.{}", b), all, {map.columns, band.rows, cells});
  }

  // A third from the left; beside the cells where these have letters. No room: no tag.
  void draw_tag(const MapTag& tag, const std::optional<Rect>& window, float scale) {
    constexpr float kPad = 10;
    const Rect band = place_of(view_.map, tag.band, scale);
    const float width = canvas_.width_of(kLabel, tag.text) + 2 * kPad;
    const bool has_letters = has_letters_in(view_.map.cell_width, view_.map.cell_height);
    const float y = band.y + tag.y / scale;
    float x = has_letters ? band.right() + 16 : band.x + std::min(330.0f, band.w - width);
    const bool is_in_way = window && window->x - 16 < x + width && x < window->right() + 16 &&
                           window->y - 16 < y + kTag / 2 && y - kTag / 2 < window->bottom() + 16;
    if (is_in_way && !has_letters) x = window->x - 16 - width;
    if (x < band.x || x + width > kMap.right()) return;
    if (!has_letters) canvas_.fill({x, y - kTag / 2, width, kTag}, p_.background, 4);
    canvas_.text({x + kPad, y + 5.5f}, Align::left, kLabel, p_.ink, tag.text);
  }

  // What of the map the zoom shows.
  std::optional<Rect> window_of(const ZoomView& zoom, float scale) const {
    const auto first = zoom.page_at({0, 0});
    if (!first) return std::nullopt;
    const Rect from = cell_at(view_.map, *first, scale);
    const auto cells = static_cast<float>((zoom.columns + view_.map.pages_per_cell - 1) /
                                          view_.map.pages_per_cell);
    return Rect{from.x, from.y, from.w * cells, from.h * static_cast<float>(zoom.rows)};
  }

  void draw_zoom() {
    const Rect row{kZoom.x, 82, 392, 34};
    canvas_.text({kZoom.x, 110}, Align::left, kTitle, p_.ink, "Zoom");
    if (!screen_.zoom) return;
    const ZoomView& zoom = *screen_.zoom;
    canvas_.text({row.right(), 110}, Align::right, kLabel, p_.dim, zoom.title);
    const Rect at = zoom_place(zoom);
    const Control control = pen_.controls.control("zoom", at);
    if (control.is_clicked) asked_ = LookAtPage{page_in_zoom(pen_, zoom)};
    draw_cell_map(pen_, "zoom", at, {zoom.columns, zoom.rows, zoom.cells});
    const float cell = zoom_cell(zoom);
    const auto mark = [&](std::optional<sim::PageName> page, Color color, float thickness) {
      const auto found = page ? zoom.cell_of(*page) : std::nullopt;
      if (!found) return;
      canvas_.outline({at.x + cell * static_cast<float>(found->column),
                       at.y + cell * static_cast<float>(found->row), cell, cell},
                      color, thickness, 2);
    };
    mark(view_.current, p_.ink, 2);
    mark(screen_.page, p_.ink, 3);
    float y = 144;
    for (const PagesFigure& figure : view_.figures) {
      canvas_.text({1476, y}, Align::left, kLabel, p_.dim, figure.label);
      canvas_.text({1576, y + 26}, Align::right, figure.is_zero ? kFigure : kFigureBold,
                   figure.is_zero ? p_.faint : p_.ink, figure.figure);
      pen_.explain({1476, y - 16, 100, 46}, meaning_of(figure.label));
      y += 62;
    }
  }

  // The page that is pointed at.
  void draw_look() {
    if (!screen_.page) return;
    const PageState state = view_.states.state(*screen_.page);
    float x = kZoom.x;
    const float y = 540;
    x += canvas_.text({x, y}, Align::left, kStrong, p_.ink, screen_.look.name) + 10;
    canvas_.text({x, y}, Align::left, kLabel, p_.dim,
                 canvas_.shorten(kLabel, fmt::format("{}, {}", words_of(state), screen_.look.where),
                                 1576 - x));
    std::string values;
    for (const std::string& value : screen_.look.values) values += value + "  ";
    if (screen_.look.values.size() == 8) values += "…";
    const float format =
        canvas_.text({kZoom.x, y + 25}, Align::left, kLabel, p_.dim, screen_.look.format);
    canvas_.text({kZoom.x + format + 12, y + 25}, Align::left, {Face::mono, 16}, p_.ink,
                 canvas_.shorten({Face::mono, 16}, values, kZoom.w + 108 - format));
    if (screen_.is_pinned) {
      const Rect follow{1416, 676, 160, 34};
      if (button(pen_, "follow", follow, "Follow the access", ButtonLook::outlined)) {
        asked_ = LookAtPage{};
      }
    }
  }

  void draw_counts() {
    canvas_.horizontal(kZoom.x, 582, 504, p_.rule);
    for (std::size_t s = 0; s < view_.counts.size(); ++s) {
      const auto state = static_cast<PageState>(s);
      const float x = kZoom.x + (s % 2 == 0 ? 0.0f : 260.0f);
      const float y = 594 + 40 * static_cast<float>(s / 2);
      const Rect cell{x, y, 28, 28};
      draw_cell(canvas_, p_, cell, state);
      canvas_.text({cell.center().x, y + 19}, Align::center, kSmallBold, ink_on(state, p_),
                   letter_of(state));
      canvas_.text({x + 40, y + 20}, Align::left, kLabel, p_.dim, words_of(state));
      const bool is_zero = view_.counts[s] == 0;
      canvas_.text({x + 244, y + 21}, Align::right, is_zero ? kFigure : kFigureBold,
                   is_zero ? p_.faint : p_.ink, with_commas(view_.counts[s]));
      pen_.explain({x, y, 244, 28}, meaning_of(words_of(state)));
    }
  }

  void draw_areas() {
    canvas_.text({24, 690}, Align::left, kTitle, p_.ink, "Address space");
    const std::size_t n = view_.areas.size();
    const std::string note =
        n == 0
            ? "nothing is mapped now"
            : fmt::format("{}{}", counted(n, "area"),
                          n > kAreasShown ? fmt::format(", the first {} shown", kAreasShown) : "");
    canvas_.text({176, 690}, Align::left, kLabel, p_.dim, note);
    pen_.explain({24, 670, 300, 26}, meaning_of("area"));
    const std::size_t shown = std::min(n, kAreasShown);
    const float width = std::min(
        332.0f, (kMap.w - 12 * static_cast<float>(shown)) / static_cast<float>(shown + 0.0001f));
    for (std::size_t a = 0; a < shown; ++a) {
      draw_area(view_.areas[a], a, {24 + (width + 12) * static_cast<float>(a), 700, width, 76});
    }
  }

  void draw_area(const AreaRow& area, std::size_t a, Rect at) {
    const Control control = pen_.controls.control(fmt::format("area.{}", a), at);
    canvas_.fill(at, control.is_hovered || area.is_chosen ? p_.raised : p_.panel, 6);
    if (area.is_chosen) canvas_.outline(at, p_.ink, 2, 6);
    if (area.is_current) canvas_.fill({at.x, at.y + 6, 4, at.h - 12}, p_.ink);
    focus_ring(pen_, at, control);
    if (control.is_clicked) {
      asked_ = MapOnly{area.is_chosen ? std::nullopt : std::optional(area.object)};
    }
    pen_.explain(at, area.is_chosen ? "Show all pages again" : "Show the pages of this one only");
    const float x = at.x + 16, room = at.w - 32;
    const float size = canvas_.width_of(kLabel, area.size);
    canvas_.text({x, at.y + 23}, Align::left, {Face::words_bold, 16}, p_.ink,
                 canvas_.shorten({Face::words_bold, 16}, area.name, room - size - 12));
    canvas_.text({at.right() - 16, at.y + 23}, Align::right, kLabel, p_.ink, area.size);
    canvas_.text({x, at.y + 45}, Align::left, kLabel, p_.dim,
                 canvas_.shorten(kLabel, area.backing, room));
    canvas_.text({x, at.y + 66}, Align::left, kHex, p_.dim, area.address);
  }

  Pen& pen_;
  Canvas& canvas_;
  const Palette& p_;
  const PagesScreen& screen_;
  const PagesView& view_;
  Command asked_;
};

}  // namespace

MapRoom map_room(const Canvas& canvas) {
  const float scale = canvas.scale();
  return {std::floor(kMap.w * scale), std::floor(kMap.h * scale), kHeading * scale,
          std::floor(kMostCell * scale), kTag * scale};
}

std::optional<sim::PageName> page_on_map(const Pen& pen, const PagesView& view) {
  const float scale = pen.canvas.scale();
  for (std::size_t b = 0; b < view.map.bands.size(); ++b) {
    const auto cell = cell_under(place_of(view.map, b, scale), pen.mouse,
                                 view.map.cell_width / scale, view.map.cell_height / scale);
    if (cell) return view.map.page_at({cell->column, cell->row + view.map.bands[b].first_row});
  }
  return std::nullopt;
}

std::optional<sim::PageName> page_in_zoom(const Pen& pen, const ZoomView& zoom) {
  const float cell = zoom_cell(zoom);
  const auto under = cell_under(zoom_place(zoom), pen.mouse, cell, cell);
  return under ? zoom.page_at(*under) : std::nullopt;
}

Command draw_pages(Pen& pen, const PagesScreen& screen) {
  pen.panel("pages", "all pages", {12, 74, 1576, 708});
  pen.panel("map", "the map", {12, 74, 1056, 588});
  pen.panel("zoom", "the zoom and the counts", {1060, 74, 528, 646});
  pen.panel("areas", "the address space", {12, 664, 1056, 118});
  return PagesPanel(pen, screen).draw();
}

}  // namespace viz

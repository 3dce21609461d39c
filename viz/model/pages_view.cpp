// States from the events so far, and from the computer which of the pages are on their way to the
// disk.

#include "viz/model/pages_view.h"

#include <fmt/format.h>

#include <algorithm>

#include "viz/model/words.h"

namespace viz {
namespace {

constexpr std::size_t kMostBands = 8;
constexpr std::uint64_t kZoomSide = 16;

PageStates states_now(const Player& player) {
  const Film& film = player.film();
  PageStates states = film.history().states_before(film.events_before(player.tick()));
  const sim::Kernel& k = player.machine().kernel();
  for (const sim::WriteUnderWay& write : k.under_way) {
    if (write.done <= k.events.now()) continue;
    const sim::PageName page{write.object, static_cast<std::uint32_t>(write.page.index)};
    // One that was stored to again meanwhile stays dirty.
    if (states.state(page) == PageState::clean) states.set(page, PageState::being_written);
  }
  return states;
}

// Files by their size, mappings by their areas.
std::vector<MapObject> objects_of(const Player& player, const PageStates& states) {
  const sim::Machine& machine = player.machine();
  const std::uint64_t page_bytes = machine.page_size().count;
  std::map<std::uint32_t, std::uint64_t> pages;
  for (const auto& [object, inode] : machine.kernel().files.inodes()) {
    pages[object] = (inode.size.count + page_bytes - 1) / page_bytes;
  }
  for (const sim::AreaView& area : sim::areas_of(machine)) {
    if (area.mapping == sim::kNoObject) continue;
    const PageStates::Counts counts = states.counts(area.mapping);
    const bool has_pages = std::any_of(counts.begin(), counts.end(), [](auto n) { return n > 0; });
    // A private map of a file has pages of its own only where it was stored to.
    if (area.file != sim::kNoObject && !has_pages) continue;
    pages[area.mapping] += (area.end.index - area.first.index) / page_bytes;
  }
  std::vector<MapObject> objects;
  for (const auto& [object, count] : pages) {
    if (count > 0) objects.push_back({object, count});
  }
  return objects;
}

std::string protection_text(sim::Protection p) {
  if (p.write) return "read and write";
  return p.read ? "read only" : "no access";
}

std::string address_text(sim::VirtAddr address) {
  const std::string hex = fmt::format("{:012x}", address.index);
  return fmt::format("{} {} {}", hex.substr(0, 4), hex.substr(4, 4), hex.substr(8));
}

void add_areas(const Player& player, const PagesWish& wish, PagesView& view) {
  const session::Run& run = player.film().run();
  const std::uint64_t page_bytes = player.machine().page_size().count;
  const auto& story = player.story();
  for (const sim::AreaView& area : sim::areas_of(player.machine())) {
    const bool is_file = area.file != sim::kNoObject;
    const bool is_shared = area.sharing == sim::Sharing::shared;
    const std::uint64_t bytes = area.end.index - area.first.index;
    AreaRow row;
    row.object = is_file ? area.file : area.mapping;
    row.name = name_of_object(run, row.object);
    row.backing =
        fmt::format("{}, {}",
                    is_file ? (is_shared ? "shared map of the file" : "private map of the file")
                            : "memory of its own",
                    protection_text(area.protection));
    row.size = fmt::format("{}, {}", counted(bytes / page_bytes, "page"), bytes_text(bytes));
    row.address = "from " + address_text(area.first);
    row.is_current = story && !story->is_past && story->access &&
                     area.first <= story->access->address && story->access->address < area.end;
    row.is_chosen = wish.object == row.object;
    view.areas.push_back(std::move(row));
  }
}

void add_figures(const Player& player, PagesView& view) {
  const LineFigures total = player.film().totals(player.tick());
  const std::pair<const char*, std::uint64_t> figures[] = {{"major", total.major},
                                                           {"minor", total.minor},
                                                           {"write-notify", total.write_notify},
                                                           {"evicted", total.evicted},
                                                           {"written back", total.written},
                                                           {"swapped out", total.swapped_out}};
  for (const auto& [label, n] : figures) view.figures.push_back({label, with_commas(n), n == 0});
}

void add_notes(const Player& player, PagesView& view, std::size_t left_out) {
  const PageMap& map = view.map;
  const std::uint64_t row_bytes = map.pages_per_row * player.machine().page_size().count;
  view.row_note = fmt::format("one row of the map: {}, {}", counted(map.pages_per_row, "page"),
                              bytes_text(row_bytes));
  view.cell_note = map.pages_per_cell == 1 ? "each cell a page"
                                           : fmt::format("{} pages a cell, the busiest one shows",
                                                         with_commas(map.pages_per_cell));
  if (left_out > 0) {
    view.cell_note += fmt::format("; {} not shown", counted(left_out, "smaller one"));
  }
}

}  // namespace

PagesView pages_view(const Player& player, const PagesWish& wish) {
  PagesView view;
  const Film& film = player.film();
  view.states = states_now(player);
  if (const auto visit = player.visit()) {
    view.line = film.source()[film.visits()[*visit].line - 1];
    view.line.erase(0, view.line.find_first_not_of(' '));
  }
  view.access = access_text(player);
  const auto& story = player.story();
  std::vector<MapObject> objects = objects_of(player, view.states);
  add_areas(player, wish, view);
  add_figures(player, view);
  const auto is_wanted = [&](const MapObject& o) { return o.object == wish.object; };
  if (std::any_of(objects.begin(), objects.end(), is_wanted)) {
    std::erase_if(objects, [&](const MapObject& o) { return !is_wanted(o); });
  }
  std::size_t left_out = 0;
  while (objects.size() > kMostBands) {
    ++left_out;
    objects.erase(std::min_element(objects.begin(), objects.end(),
                                   [](const auto& a, const auto& b) { return a.pages < b.pages; }));
  }
  if (objects.empty()) {
    view.title = "Pages";
    view.why_none = "No file and no array yet: step on.";
    return view;
  }
  view.map = lay_out(objects, wish.room);
  view.cells = cells_of(view.map, view.states);
  view.tags = tags_of({film, film.events_before(player.tick()), view.map, view.states, view.cells},
                      wish.room.tag, player.machine().page_size().count);
  if (story && view.map.cell_of(story->page)) view.current = story->page;
  std::uint64_t pages = 0;
  for (const MapBand& band : view.map.bands) {
    pages += band.pages;
    view.bands.push_back({name_of_object(film.run(), band.object), counted(band.pages, "page")});
    const PageStates::Counts counts = view.states.counts(band.object);
    for (std::size_t s = 0; s < counts.size(); ++s) view.counts[s] += counts[s];
  }
  std::uint64_t present = 0;
  for (const std::uint64_t n : view.counts) present += n;
  view.counts[0] = pages - std::min(pages, present);
  view.title = view.bands.size() == 1
                   ? fmt::format("{}: {}", view.bands[0].name, counted(pages, "page"))
                   : fmt::format("All pages: {}", with_commas(pages));
  add_notes(player, view, left_out);
  return view;
}

Table ranges_table(const Player& player) {
  Table table{"ranges",
              "Pages of every file and array, in ranges",
              {"object", "first", "last", "pages", "state", "why", "line"},
              {}};
  const Film& film = player.film();
  const PageStates states = states_now(player);
  const std::size_t event = film.events_before(player.tick());
  for (const MapObject& object : objects_of(player, states)) {
    std::uint32_t first = 0;
    PageTale tale;
    const auto close = [&](std::uint64_t end) {
      table.rows.push_back({name_of_object(film.run(), object.object), std::uint64_t{first},
                            end - 1, end - first, std::string(words_of(tale.state)), text_of(tale),
                            tale.line == 0 ? TableCell{} : TableCell{std::uint64_t{tale.line}}});
    };
    for (std::uint32_t page = 0; page < object.pages; ++page) {
      PageTale next = tale_of(film, {object.object, page}, event);
      next.state = states.state({object.object, page});
      if (page > first && next != tale) {
        close(page);
        first = page;
      }
      tale = next;
    }
    close(object.pages);
  }
  return table;
}

std::optional<ZoomView> zoom_view(const PagesView& view, sim::PageName page) {
  const MapBand* band = view.map.band_of(page.object);
  if (band == nullptr || page.index >= band->pages) return std::nullopt;
  // As far around the page as the band goes.
  const auto around = [](std::uint64_t at, std::uint64_t all, std::uint64_t side) {
    return std::min(at - std::min(at, side / 2), all - side);
  };
  const std::uint64_t width = view.map.pages_per_row;
  ZoomView zoom;
  zoom.object = page.object;
  zoom.pages = band->pages;
  zoom.pages_per_row = width;
  zoom.columns = static_cast<std::size_t>(std::min({kZoomSide, width, band->pages}));
  zoom.rows = std::min(static_cast<std::size_t>(kZoomSide), band->rows);
  zoom.first = around(page.index / width, band->rows, zoom.rows) * width +
               around(page.index % width, width, zoom.columns);
  std::uint64_t last = zoom.first;
  for (std::size_t r = 0; r < zoom.rows; ++r) {
    for (std::size_t c = 0; c < zoom.columns; ++c) {
      const auto there = zoom.page_at({c, r});
      if (there) last = there->index;
      zoom.cells.push_back(there ? static_cast<std::uint8_t>(view.states.state(*there)) : kNoPage);
    }
  }
  zoom.title = fmt::format("pages {} to {}", with_commas(zoom.first), with_commas(last));
  return zoom;
}

std::optional<sim::PageName> ZoomView::page_at(MapCell cell) const {
  const std::uint64_t index = first + cell.row * pages_per_row + cell.column;
  if (cell.column >= columns || cell.row >= rows || index >= pages) return std::nullopt;
  return sim::PageName{object, static_cast<std::uint32_t>(index)};
}

std::optional<MapCell> ZoomView::cell_of(sim::PageName page) const {
  if (page.object != object || page.index < first) return std::nullopt;
  const std::uint64_t after = page.index - first;
  const MapCell cell{static_cast<std::size_t>(after % pages_per_row),
                     static_cast<std::size_t>(after / pages_per_row)};
  if (cell.column >= columns || cell.row >= rows) return std::nullopt;
  return cell;
}

}  // namespace viz

// Every page of every file and mapping at one moment: the map, what lies around one page of it, the
// address space, and how many pages are in which state.

#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "viz/model/map_tags.h"
#include "viz/model/page_map.h"
#include "viz/model/player.h"
#include "viz/model/table.h"

namespace viz {

struct BandView {
  std::string name, note;  // "big.bin", "262,144 pages"
};
// One area of the address space.
struct AreaRow {
  std::string name;          // of what it shows
  std::string backing;       // "shared map of a file, read and write"
  std::string size;          // "262,144 pages, 1 GiB"
  std::string address;       // "from 7f5c 2d65 3000"
  std::uint32_t object = 0;  // that the map shows for it
  bool is_current = false;   // the access that is shown lies in it
  bool is_chosen = false;    // the map shows it alone
};
struct PagesFigure {
  std::string label, figure;
  bool is_zero = false;
};

struct PagesView {
  std::string title;                // "big.bin: 262,144 pages"
  std::string line, access;         // "m[:, 1000] = 0", "store to m[8999, 1000]"
  std::string row_note, cell_note;  // under the map
  PageMap map;
  std::vector<std::uint8_t> cells;  // PageState or kNoPage
  std::vector<BandView> bands;
  std::vector<MapTag> tags;
  std::optional<sim::PageName> current;  // that was accessed last
  std::vector<AreaRow> areas;
  std::string areas_note;
  std::array<std::uint64_t, kPageStates> counts{};
  std::vector<PagesFigure> figures;
  PageStates states;
  std::string why_none;  // in place of the map
};

// What is wanted of it.
struct PagesWish {
  MapRoom room;
  std::optional<std::uint32_t> object;  // only this one
  friend bool operator==(const PagesWish&, const PagesWish&) = default;
};
PagesView pages_view(const Player&, const PagesWish&);

// Each file and mapping in ranges of pages that have the same state for the same reason.
Table ranges_table(const Player&);

// Pages around one, as they lie on the map, a cell each.
struct ZoomView {
  std::string title;  // "pages 184,378 to 215,113"
  std::uint32_t object = 0;
  std::uint64_t pages = 0;          // of the object
  std::uint64_t first = 0;          // the page at the top left
  std::uint64_t pages_per_row = 0;  // of the map
  std::size_t columns = 0, rows = 0;
  std::vector<std::uint8_t> cells;  // PageState or kNoPage

  std::optional<sim::PageName> page_at(MapCell) const;
  std::optional<MapCell> cell_of(sim::PageName) const;
};
// None where the page lies on no band.
std::optional<ZoomView> zoom_view(const PagesView&, sim::PageName);

}  // namespace viz

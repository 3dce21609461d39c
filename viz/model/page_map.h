// Where pages lie on a map of large runs: rows of pages, a band of rows for each file or mapping,
// and one cell for several pages where there are more pages than pixels.

#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "viz/model/page_states.h"

namespace viz {

// A file, or a mapping with pages of its own.
struct MapObject {
  std::uint32_t object = 0;
  std::uint64_t pages = 0;
};

// In device pixels.
struct MapRoom {
  float width = 0, height = 0;
  float heading = 0;     // above each band, where there is more than one
  float most_cell = 48;  // a cell is not larger than that
  float tag = 30;        // the height of words on the map
  friend bool operator==(const MapRoom&, const MapRoom&) = default;
};

struct MapBand {
  std::uint32_t object = 0;
  std::uint64_t pages = 0;
  std::size_t first_row = 0, rows = 0;
};

struct MapCell {
  std::size_t column = 0, row = 0;
  friend bool operator==(MapCell, MapCell) = default;
};

struct PageMap {
  // Both powers of two.
  std::uint64_t pages_per_row = 1, pages_per_cell = 1;
  std::size_t columns = 0, rows = 0;
  float cell_width = 0, cell_height = 0;  // in device pixels
  std::vector<MapBand> bands;             // from the top

  const MapBand* band_of(std::uint32_t object) const;  // null: it has none
  std::optional<MapCell> cell_of(sim::PageName) const;
  // The first page of a cell; none where there is no page.
  std::optional<sim::PageName> page_at(MapCell) const;
};

// The fewest pages a cell; of those layouts the one with the largest cells. Requires: every object
// has a page, and the room holds a row for each.
PageMap lay_out(const std::vector<MapObject>&, const MapRoom&);

// In place of a PageState: there is no page.
inline constexpr std::uint8_t kNoPage = 255;
// A PageState for each cell of the map, row by row: the busiest of its pages'.
std::vector<std::uint8_t> cells_of(const PageMap&, const PageStates&);

}  // namespace viz

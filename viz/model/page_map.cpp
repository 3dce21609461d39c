// Every width of a row is tried; there are few, for it is a power of two.

#include "viz/model/page_map.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace viz {
namespace {

constexpr float kWholeCell = 6;  // from here on cells are squares of whole pixels

std::uint64_t rows_of(std::uint64_t pages, std::uint64_t pages_per_row) {
  return (pages + pages_per_row - 1) / pages_per_row;
}

// Nothing if the rows are more than the room is high.
std::optional<PageMap> try_width(const std::vector<MapObject>& objects, const MapRoom& room,
                                 std::uint64_t pages_per_row) {
  PageMap map;
  map.pages_per_row = pages_per_row;
  const auto width = static_cast<std::uint64_t>(std::max(1.0f, room.width));
  while (map.pages_per_row / map.pages_per_cell > width) map.pages_per_cell *= 2;
  map.columns = static_cast<std::size_t>(map.pages_per_row / map.pages_per_cell);
  for (const MapObject& object : objects) {
    const auto rows = static_cast<std::size_t>(rows_of(object.pages, pages_per_row));
    map.bands.push_back({object.object, object.pages, map.rows, rows});
    map.rows += rows;
  }
  const float headings = objects.size() > 1 ? room.heading * static_cast<float>(objects.size()) : 0;
  map.cell_width = room.width / static_cast<float>(map.columns);
  map.cell_height = (room.height - headings) / static_cast<float>(map.rows);
  if (map.cell_height < 1) return std::nullopt;
  const float side = std::min(map.cell_width, map.cell_height);
  if (side >= kWholeCell) {
    map.cell_width = map.cell_height = std::floor(std::min(side, room.most_cell));
  }
  return map;
}

bool is_better(const PageMap& a, const PageMap& b) {
  if (a.pages_per_cell != b.pages_per_cell) return a.pages_per_cell < b.pages_per_cell;
  return std::min(a.cell_width, a.cell_height) >= std::min(b.cell_width, b.cell_height);
}

}  // namespace

const MapBand* PageMap::band_of(std::uint32_t object) const {
  const auto band = std::find_if(bands.begin(), bands.end(),
                                 [&](const MapBand& b) { return b.object == object; });
  return band == bands.end() ? nullptr : &*band;
}

std::optional<MapCell> PageMap::cell_of(sim::PageName page) const {
  const MapBand* band = band_of(page.object);
  if (band == nullptr || page.index >= band->pages) return std::nullopt;
  return MapCell{static_cast<std::size_t>(page.index % pages_per_row / pages_per_cell),
                 band->first_row + static_cast<std::size_t>(page.index / pages_per_row)};
}

std::optional<sim::PageName> PageMap::page_at(MapCell cell) const {
  for (const MapBand& band : bands) {
    if (cell.row < band.first_row || cell.row >= band.first_row + band.rows) continue;
    const std::uint64_t page =
        (cell.row - band.first_row) * pages_per_row + cell.column * pages_per_cell;
    if (cell.column >= columns || page >= band.pages) return std::nullopt;
    return sim::PageName{band.object, static_cast<std::uint32_t>(page)};
  }
  return std::nullopt;
}

PageMap lay_out(const std::vector<MapObject>& objects, const MapRoom& room) {
  std::optional<PageMap> best;
  for (unsigned shift = 0; shift <= 32; ++shift) {
    auto map = try_width(objects, room, std::uint64_t{1} << shift);
    if (map && (!best || is_better(*map, *best))) best = std::move(map);
  }
  return best ? std::move(*best) : PageMap{};
}

std::vector<std::uint8_t> cells_of(const PageMap& map, const PageStates& states) {
  std::vector<std::uint8_t> cells(map.columns * map.rows, kNoPage);
  const int row_shift = std::countr_zero(map.pages_per_row);
  const int cell_shift = std::countr_zero(map.pages_per_cell);
  for (const MapBand& band : map.bands) {
    std::uint8_t* const top = cells.data() + band.first_row * map.columns;
    for (std::uint64_t row = 0; row < band.rows; ++row) {
      const std::uint64_t in_row =
          std::min(map.pages_per_row, band.pages - row * map.pages_per_row);
      const std::uint64_t filled = (in_row + map.pages_per_cell - 1) >> cell_shift;
      std::fill_n(top + row * map.columns, filled, std::uint8_t{0});
    }
    states.for_each_of(
        band.object,
        [&](std::uint32_t page, PageState state) {
          const std::uint64_t row = page >> row_shift;
          const std::uint64_t column = (page & (map.pages_per_row - 1)) >> cell_shift;
          std::uint8_t& cell = top[row * map.columns + column];
          cell = static_cast<std::uint8_t>(busier(static_cast<PageState>(cell), state));
        },
        0, band.pages);
  }
  return cells;
}

}  // namespace viz

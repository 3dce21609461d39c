// Words on the map of all pages: rows next to each other with the same tale share one tag.

#pragma once

#include <string>
#include <vector>

#include "viz/model/page_map.h"
#include "viz/model/page_tale.h"

namespace viz {

struct MapTag {
  std::size_t band = 0;
  float y = 0;       // of its middle, in device pixels below the band's first row
  std::string text;  // "read by line 2: clean, 1 GiB"
};

// A moment of the map.
struct MapMoment {
  const Film& film;
  std::size_t event;  // those before it have happened
  const PageMap& map;
  const PageStates& states;
  const std::vector<std::uint8_t>& cells;
};

// None lies over another, or outside its band. Rows too few for a tag of that height have none, but
// those at the band's top and bottom where the next ones leave room.
std::vector<MapTag> tags_of(const MapMoment&, float height, std::uint64_t page_bytes);

}  // namespace viz

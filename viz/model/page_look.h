// One page at one moment, by name: where it is, what the page table says of it, and its bytes as
// elements.

#pragma once

#include <string>
#include <vector>

#include "viz/model/player.h"

namespace viz {

struct PageLook {
  std::string name;                 // "page 5 of data.bin"
  std::string where;                // "in frame 12, accessed", "slot 3", "in no frame"
  std::string format;               // "float64 from m[5, 0]"
  std::vector<std::string> values;  // the page's first elements, as its array has them
};

PageLook look_at_page(const Player&, sim::PageName);

}  // namespace viz

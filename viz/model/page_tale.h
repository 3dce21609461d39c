// What became of a page, and which line did it: told from the history of its states.

#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "viz/model/film.h"

namespace viz {

struct PageTale {
  enum class Kind : std::uint8_t {
    never_touched,
    read,     // brought in, and the same on the disk or in swap ever since
    written,  // stored to since it was brought in
    copied,   // a private copy of a file's page
    evicted,  // in no frame any more
    swapped,  // in swap only
    gone,     // its memory or file was given back
  };
  Kind kind = Kind::never_touched;
  PageState state = PageState::absent;
  std::uint32_t line = 0;  // that did it; 0: none, or not known
  friend bool operator==(const PageTale&, const PageTale&) = default;
};

// As the events before number `event` have left it.
PageTale tale_of(const Film&, sim::PageName, std::size_t event);
// "read by line 2: clean".
std::string text_of(const PageTale&);

}  // namespace viz

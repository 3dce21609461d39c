// Try disaster: what each truth of a file is now, after kill -9, and after a power cut, at the
// moment that is shown.

#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "viz/model/page_state.h"
#include "viz/model/player.h"
#include "viz/model/table.h"

namespace viz {

// A page of the file, or of a small one an element.
struct RemainView {
  std::string value = {};  // what it holds; of two possible ones the old
  std::string other = {};  // the new one, where both are possible
  PageState state = PageState::absent;
  bool is_hollow = false;  // in no frame
  bool is_torn = false;    // old and new by sectors
  bool is_there = true;
  std::string tip = {};
};
using RemainRow = std::vector<RemainView>;

struct DisasterView {
  std::string title, subtitle;
  RemainRow program, cache, disk;  // empty: gone
  std::string figure, figure_label;
};

struct PlugView {
  std::string file;
  std::string unit;                  // "pages of log.bin", "elements of data.bin"
  std::vector<std::string> columns;  // their numbers
  DisasterView now, killed, cut;
  struct Kind {
    RemainView example;
    std::string title, note;
  };
  std::vector<Kind> kinds;  // what is certain, what is not
  struct Image {
    std::string name;
    RemainRow row;
  };
  std::vector<Image> images;
  std::string images_note;  // "4 of 4,096 shown"
  std::string why_none;     // no file to show
};

// Images are drawn by this seed and the next.
PlugView plug_view(const Player&, std::uint64_t seed);
// A row for each page or element that is shown.
Table disaster_table(const PlugView&);

}  // namespace viz

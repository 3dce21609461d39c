// Try disaster: what each truth of a file is now, after kill -9, and after a power cut, at the
// moment that is shown.

#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "viz/model/file_cells.h"
#include "viz/model/player.h"
#include "viz/model/table.h"

namespace viz {

struct DisasterView {
  std::string title = {}, subtitle = {};
  std::string remark = {}, remark_tip = {};       // "= this computer"
  RemainRow program = {}, cache = {}, disk = {};  // empty: gone
  std::string program_gone = "gone";
  std::string figure = {}, figure_label = {};
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

// The file that the picture is about, if there is one and it holds anything.
// Null if not; good while the player stands where it is.
const sim::Inode* file_to_lose(const Player&);

// Images are drawn by this seed and the next.
PlugView plug_view(const Player&, std::uint64_t seed);
// A row for each page or element that is shown.
Table disaster_table(const PlugView&);

}  // namespace viz

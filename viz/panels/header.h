// The top row: which lesson, which machine, where in the run, and the disasters.

#pragma once

#include <string>
#include <vector>

#include "viz/model/commands.h"
#include "viz/model/disaster.h"
#include "viz/panels/pen.h"

namespace viz {

struct HeaderView {
  std::string lesson;
  std::string machine;
  std::string position;  // "line 3 of 4, access 2 of 2"
  bool is_playing = false;
  bool is_plugged = true;                   // else the screen after a disaster is shown
  Disaster disaster = Disaster::power_cut;  // of that screen
  bool can_step = false;
  bool has_story = false;  // the access shown can be taken apart
  bool is_apart = false;   // and is
  bool is_comparing = false;
};

// Which menu the user opened.
enum class Menu { none, lessons, machine, compare, help, save };

struct HeaderAnswer {
  Command command;
  Menu menu = Menu::none;  // that was asked for
};
HeaderAnswer draw_header(Pen&, const HeaderView&);

}  // namespace viz

// The run from left to right: what state each page was in, what happened, and where the viewer
// stands.

#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "viz/model/page_state.h"
#include "viz/model/player.h"
#include "viz/model/real_take.h"
#include "viz/model/timeline.h"

namespace viz {

// Places are parts of the width that is in view, 0 to 1.
struct TimelineLine {
  float x = 0;
  std::string label;  // "line 3"
  bool is_current = false;
  bool is_ahead = false;
};
struct TimelineSegment {
  float from = 0, to = 0;
  PageState state = PageState::absent;
  bool is_fault = false;   // outlined: the program waits
  std::string label = {};  // shown where it fits
};
enum class EventMark : std::uint8_t { major, minor, write_notify, victim, write_back };
struct TimelineMark {
  float x = 0;
  EventMark mark = EventMark::major;
};
struct TimelineLane {
  std::string name;
  bool is_current = false;
  std::vector<TimelineSegment> segments;
  std::vector<TimelineMark> marks;
};
struct TimelineView {
  std::string title, note, note2;
  std::vector<TimelineLine> lines;
  std::vector<TimelineLane> lanes;
  float now = 0;  // below 0 or above 1: out of view
  std::string cursor_label;
  // Of many pages a map: rows of pages, columns of time; PageStates, kFaultHere, kNothingYet.
  std::size_t columns = 0, rows = 0;
  std::vector<std::uint8_t> map;
  TimeWindow window;     // of the whole run
  bool is_over = false;  // the run has ended, wherever the axis goes on to
  float now_of_all = 0;  // in the whole run
};

// Of one or two pages both computers' are shown.
TimelineView timeline_view(const Player&, const RealTake*, const Timeline&);
// Of the simulated computer alone: a lane for each of few pages, a map of many.
TimelineView simulated_timeline_view(const Player&, const Timeline&);

}  // namespace viz

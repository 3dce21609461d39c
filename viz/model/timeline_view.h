// The run from left to right: what state each page was in, what happened, and where the viewer
// stands.

#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "viz/model/page_state.h"
#include "viz/model/player.h"
#include "viz/model/real_take.h"

namespace viz {

// Places are parts of the width, 0 to 1.
struct TimelineLine {
  float x = 0;
  std::string label;  // "line 3"
  bool is_current = false;
  bool is_ahead = false;
};
struct TimelineSegment {
  float from = 0, to = 0;
  PageState state = PageState::absent;
  bool is_fault = false;  // outlined: the program waits
  std::string label;      // shown where it fits
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
  float now = 0;
  std::string cursor_label;
  // Of many pages a map: rows of pages, columns of time; a PageState each, kFaultHere a fault.
  std::size_t columns = 0, rows = 0;
  std::vector<std::uint8_t> map;
  static constexpr std::uint8_t kFaultHere = 100;
  static constexpr std::uint8_t kNothingYet = 101;
};

// Where the ticks of a film lie: those in which much happens are wider while there are few.
class TimeAxis {
 public:
  TimeAxis() = default;
  explicit TimeAxis(const Film&);
  float x_of(Tick) const;
  // Within the tick in whose course the event comes, by simulated time.
  float x_before(const Film&, std::size_t event) const;
  float x_after(const Film&, std::size_t event) const;
  Tick tick_at(float x) const;  // the nearest

 private:
  std::vector<double> ends_;  // by tick; empty: all alike
  Tick ticks_ = 1;
};

TimelineView timeline_view(const Player&, const RealTake*, const TimeAxis&);

}  // namespace viz

// Two runs side by side at one moment, made ready to be drawn.

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "viz/model/main_view.h"
#include "viz/model/pages_view.h"
#include "viz/model/session.h"
#include "viz/model/source_view.h"
#include "viz/model/table.h"
#include "viz/model/timeline_view.h"

namespace viz {

struct BesideSide {
  std::string title, machine;  // "Column by column", "LRU, 64 frames"
  std::string where;           // "line 4 of 4, access 12 of 512"
  std::vector<ColumnView> columns;
  std::vector<SourceLineView> lines;
  // Few frames are cells; of many the pages are a map.
  std::string frames_title, frames_note;
  std::vector<CellView> frames;
  std::optional<PagesView> pages;
  std::string faults, faults_label;  // so far: "512", "faults"
  TimelineView timeline;
  std::string ended;        // "ended at 2.1 ms", once it has
  std::string why_not;      // in place of all but the titles
  bool is_running = false;  // and can be stopped
};

enum class Less : std::uint8_t { neither, left, right };
struct BesideFigure {
  std::string label, left, right;  // "major faults", "0", "448"
  Less less = Less::neither;
};

struct BesideView {
  BesideSide left, right;
  bool is_whole = false;  // the right one is there: what follows holds
  Pace pace = Pace::time;
  bool can_choose_pace = false;
  std::string said;  // who is where
  std::vector<BesideFigure> figures;
  bool is_over = false;
};

// Requires: the session has a player. Without a run on the right its side says why.
BesideView beside_view(const Session&, const MapRoom&);
// Both runs' figures, whole. Requires: the session has a player.
Table beside_table(const Session&);

}  // namespace viz

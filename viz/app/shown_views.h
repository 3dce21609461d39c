// The views of a moment, made once however often they are drawn, and only those that the screen
// shows.

#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "viz/model/beside_view.h"
#include "viz/model/memory_view.h"
#include "viz/model/pages_view.h"
#include "viz/model/plug_view.h"
#include "viz/model/session.h"
#include "viz/model/tables.h"

namespace viz {

class ShownViews {
 public:
  struct Computers {
    ComputerView simulated, real;
    AgreementView agreement;
  };
  // All require: the session has a player. Good until the next call of the same.
  const Computers& computers(const Session&);
  const TimelineView& timeline(const Session&);
  const PagesView& pages(const Session&, const MapRoom&);
  const MemoryView& memory(const Session&);
  const PlugView& plug(const Session&);
  const BesideView& beside(const Session&, const MapRoom&);
  // The tables of a screen about the run, without their rows.
  const std::vector<Table>& tables(const Session&);

 private:
  struct Moment {
    std::shared_ptr<const Film> film;  // kept: another one cannot come to lie at its place
    std::shared_ptr<const RealTake> take;
    Tick tick = 0;
    std::string why_no_take;
    friend bool operator==(const Moment&, const Moment&) = default;
  };
  // Of what stands side by side; a null film: not there yet.
  struct BesideMoment {
    std::shared_ptr<const Film> film;
    Tick tick = 0;
    std::uint64_t ns = 0;
    Pace pace = Pace::access;
    TimeWindow window;
    MapRoom room;
    friend bool operator==(const BesideMoment&, const BesideMoment&) = default;
  };
  // Forgets what is of another moment.
  void come_to(const Session&);

  Moment moment_;
  bool is_simulated_only_ = false;
  std::optional<Computers> computers_;
  std::optional<TimelineView> timeline_;
  std::optional<PagesView> pages_;
  PagesWish wish_;
  std::optional<MemoryView> memory_;
  std::optional<PlugView> plug_;
  std::uint64_t draw_seed_ = 0;  // of plug_
  BesideMoment beside_moment_;
  std::optional<BesideView> beside_;
  std::optional<std::vector<Table>> tables_;
  struct TablesOf {
    Screen screen = Screen::main;
    Disaster disaster = Disaster::kill;
    std::size_t micro_step = 0;
    const Aftermath* aftermath = nullptr;  // only held against another
    friend bool operator==(const TablesOf&, const TablesOf&) = default;
  } tables_of_;
};

}  // namespace viz

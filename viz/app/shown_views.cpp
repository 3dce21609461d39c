// What a view was made from is held against what there is now.

#include "viz/app/shown_views.h"

namespace viz {

void ShownViews::come_to(const Session& session) {
  const Take& take = session.take();
  is_simulated_only_ = session.here().program.on == lesson::ProgramBlock::Computers::simulated ||
                       take.stage == Take::Stage::complete;
  const std::string why = is_simulated_only_  ? "This program runs on the simulated computer only."
                          : session.is_busy() ? "running on this computer …"
                                              : "not run";
  const Moment now{take.film, take.real, session.player()->tick(), why};
  if (now == moment_) return;
  moment_ = now;
  computers_.reset();
  timeline_.reset();
  pages_.reset();
  memory_.reset();
  plug_.reset();
  beside_.reset();
  tables_.reset();
}

const ShownViews::Computers& ShownViews::computers(const Session& session) {
  come_to(session);
  if (computers_) return *computers_;
  const Player& player = *session.player();
  const RealTake* take = moment_.take.get();
  computers_.emplace(
      Computers{simulated_view(player), real_view(player, take, moment_.why_no_take), {}});
  computers_->agreement = agreement_view(player, take, computers_->simulated, computers_->real);
  if (is_simulated_only_ && take == nullptr) computers_->agreement.verdict = "simulated only";
  return *computers_;
}

const TimelineView& ShownViews::timeline(const Session& session) {
  come_to(session);
  if (!timeline_ || timeline_->window != session.timeline().window()) {
    timeline_ = timeline_view(*session.player(), moment_.take.get(), session.timeline());
  }
  return *timeline_;
}

const PagesView& ShownViews::pages(const Session& session, const MapRoom& room) {
  come_to(session);
  const PagesWish wish{room, session.object_mapped()};
  if (!pages_ || wish != wish_) pages_ = pages_view(*session.player(), wish);
  wish_ = wish;
  return *pages_;
}

const MemoryView& ShownViews::memory(const Session& session) {
  come_to(session);
  if (!memory_) memory_ = memory_view(*session.player(), moment_.take.get());
  return *memory_;
}

const PlugView& ShownViews::plug(const Session& session) {
  come_to(session);
  if (!plug_ || draw_seed_ != session.draw_seed()) {
    plug_ = plug_view(*session.player(), session.draw_seed());
  }
  draw_seed_ = session.draw_seed();
  return *plug_;
}

// Its accesses are counted while the other run is being made.
const BesideView& ShownViews::beside(const Session& session, const MapRoom& room) {
  come_to(session);
  BesideMoment now;
  now.room = room;
  if (const Beside* beside = session.beside()) {
    now.film = beside->right().shared_film();
    now.tick = beside->right().tick();
    now.ns = beside->ns();
    now.pace = beside->pace();
    now.window = beside->window();
  }
  if (!beside_ || !now.film || now != beside_moment_) beside_ = beside_view(session, room);
  beside_moment_ = now;
  return *beside_;
}

const std::vector<Table>& ShownViews::tables(const Session& session) {
  come_to(session);
  const TablesOf of{session.screen(), session.disaster(), session.micro_step(),
                    session.aftermath()};
  if (!tables_ || of != tables_of_) {
    tables_ = viz::tables_of(session, nullptr);
    for (Table& table : *tables_) table.rows.clear();
  }
  tables_of_ = of;
  return *tables_;
}

}  // namespace viz

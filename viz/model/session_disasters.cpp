// Disasters of the session: what is wanted of the worker that runs programs on after them.

#include "viz/model/plug_view.h"
#include "viz/model/session.h"

namespace viz {

void Session::strike(Disaster disaster) {
  disaster_ = disaster;
  screen_ = Screen::plug;
}

AftermathStudy::Key Session::aftermath_key() const {
  return {take().film, player_->tick(), disaster_};
}

const Aftermath* Session::aftermath() const {
  return player_ && screen_ == Screen::plug ? aftermaths_.of(aftermath_key()) : nullptr;
}

// A power cut leaves no program to go on, and this computer's power is not cut.
void Session::want_aftermath() {
  if (!player_ || screen_ != Screen::plug || disaster_ == Disaster::power_cut) return;
  const bool is_here =
      options_.on_real && here().program.on != lesson::ProgramBlock::Computers::simulated;
  if (disaster_ == Disaster::kill && !is_here) return;
  const sim::Inode* file = file_to_lose(*player_);
  if (file == nullptr || aftermaths_.is_wanted(aftermath_key())) return;
  AftermathJob job{.disaster = disaster_,
                   .program = *take().program,
                   .film = take().film,
                   .stop = here().program.stop,
                   .moment = player_->moment(),
                   .file = file->name};
  if (disaster_ == Disaster::kill) {
    if (player_->knows_contents()) job.place = place_of(*player_);
    job.now = player_->machine();
  }
  aftermaths_.want(aftermath_key(), std::move(job));
}

}  // namespace viz

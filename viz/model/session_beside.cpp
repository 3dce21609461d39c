// Side by side: which run is wanted, and how commands move both.

#include "viz/model/beside_choice.h"
#include "viz/model/overload.h"
#include "viz/model/session.h"

namespace viz {
Tick after_step(const Player& player, const StepBy& step) {
  const Tick now = player.tick();
  if (step.unit == StepBy::Unit::line) {
    return step.by > 0 ? end_of_line(player) : begin_of_line(player);
  }
  return step.by > 0 ? std::min(now + 1, player.film().ticks()) : now - std::min<Tick>(1, now);
}

bool Session::is_beside_wanted() const {
  return screen_ == Screen::beside && player_ &&
         besides_.is_wanted({player_->shared_film(), beside_choice_});
}

Beside* Session::beside_to_move() { return is_beside_wanted() ? besides_.beside() : nullptr; }
const Beside* Session::beside() const { return is_beside_wanted() ? besides_.beside() : nullptr; }

bool Session::is_over() const {
  if (!player_) return true;
  const Beside* beside = this->beside();
  return beside != nullptr ? beside->is_over(*player_) : player_->tick() == player_->film().ticks();
}

void Session::choose_beside(const std::string& choice) {
  message_.clear();
  if (is_setting(choice)) {
    const auto settings = with_setting(here().program.settings, choice);
    if (const auto* problem = std::get_if<std::string>(&settings)) return tell(*problem);
  } else if (!page_of(choice)) {
    return tell("this lesson has no program " + choice);
  }
  beside_choice_ = choice;
}

// The program, and those before it whose files are not known yet.
BesideJob Session::beside_job() const {
  BesideJob job;
  job.left = player_->shared_film();
  lesson::ProgramBlock last = here().program;
  if (is_setting(beside_choice_)) {
    last.settings = std::get<session::Settings>(with_setting(last.settings, beside_choice_));
  } else {
    const std::size_t page = *page_of(beside_choice_);
    last = pages_[page].program;
    if (takes_[page].stage >= Take::Stage::filmed) job.right = takes_[page].film;
  }
  if (job.right) return job;
  job.programs.push_back(last);
  while (!job.programs.front().after.empty()) {
    const auto before = page_of(job.programs.front().after);
    if (!before) break;
    if (takes_[*before].stage == Take::Stage::filmed ||
        takes_[*before].stage == Take::Stage::complete) {
      job.files = takes_[*before].film->played().left.files;
      break;
    }
    job.programs.insert(job.programs.begin(), pages_[*before].program);
  }
  return job;
}

void Session::want_beside() {
  if (screen_ != Screen::beside || !player_) return;
  if (beside_choice_.empty()) beside_choice_ = beside_default(pages_, page_);
  if (is_beside_wanted()) {
    Beside* beside = beside_to_move();
    if (beside != nullptr && beside->left_tick() != player_->tick()) beside->follow(*player_);
    return;
  }
  const BesideStudy::Key key{player_->shared_film(), beside_choice_};
  if (is_setting(beside_choice_)) {
    const auto settings = with_setting(here().program.settings, beside_choice_);
    if (const auto* problem = std::get_if<std::string>(&settings)) {
      return besides_.refuse(key, *problem);
    }
  }
  besides_.want(key, beside_job());
}

// By time one may have to go on when the left one is over.
bool Session::step_beside(const StepBy& c) {
  Beside* beside = beside_to_move();
  const bool is_left_over = player_ && player_->tick() == player_->film().ticks();
  if (beside == nullptr || beside->pace() == Pace::access || !is_left_over) return false;
  if (c.by < 0 && !beside->is_right_ahead(*player_)) return false;
  is_playing_ = false;
  beside->lead(after_step(beside->right(), c), *player_);
  arrive();
  return true;
}

bool Session::play_beside(Tick due) {
  Beside* beside = beside_to_move();
  if (beside == nullptr || player_->tick() < player_->film().ticks()) return false;
  const Player& right = beside->right();
  beside->lead(std::min(right.tick() + due, right.film().ticks()), *player_);
  arrive();
  if (is_over()) is_playing_ = false;
  return true;
}

bool Session::apply_beside(const Command& command) {
  if (const auto* c = std::get_if<ChooseBeside>(&command)) {
    choose_beside(c->choice);
    return true;
  }
  Beside* beside = beside_to_move();
  if (std::holds_alternative<CancelRun>(command) && screen_ == Screen::beside) besides_.stop();
  if (beside == nullptr) return false;
  const bool is_done =
      std::visit(Overload{[&](const SetPace& c) {
                            if (c.pace == Pace::time || beside->is_in_step())
                              beside->set_pace(c.pace, *player_);
                            return true;
                          },
                          [&](const SeekBoth& c) {
                            beside->go_to(beside->window().x_at(c.place), *player_);
                            return true;
                          },
                          [&](const SeekEnd& c) {
                            if (c.is_end) beside->go_to_end(*player_);
                            return c.is_end;
                          },
                          [&](const DoNext&) {
                            is_over() ? beside->go_to(0, *player_) : beside->go_to_end(*player_);
                            return true;
                          },
                          [&](const SeekLineBeside& c) {
                            const auto tick = next_run_of(beside->right(), c.line);
                            if (tick) beside->lead(*tick, *player_);
                            return true;
                          },
                          [&](const StepBy& c) { return step_beside(c); },
                          [&](const ZoomTime& c) {
                            beside->zoom(c.place, c.notches);
                            return true;
                          },
                          [&](const ShowAllTime&) {
                            beside->show({});
                            return true;
                          },
                          [&](const LookAtTime& c) {
                            beside->show(beside->window().around(c.x));
                            return true;
                          },
                          [](const auto&) { return false; }},
                 command);
  if (is_done) {
    message_.clear();
    arrive();
  }
  return is_done;
}

}  // namespace viz

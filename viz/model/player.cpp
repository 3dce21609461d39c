// Ticks into moments, and one touch made again to be watched.

#include "viz/model/player.h"

#include <algorithm>

#include "sim/core/event_stream.h"

namespace viz {

Player::Player(std::shared_ptr<const Film> film)
    : film_(std::move(film)),
      playback_(film_->recording()),
      machine_(*film_->recording().keyframes().front().machine) {}

std::optional<std::size_t> Player::visit() const {
  if (tick_ == 0) return std::nullopt;
  return film_->visit_at(tick_);
}

bool Player::is_at_line_end() const {
  const auto v = visit();
  return v && tick_ == film_->after(*v).first_tick;
}

void Player::go(Tick tick) {
  SIM_CHECK(tick <= film_->ticks());
  tick_ = tick;
  story_.reset();
  if (tick == 0) {
    moment_ = {};
    machine_ = *film_->recording().keyframes().front().machine;
    return;
  }
  const std::size_t v = film_->visit_at(tick);
  const std::uint64_t done = tick - film_->visits()[v].first_tick;
  const std::uint64_t touch = film_->visits()[v].begin.touch + done;
  const bool touches = film_->touches_of(v) > 0;
  const std::uint64_t made = touches ? touch : film_->visits()[v].begin.touch;
  if (made > 0) story_ = tell(made - 1);
  if (story_) story_->is_past = !touches;
  moment_ = is_at_line_end() ? film_->after(v).begin : playback_.before_touch(touch);
  machine_ = playback_.at(moment_);
  knows_contents_ = playback_.knows_contents();
}

std::optional<TouchStory> Player::tell(std::uint64_t touch) {
  TouchMade made = playback_.touch(touch);
  TouchStory story;
  story.number = touch;
  story.access = made.access;
  story.operation = made.operation;
  story.events = std::move(made.events);
  for (const sim::Event& e : story.events) {
    if (e.kind == sim::EventKind::access) story.page = e.page;
  }
  if (made.access) story.walk = sim::walk_of(made.before, made.access->address);
  story.before = std::make_shared<const sim::Machine>(made.before);
  if (sim::frames_in_use(made.before) == made.before.config().frames.count) {
    const auto victims = sim::next_victims(made.before, 1);
    if (!victims.empty()) story.victim = victims.front();
  }
  return story;
}

std::optional<session::Place> place_of(const Player& player) {
  const auto v = player.visit();
  if (!v) return std::nullopt;
  const Film& film = player.film();
  const Visit& visit = film.visits()[*v];
  if (player.is_at_line_end() && *v + 1 < film.visits().size()) {
    const Visit& next = film.visits()[*v + 1];
    if (!next.goes_on) return session::Place{next.line, next.turn, {}};
  }
  if (visit.goes_on || film.touches_of(*v) == 0) return std::nullopt;
  return session::Place{visit.line, visit.turn, player.tick() - visit.first_tick};
}

Tick end_of_line(const Player& player) {
  const Film& film = player.film();
  const bool is_between = player.is_at_line_end() || player.tick() == 0;
  const std::size_t v = is_between ? film.next_visit(player.tick()) : *player.visit();
  return v < film.visits().size() ? film.after(v).first_tick : film.ticks();
}

Tick begin_of_line(const Player& player) {
  const auto v = player.visit();
  return v ? player.film().visits()[*v].first_tick : 0;
}

std::optional<Tick> next_run_of(const Player& player, std::uint32_t line) {
  const Film& film = player.film();
  const auto& visits = film.visits_of(line);
  if (visits.empty()) return std::nullopt;
  const auto next = std::partition_point(visits.begin(), visits.end(), [&](std::size_t v) {
    return film.after(v).first_tick <= player.tick();
  });
  return film.after(next == visits.end() ? visits.front() : *next).first_tick;
}

// From the tick that the film's times lead to, by strides that double, to the one that the
// computer's clock says.
Tick go_by_time(Player& player, std::uint64_t ns) {
  const Film& film = player.film();
  const auto is_over = [&](Tick tick) {
    player.go(tick);
    return player.simulated_ns() <= ns;
  };
  Tick low = 0, high = film.ticks() + 1;  // the first is over, the second is not
  for (Tick tick = film.tick_about(ns), stride = 1; low + 1 < high; stride *= 2) {
    if (is_over(tick)) {
      low = tick;
      tick = std::min(tick + stride, high - 1);
    } else {
      high = tick;
      tick = tick > stride + low ? tick - stride : low;
    }
    if (tick <= low) tick = low + (high - low) / 2;
  }
  if (player.tick() != low) player.go(low);
  return low;
}

std::uint64_t dirty_after(const Player& player, std::uint32_t line) {
  const Film& film = player.film();
  std::uint64_t dirty = 0;
  for (const std::size_t v : film.visits_of(line)) {
    if (film.visits()[v].first_tick >= player.tick()) break;
    if (film.after(v).first_tick <= player.tick()) {
      dirty = film.after(v).dirty_before;
      continue;
    }
    dirty = player.machine().kernel().dirty_pages;  // in the middle of it
  }
  return dirty;
}

}  // namespace viz

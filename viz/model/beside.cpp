// One clock, two players.

#include "viz/model/beside.h"

#include <algorithm>

namespace viz {

bool are_in_step(const Film& one, const Film& other) {
  const auto is_same = [](const Visit& a, const Visit& b) {
    return a.line == b.line && a.goes_on == b.goes_on && a.first_tick == b.first_tick;
  };
  return one.ticks() == other.ticks() &&
         std::equal(one.visits().begin(), one.visits().end(), other.visits().begin(),
                    other.visits().end(), is_same);
}

Beside::Beside(std::shared_ptr<const Film> left, std::shared_ptr<const Film> right)
    : left_film_(std::move(left)),
      right_(std::move(right)),
      is_in_step_(are_in_step(*left_film_, right_.film())),
      pace_(is_in_step_ ? Pace::access : Pace::time),
      all_ns_(std::max(left_film_->all_ns(), right_.film().all_ns())) {
  lay_out();
}

void Beside::lay_out() {
  if (pace_ == Pace::access) {
    const TimeAxis axis = TimeAxis::of_both(*left_film_, right_.film());
    left_time_ = Timeline(*left_film_, axis);
    right_time_ = Timeline(right_.film(), axis);
  } else {
    left_time_ = Timeline(*left_film_, TimeAxis::by_time(left_film_, all_ns_));
    right_time_ = Timeline(right_.film(), TimeAxis::by_time(right_.shared_film(), all_ns_));
  }
}

double Beside::x(const Player& left) const {
  if (pace_ == Pace::access) return left_time_.axis().x_of(left.tick());
  return static_cast<double>(ns_) / static_cast<double>(std::max<std::uint64_t>(1, all_ns_));
}

bool Beside::is_over(const Player& left) const {
  return left.tick() == left_film_->ticks() && right_.tick() == right_.film().ticks();
}

bool Beside::is_right_ahead(const Player& left) const {
  return pace_ == Pace::time && left.tick() == left_film_->ticks() && ns_ > left.simulated_ns();
}

void Beside::set_pace(Pace pace, const Player& left) {
  SIM_CHECK(pace == Pace::time || is_in_step_);
  if (pace == pace_) return;
  pace_ = pace;
  lay_out();
  follow(left);
}

// Where nothing has run on the left, nothing has on the right, not even what takes no time.
void Beside::follow(const Player& left) {
  ns_ = left.simulated_ns();
  if (pace_ == Pace::access || left.tick() == 0) {
    right_.go(left.tick());
  } else {
    go_by_time(right_, ns_);
  }
  settle(left);
}

void Beside::lead(Tick tick, Player& left) {
  right_.go(tick);
  ns_ = right_.simulated_ns();
  if (pace_ == Pace::access || tick == 0) {
    left.go(tick);
  } else {
    go_by_time(left, ns_);
  }
  settle(left);
}

void Beside::go_to(double x, Player& left) {
  if (pace_ == Pace::access || x <= 0) {
    left.go(std::min(left_time_.axis().tick_at(x), left_film_->ticks()));
    return follow(left);
  }
  ns_ = static_cast<std::uint64_t>(std::min(1.0, x) * static_cast<double>(all_ns_));
  go_by_time(left, ns_);
  go_by_time(right_, ns_);
  settle(left);
}

void Beside::go_to_end(Player& left) {
  left.go(left_film_->ticks());
  right_.go(right_.film().ticks());
  ns_ = std::max(left.simulated_ns(), right_.simulated_ns());
  settle(left);
}

void Beside::zoom(double place, double notches) {
  left_time_.zoom(*left_film_, place, notches);
  right_time_.show(right_.film(), left_time_.window());
}

void Beside::show(const TimeWindow& window) {
  left_time_.show(*left_film_, window);
  right_time_.show(right_.film(), window);
}

// What is shown of the axis goes along.
void Beside::settle(const Player& left) {
  left_tick_ = left.tick();
  const TimeWindow window = left_time_.window().with(x(left));
  if (window != left_time_.window()) show(window);
}

}  // namespace viz

// From the nearest copy, operation by operation.

#include "viz/model/playback.h"

#include <algorithm>

namespace viz {
namespace {

// Touches between two stops: what a step back replays.
constexpr std::uint64_t kStopInterval = 2048;

}  // namespace

Playback::Playback(const Recording& recording)
    : recording_(&recording),
      here_{recording.keyframes().front().moment, recording.keyframes().front().place,
            *recording.keyframes().front().machine} {}

template <class NotAfter>
Playback::Stop Playback::nearest(NotAfter not_after) const {
  const auto& keyframes = recording_->keyframes();
  auto frame = std::partition_point(keyframes.begin(), keyframes.end(),
                                    [&](const Keyframe& k) { return not_after(k.moment); });
  --frame;  // the first keyframe is before every moment
  const auto stop = std::partition_point(stops_.begin(), stops_.end(),
                                         [&](const Stop& s) { return not_after(s.moment); });
  if (stop != stops_.begin() && (stop - 1)->moment >= frame->moment) return *(stop - 1);
  return {frame->moment, frame->place, *frame->machine};
}

void Playback::keep(const Stop& stop) {
  const auto& keyframes = recording_->keyframes();
  const auto interval_of = [&](Moment m) {
    return std::partition_point(keyframes.begin(), keyframes.end(),
                                [&](const Keyframe& k) { return k.moment <= m; });
  };
  if (!stops_.empty() && interval_of(stops_.front().moment) != interval_of(stop.moment)) {
    stops_.clear();
  }
  const auto after = std::partition_point(stops_.begin(), stops_.end(),
                                          [&](const Stop& s) { return s.moment <= stop.moment; });
  if (after != stops_.begin() && stop.moment.touch < (after - 1)->moment.touch + kStopInterval) {
    return;
  }
  stops_.insert(after, stop);
}

void Playback::keep_if_far(std::uint64_t& last_kept) {
  if (here_.moment.touch < last_kept + kStopInterval) return;
  keep(here_);
  last_kept = here_.moment.touch;
}

const sim::Machine& Playback::at(Moment moment) {
  here_ = nearest([&](const Moment& m) { return m <= moment; });
  keep(here_);
  Replay replay(recording_->log(), here_.place);
  std::uint64_t kept = here_.moment.touch;
  while (here_.moment < moment && !replay.at_end()) {
    // All of the operation, if more are done afterwards or the moment is its end.
    const bool is_whole = here_.moment.operation < moment.operation;
    const auto done = replay.step(here_.machine, is_whole ? ~std::uint64_t{0} : moment.touch);
    here_.moment.touch = here_.machine.touches();
    if (done == Replay::Done::part || !is_whole) break;
    ++here_.moment.operation;
    here_.place = replay.place();
    keep_if_far(kept);
  }
  return here_.machine;
}

Moment Playback::before_touch(std::uint64_t touch) {
  here_ = nearest([&](const Moment& m) { return m.touch <= touch; });
  keep(here_);
  Replay replay(recording_->log(), here_.place);
  std::uint64_t kept = here_.moment.touch;
  Moment moment = here_.moment;
  while (!replay.at_end()) {
    const auto done = replay.step(here_.machine, touch);
    moment.touch = here_.machine.touches();
    if (done == Replay::Done::part) return {moment.operation, touch};
    ++moment.operation;
    here_.moment = moment;
    here_.place = replay.place();
    keep_if_far(kept);
  }
  return moment;
}

TouchMade Playback::touch(std::uint64_t touch) {
  const Moment moment = before_touch(touch);
  const sim::Machine before = at(moment);
  sim::Machine machine = at({moment.operation, 0});  // where its operation begins
  Replay replay(recording_->log(), here_.place);
  sim::EventLog log;
  sim::EventStream stream(log);
  machine.attach(&stream);
  // A system call is not divided: its other touches are left out below.
  sim::Machine untouched = machine;
  const bool is_part = replay.step(machine, touch + 1) == Replay::Done::part;
  if (is_part && !replay.last_access()) {
    machine = untouched;
    machine.attach(&stream);
    Replay again(recording_->log(), here_.place);
    again.step(machine, ~std::uint64_t{0});
  }
  machine.attach(nullptr);
  stream.flush();
  TouchMade made{before, replay.last_access(), replay.operation(), {}};
  for (sim::Event e : log.events()) {
    if (e.kind == sim::EventKind::access && e.touch <= touch && touch < e.touch + e.count) {
      e.touch = touch;
      e.count = 1;
      made.events.push_back(e);
      break;
    }
    if (e.touch == touch && e.kind != sim::EventKind::system_call) made.events.push_back(e);
  }
  return made;
}

}  // namespace viz

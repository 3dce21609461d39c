// Where a viewer stands in a film: goes to any tick, and knows what the last touch did.

#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "sim/inspection.h"
#include "viz/model/film.h"
#include "viz/model/playback.h"

namespace viz {

// What one touch did, from the walk that began it.
struct TouchStory {
  bool is_past = false;      // an earlier line's: the last one touched nothing
  std::uint64_t number = 0;  // of the touch
  // What was accessed; none where a system call made the touch.
  std::optional<MemoryAccess> access;
  sim::PageName page;
  Operation operation = Operation::load;  // that made the touch
  sim::Walk walk;                         // before it
  std::shared_ptr<const sim::Machine> before;
  std::optional<sim::FrameView> victim;  // the next one, before it; none while a frame is free
  std::vector<sim::Event> events;        // in order, the access itself last
};

class Player {
 public:
  explicit Player(std::shared_ptr<const Film> film);

  const Film& film() const { return *film_; }
  const std::shared_ptr<const Film>& shared_film() const { return film_; }
  Tick tick() const { return tick_; }
  // The same in the recording.
  Moment moment() const { return moment_; }
  // Requires: tick <= film().ticks().
  void go(Tick);

  // The computer as it is now; good until the next go().
  const sim::Machine& machine() const { return machine_; }
  // Whether its pages hold what they held then. False: the recording forgot it for want of room.
  bool knows_contents() const { return knows_contents_; }
  // Of the last touch; none before the first.
  const std::optional<TouchStory>& story() const { return story_; }
  // The visit that ran last, and whether it is over. None at tick 0.
  std::optional<std::size_t> visit() const;
  bool is_at_line_end() const;
  std::uint64_t simulated_ns() const { return machine_.kernel().events.now().count; }

 private:
  std::optional<TouchStory> tell(std::uint64_t touch);

  std::shared_ptr<const Film> film_;
  Playback playback_;
  Tick tick_ = 0;
  Moment moment_;
  sim::Machine machine_;
  bool knows_contents_ = true;
  std::optional<TouchStory> story_;
};

// Where the player stands, if that has a name: before a line, or after so many of its touches. None
// before the first line, at the end, and in the rest of a line that called a function.
std::optional<session::Place> place_of(const Player&);

// The tick at which the line that runs, or else the next one, is over; the end where there is none.
Tick end_of_line(const Player&);
// The tick at which the line that ran last began.
Tick begin_of_line(const Player&);
// The next execution of a line after the moment shown, round to the first: the tick where it is
// over. None where the line never runs.
std::optional<Tick> next_run_of(const Player&, std::uint32_t line);
// The last tick that is over at that simulated time. Goes there.
Tick go_by_time(Player&, std::uint64_t ns);

// File pages that are dirty after a line's last execution, or now in the middle of it. Zero before
// the first.
std::uint64_t dirty_after(const Player&, std::uint32_t line);

}  // namespace viz

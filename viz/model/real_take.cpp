// Runs it with the film's evictions, and keeps what it told.

#include "viz/model/real_take.h"

#include <algorithm>

namespace viz {
namespace {

class Keeper final : public session::EventTap {
 public:
  explicit Keeper(RealTake& take) : take_(take) {}
  void tap(const session::Run& run, std::uint32_t, std::span<const sim::Event> events) override {
    for (const sim::Event& e : events) {
      take_.history.take(e, take_.events.size());
      if (e.kind == sim::EventKind::access || e.kind == sim::EventKind::tlb_miss) continue;
      take_.events.push_back(e);
      take_.totals.add(e);
      take_.steps.push_back(run.steps.size() - 1);
    }
  }

 private:
  RealTake& take_;
};

}  // namespace

// Both computers count touches alike; of the events at one touch, those of calls that were over
// come before it (see Film::events_before). A line that only calls ends with its step; where steps
// are not kept apart, after as many calls as the film has: what the program's end sets off is
// later.
std::size_t RealTake::events_before(const Film& film, Tick tick) const {
  if (tick == 0) return 0;
  const std::size_t v = film.visit_at(tick);
  const Visit& visit = film.visits()[v];
  const std::uint64_t done = tick - visit.first_tick;
  const bool is_end = done >= std::max<std::uint64_t>(1, film.touches_of(v));
  const std::uint64_t touch = is_end ? film.after(v).begin.touch : visit.begin.touch + done;
  const auto first = events.begin();
  auto it = std::partition_point(first, events.end(),
                                 [&](const sim::Event& e) { return e.touch < touch; });
  auto before = it;
  std::size_t calls = 0;
  for (std::size_t e = film.events_before(tick); e > 0 && film.events()[e - 1].touch >= touch;
       --e) {
    if (film.events()[e - 1].kind == sim::EventKind::system_call) ++calls;
  }
  for (; it != events.end() && it->touch == touch; ++it) {
    const std::size_t step = steps[static_cast<std::size_t>(it - first)];
    if (step > v && step < session::kStepsKeptApart - 1) break;
    if (it->kind != sim::EventKind::system_call) continue;
    if (calls-- == 0) break;
    before = it + 1;
  }
  return static_cast<std::size_t>(before - first);
}

std::shared_ptr<const RealTake> make_real_take(const RealJob& job) {
  auto take = std::make_shared<RealTake>();
  if (const auto problem = session::problem_on_this_computer(job.settings)) {
    take->why_not = problem->message;
    return take;
  }
  Keeper keeper(*take);
  auto played = session::play_real({.program = job.program,
                                    .settings = job.settings,
                                    .files = job.files,
                                    .tap = &keeper,
                                    .evictions = job.film.played().evictions.all(),
                                    .deaths = job.film.run().deaths,
                                    .interrupted = job.interrupted,
                                    .stop = job.stop});
  if (const auto* failure = std::get_if<session::Failure>(&played)) {
    take->why_not = failure->message;
    return take;
  }
  auto& done = std::get<session::Played>(played);
  take->agreement = session::reconcile(job.film.run(), done.run);
  take->run = std::move(done.run);
  take->left = std::move(done.left);
  return take;
}

}  // namespace viz

// Finding one's way in a film.

#include "viz/model/film.h"

#include <algorithm>

#include "sim/kernel/cost_model.h"

namespace viz {

const Visit& Film::after(std::size_t visit) const {
  return visit + 1 < visits_.size() ? visits_[visit + 1] : end_;
}

std::uint64_t Film::touches_of(std::size_t visit) const {
  return after(visit).begin.touch - visits_[visit].begin.touch;
}

std::size_t Film::next_visit(Tick tick) const {
  const auto it = std::partition_point(visits_.begin(), visits_.end(),
                                       [&](const Visit& v) { return v.first_tick < tick; });
  return static_cast<std::size_t>(it - visits_.begin());
}

std::size_t Film::visit_at(Tick tick) const { return next_visit(tick) - 1; }

const std::vector<std::size_t>& Film::visits_of(std::uint32_t line) const {
  static const std::vector<std::size_t> kNone;
  const auto found = visits_of_.find(line);
  return found == visits_of_.end() ? kNone : found->second;
}

std::optional<Tick> Film::tick_of(const session::Place& place) const {
  for (const std::size_t v : visits_of(place.line)) {
    const Visit& visit = visits_[v];
    if (visit.goes_on || visit.turn != place.turn) continue;
    if (!place.touch) return visit.first_tick;
    if (*place.touch > touches_of(v)) return std::nullopt;
    return visit.first_tick + *place.touch;
  }
  return std::nullopt;
}

// Of the events that carry the touch before which the tick stands, those of system calls that were
// over belong before it: what a touch itself causes comes after the last of them.
std::size_t Film::events_before(Tick tick) const {
  if (tick == 0) return 0;
  const std::size_t v = visit_at(tick);
  const Visit& visit = visits_[v];
  const std::size_t end = after(v).first_event;
  const std::uint64_t done = tick - visit.first_tick;
  if (done >= std::max<std::uint64_t>(1, touches_of(v))) return end;
  const std::uint64_t touch = visit.begin.touch + done;
  const auto first = events_.begin() + static_cast<std::ptrdiff_t>(visit.first_event);
  const auto last = events_.begin() + static_cast<std::ptrdiff_t>(end);
  auto it = std::partition_point(first, last, [&](const sim::Event& e) { return e.touch < touch; });
  auto before = it;
  for (; it != last && it->touch == touch; ++it) {
    if (it->kind == sim::EventKind::system_call) before = it + 1;
  }
  return static_cast<std::size_t>(before - events_.begin());
}

Tick Film::tick_of_event(std::size_t event) const {
  const auto it = std::partition_point(visits_.begin(), visits_.end(),
                                       [&](const Visit& v) { return v.first_event <= event; });
  if (it == visits_.begin()) return 0;
  const auto v = static_cast<std::size_t>(it - visits_.begin()) - 1;
  const Visit& visit = visits_[v];
  const std::uint64_t into =
      events_[event].touch - std::min(events_[event].touch, visit.begin.touch);
  const std::uint64_t most = std::max<std::uint64_t>(1, touches_of(v)) - 1;
  const Tick tick = visit.first_tick + std::min(into, most);
  // A system call that is over carries the touch to come, and is behind.
  return into > 0 && event < events_before(tick) ? tick - 1 : tick;
}

std::uint64_t Film::about_ns(Tick tick) const {
  if (tick == 0) return 0;
  const std::size_t v = visit_at(tick);
  struct Known {
    Tick tick = 0;
    std::uint64_t ns = 0;
  };
  const auto begin_of = [](const Visit& visit) { return Known{visit.first_tick, visit.begin_ns}; };
  Known before = begin_of(visits_[v]), after = begin_of(this->after(v));
  const std::size_t e = events_before(tick);
  if (e > visits_[v].first_event) before = {tick_of_event(e - 1) + 1, event_ns_[e - 1]};
  if (e < this->after(v).first_event) {
    after = {tick_of_event(e), event_ns_[e] - sim::cost_of(events_[e]).count};
  }
  if (tick >= after.tick) return std::max(before.ns, after.ns);
  if (tick <= before.tick) return before.ns;
  const double part =
      static_cast<double>(tick - before.tick) / static_cast<double>(after.tick - before.tick);
  return before.ns + static_cast<std::uint64_t>(
                         part * static_cast<double>(std::max(after.ns, before.ns) - before.ns));
}

Tick Film::tick_about(std::uint64_t ns) const {
  Tick low = 0, high = ticks_ + 1;
  while (low + 1 < high) {
    const Tick middle = low + (high - low) / 2;
    (about_ns(middle) <= ns ? low : high) = middle;
  }
  return low;
}

LineFigures Film::figures_of(std::uint32_t line, Tick tick) const {
  const auto& visits = visits_of(line);
  const auto it = std::partition_point(visits.begin(), visits.end(),
                                       [&](std::size_t v) { return visits_[v].first_tick < tick; });
  if (it == visits.begin()) return {};
  const std::size_t v = *(it - 1);
  LineFigures figures = visits_[v].line_before;
  const std::size_t begin = visits_[v].first_event;
  const std::size_t end = std::min(after(v).first_event, events_before(tick));
  if (end <= begin) return figures;
  figures += figures_before(end);
  figures -= figures_before(begin);
  return figures;
}

LineFigures Film::totals(Tick tick) const {
  LineFigures sum;
  for (const auto& [line, visits] : visits_of_) sum += figures_of(line, tick);
  return sum;
}

}  // namespace viz

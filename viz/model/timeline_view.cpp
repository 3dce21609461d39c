// A lane for each of few pages, a map of many.

#include "viz/model/timeline_view.h"

#include <fmt/format.h>

#include <algorithm>
#include "viz/model/words.h"

namespace viz {
namespace {

std::optional<EventMark> mark_of(const sim::Event& e) {
  switch (e.kind) {
    case sim::EventKind::fault_major: return EventMark::major;
    case sim::EventKind::fault_minor:
      return (e.detail & sim::fault_detail::write_notify) != 0 ? EventMark::write_notify
                                                               : EventMark::minor;
    case sim::EventKind::write_back: return EventMark::write_back;
    case sim::EventKind::evict: return EventMark::victim;
    default: return std::nullopt;
  }
}

// Where things that a computer's events tell lie on the film's axis.
class Placing {
 public:
  virtual ~Placing() = default;
  virtual double before(std::size_t event) const = 0;
  virtual double after(std::size_t event) const = 0;
};

class FilmPlacing final : public Placing {
 public:
  FilmPlacing(const Film& film, const TimeAxis& axis) : film_(film), axis_(axis) {}
  double before(std::size_t e) const override {
    return e < film_.events().size() ? axis_.x_before(film_, e) : axis_.x_of(film_.ticks());
  }
  double after(std::size_t e) const override {
    return e < film_.events().size() ? axis_.x_after(film_, e) : axis_.x_of(film_.ticks());
  }

 private:
  const Film& film_;
  const TimeAxis& axis_;
};

// A real event lies where the simulated one of the same page and kind at the same touch does; one
// without such a twin at the beginning of its tick.
class RealPlacing final : public Placing {
 public:
  RealPlacing(const Film& film, const RealTake& take, const TimeAxis& axis)
      : film_(film), take_(take), axis_(axis) {}
  double before(std::size_t e) const override { return place(e, false); }
  double after(std::size_t e) const override { return place(e, true); }

 private:
  double place(std::size_t e, bool after) const {
    if (e >= take_.events.size()) return axis_.x_of(film_.ticks());
    const sim::Event& real = take_.events[e];
    const auto& events = film_.events();
    auto it = std::partition_point(events.begin(), events.end(),
                                   [&](const sim::Event& s) { return s.touch < real.touch; });
    for (; it != events.end() && it->touch == real.touch; ++it) {
      if (it->kind != real.kind || it->page != real.page) continue;
      const auto twin = static_cast<std::size_t>(it - events.begin());
      return after ? axis_.x_after(film_, twin) : axis_.x_before(film_, twin);
    }
    const auto next = static_cast<std::size_t>(it - events.begin());
    return axis_.x_of(next < events.size() ? film_.tick_of_event(next) : film_.ticks());
  }

  const Film& film_;
  const RealTake& take_;
  const TimeAxis& axis_;
};

struct LaneJob {
  const session::Run& run;
  const std::vector<sim::Event>& events;
  const PageHistory& history;
  const Placing& placing;
  const TimeWindow& window;
  double now;
};

// As far as it is in view; false if it is not.
bool clip(const TimeWindow& window, double& from, double& to) {
  from = std::max(0.0, window.place_of(from));
  to = std::min(1.0, window.place_of(to));
  return from <= to;
}

std::string fault_label(const session::Run& run, const sim::Event& e) {
  const bool major = e.kind == sim::EventKind::fault_major;
  const bool back = (e.detail & sim::fault_detail::swap_in) != 0;
  // Pagewalk's own swapping, where the kernel counts no fault.
  if (back && run.computer == session::ComputerKind::real) {
    return name_of_page(run, e.page) + " read from swap";
  }
  return fmt::format("{} fault: {}{}", major ? "major" : "minor", name_of_page(run, e.page),
                     major ? (back ? " read from swap" : " read from disk") : "");
}

TimelineLane lane_of(const LaneJob& job, sim::PageName page, std::string name) {
  TimelineLane lane;
  lane.name = std::move(name);
  PageState state = PageState::absent;
  double since = 0;
  const auto add = [&](double from, double to, TimelineSegment segment) {
    if (!clip(job.window, from, to)) return;
    segment.from = static_cast<float>(from);
    segment.to = static_cast<float>(to);
    lane.segments.push_back(std::move(segment));
  };
  const auto close = [&](double at) {
    at = std::min(at, job.now);
    if (at > since) add(since, at, {.state = state});
    since = std::max(since, at);
  };
  for (const PageChange& change : job.history.changes()) {
    if (change.page != page) continue;
    const double at =
        change.is_at_begin ? job.placing.before(change.event) : job.placing.after(change.event);
    if (at > job.now) break;
    close(at);
    state = change.state;
  }
  close(job.now);
  for (std::size_t e = 0; e < job.events.size(); ++e) {
    const sim::Event& event = job.events[e];
    if (event.page != page) continue;
    const auto mark = mark_of(event);
    if (!mark) continue;
    std::size_t first = e;  // the wait begins with what the fault had to do first
    while (first > 0 && job.events[first - 1].touch == event.touch &&
           job.events[first - 1].kind != sim::EventKind::system_call &&
           (*mark == EventMark::major)) {
      --first;
    }
    const double at = job.placing.before(first);
    if (at >= job.now) continue;
    const double place = job.window.place_of(at);
    if (place >= 0 && place <= 1) lane.marks.push_back({static_cast<float>(place), *mark});
    if (*mark == EventMark::major) {
      add(at, std::min(job.now, job.placing.after(e)),
          {.is_fault = true, .label = fault_label(job.run, event)});
    }
  }
  return lane;
}

// Those in view, and the one that is under way at its left edge.
void add_lines(const Player& player, const Timeline& timeline, TimelineView& view) {
  constexpr double kLeastApart = 0.045;
  constexpr std::size_t kMostLines = 40;
  const Film& film = player.film();
  const TimeWindow& window = timeline.window();
  const auto place_of = [&](const Visit& visit) {
    return window.place_of(timeline.axis().x_of(visit.first_tick));
  };
  const auto& visits = film.visits();
  const auto in_view = std::partition_point(visits.begin(), visits.end(),
                                            [&](const Visit& v) { return place_of(v) <= 0; });
  auto v = static_cast<std::size_t>(in_view - visits.begin());
  if (v > 0) --v;
  const auto current = player.visit();
  double last = -1;
  for (; v < visits.size() && view.lines.size() <= kMostLines; ++v) {
    const Visit& visit = visits[v];
    const double place = std::max(0.0, place_of(visit));
    if (place > 1) break;
    if (place - last < kLeastApart && v != current) continue;
    last = place;
    view.lines.push_back({static_cast<float>(place),
                          visit.turn > 1 ? fmt::format("line {}, turn {}", visit.line, visit.turn)
                                         : fmt::format("line {}", visit.line),
                          current == v, visit.first_tick >= player.tick()});
  }
}

std::string short_name(const session::Run& run, sim::PageName page) {
  return fmt::format("{}{}", initial_of(name_of_object(run, page.object)), page.index);
}

// A timeline with the lines on it, and nothing below.
TimelineView empty_view(const Player& player, const Timeline& timeline) {
  const double now = timeline.axis().x_of(player.tick());
  TimelineView view;
  view.title = "Timeline";
  view.window = timeline.window();
  view.now_of_all = static_cast<float>(now);
  view.is_over = player.tick() == player.film().ticks();
  view.now = static_cast<float>(timeline.window().place_of(now));
  if (player.tick() > 0) view.cursor_label = time_text(player.simulated_ns());
  add_lines(player, timeline, view);
  return view;
}

}  // namespace

TimelineView simulated_timeline_view(const Player& player, const Timeline& timeline) {
  const Film& film = player.film();
  TimelineView view = empty_view(player, timeline);
  if (const TimelineMap* map = timeline.map()) {
    view.note = counted(film.history().ever().size(), "page");
    view.note2 = "the busiest of a row shows";
    view.columns = map->columns();
    view.rows = map->rows();
    view.map = map->at(film, timeline.axis(), player.tick());
    return view;
  }
  view.note = "each row a page";
  view.note2 = "of the simulated computer";
  const FilmPlacing placing(film, timeline.axis());
  const LaneJob job{film.run(), film.events(),     film.history(),
                    placing,    timeline.window(), timeline.axis().x_of(player.tick())};
  film.history().ever().for_each([&](sim::PageName page, PageState) {
    view.lanes.push_back(lane_of(job, page, short_name(film.run(), page)));
    view.lanes.back().is_current = player.story() && player.story()->page == page;
  });
  return view;
}

// Lanes of one or two pages are wide enough for words.
TimelineView timeline_view(const Player& player, const RealTake* take, const Timeline& timeline) {
  const Film& film = player.film();
  const std::uint64_t pages = film.history().ever().size();
  if (timeline.map() != nullptr || pages > 2) return simulated_timeline_view(player, timeline);
  TimelineView view = empty_view(player, timeline);
  const FilmPlacing placing(film, timeline.axis());
  const LaneJob simulated{film.run(), film.events(),     film.history(),
                          placing,    timeline.window(), timeline.axis().x_of(player.tick())};
  view.note = pages == 0 ? "no page touched" : counted(pages, "page");
  film.history().ever().for_each([&](sim::PageName page, PageState) {
    const bool both = pages > 1;
    if (!both) view.note = name_of_page(film.run(), page);
    const std::string suffix = both ? " " + name_of_object(film.run(), page.object) : "";
    view.lanes.push_back(lane_of(simulated, page, "simulated" + suffix));
    if (take == nullptr || !take->why_not.empty()) return;
    const RealPlacing real(film, *take, timeline.axis());
    view.lanes.push_back(
        lane_of({take->run, take->events, take->history, real, timeline.window(), simulated.now},
                page, both ? "real" + suffix : std::string("this computer")));
  });
  return view;
}

}  // namespace viz

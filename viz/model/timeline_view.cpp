// A lane for each of few pages, a map of many.

#include "viz/model/timeline_view.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <utility>

#include "viz/model/words.h"

namespace viz {
namespace {

constexpr std::size_t kMostLanes = 10;
constexpr Tick kMostTicksApart = 20'000;  // more are all of one width
constexpr std::size_t kMapColumns = 640, kMapRows = 64;

struct Span {
  std::size_t first = 0, end = 0;  // events
};

// The events that come in the course of the same tick.
Span in_tick(const Film& film, std::size_t event) {
  const Tick tick = film.tick_of_event(event);
  Span span{event, event + 1};
  while (span.first > 0 && film.tick_of_event(span.first - 1) == tick) --span.first;
  while (span.end < film.events().size() && film.tick_of_event(span.end) == tick) ++span.end;
  return span;
}

}  // namespace

TimeAxis::TimeAxis(const Film& film) : ticks_(std::max<Tick>(1, film.ticks())) {
  if (film.ticks() == 0 || film.ticks() > kMostTicksApart) return;
  std::vector<double> weights(film.ticks(), 1.0);
  const bool is_short = film.ticks() <= 40;
  const double all_ns = film.event_ns().empty() ? 1 : static_cast<double>(film.event_ns().back());
  std::uint64_t last_ns = 0;
  for (std::size_t e = 0; e < film.events().size(); ++e) {
    const std::uint64_t ns = film.event_ns()[e] - std::exchange(last_ns, film.event_ns()[e]);
    const auto kind = film.events()[e].kind;
    double& weight = weights[film.tick_of_event(e)];
    if (!is_short) {  // half of the width goes by time
      weight += static_cast<double>(film.ticks()) * static_cast<double>(ns) / all_ns;
    } else if (kind != sim::EventKind::system_call && kind != sim::EventKind::dirty) {
      weight = std::min(film.ticks() <= 12 ? 6.0 : 1.5, weight + 1.5);
    }
  }
  double sum = 0;
  for (const double w : weights) ends_.push_back(sum += w);
  for (double& end : ends_) end /= sum;
}

float TimeAxis::x_of(Tick tick) const {
  if (tick == 0) return 0;
  if (ends_.empty())
    return static_cast<float>(static_cast<double>(tick) / static_cast<double>(ticks_));
  return static_cast<float>(ends_[std::min<Tick>(tick, ends_.size()) - 1]);
}

Tick TimeAxis::tick_at(float x) const {
  if (ends_.empty()) {
    return static_cast<Tick>(std::lround(std::clamp(x, 0.0f, 1.0f) * static_cast<float>(ticks_)));
  }
  const auto it = std::lower_bound(ends_.begin(), ends_.end(), static_cast<double>(x));
  const auto after = static_cast<Tick>(it - ends_.begin());
  const float left = x_of(after), right = x_of(after + 1);
  return x - left < right - x ? after : std::min<Tick>(after + 1, ends_.size());
}

namespace {

float within(const TimeAxis& axis, const Film& film, std::size_t event, std::uint64_t ns) {
  const Span span = in_tick(film, event);
  const Tick tick = film.tick_of_event(event);
  const float left = axis.x_of(tick), right = axis.x_of(tick + 1);
  const std::uint64_t start = span.first == 0 ? 0 : film.event_ns()[span.first - 1];
  const std::uint64_t end = film.event_ns()[span.end - 1];
  if (end <= start) return left;
  const double part =
      static_cast<double>(ns - std::min(ns, start)) / static_cast<double>(end - start);
  return left + (right - left) * static_cast<float>(std::min(1.0, part));
}

}  // namespace

float TimeAxis::x_before(const Film& film, std::size_t event) const {
  return within(*this, film, event, event == 0 ? 0 : film.event_ns()[event - 1]);
}
float TimeAxis::x_after(const Film& film, std::size_t event) const {
  return within(*this, film, event, film.event_ns()[event]);
}

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
  virtual float before(std::size_t event) const = 0;
  virtual float after(std::size_t event) const = 0;
};

class FilmPlacing final : public Placing {
 public:
  FilmPlacing(const Film& film, const TimeAxis& axis) : film_(film), axis_(axis) {}
  float before(std::size_t e) const override {
    return e < film_.events().size() ? axis_.x_before(film_, e) : axis_.x_of(film_.ticks());
  }
  float after(std::size_t e) const override {
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
  float before(std::size_t e) const override { return place(e, false); }
  float after(std::size_t e) const override { return place(e, true); }

 private:
  float place(std::size_t e, bool after) const {
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
  float now;
};

std::string fault_label(const session::Run& run, const sim::Event& e) {
  const bool major = e.kind == sim::EventKind::fault_major;
  const bool back = (e.detail & sim::fault_detail::swap_in) != 0;
  return fmt::format("{} fault: {}{}", major ? "major" : "minor", name_of_page(run, e.page),
                     major ? (back ? " read from swap" : " read from disk") : "");
}

TimelineLane lane_of(const LaneJob& job, sim::PageName page, std::string name) {
  TimelineLane lane;
  lane.name = std::move(name);
  PageState state = PageState::absent;
  float since = 0;
  const auto close = [&](float at) {
    at = std::min(at, job.now);
    if (at > since) lane.segments.push_back({since, at, state, false, ""});
    since = std::max(since, at);
  };
  for (const PageChange& change : job.history.changes()) {
    if (change.page != page) continue;
    const float at =
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
    const float at = job.placing.before(first);
    if (at >= job.now) continue;
    lane.marks.push_back({at, *mark});
    if (*mark == EventMark::major) {
      lane.segments.push_back({at, std::min(job.now, job.placing.after(e)), PageState::absent, true,
                               fault_label(job.run, event)});
    }
  }
  return lane;
}

void add_map(const Player& player, const TimeAxis& axis, TimelineView& view) {
  const Film& film = player.film();
  const auto& pages = film.history().pages();
  view.columns = kMapColumns;
  view.rows = std::min(kMapRows, pages.size());
  view.map.assign(view.columns * view.rows, TimelineView::kNothingYet);
  std::map<sim::PageName, std::size_t> row_of;
  std::size_t i = 0;
  for (const sim::PageName& page : pages) row_of[page] = i++ * view.rows / pages.size();
  const auto column = [&](float x) {
    return std::min(view.columns - 1,
                    static_cast<std::size_t>(x * static_cast<float>(view.columns)));
  };
  const std::size_t now = column(view.now);
  for (std::size_t r = 0; r < view.rows; ++r) {
    for (std::size_t c = 0; c <= now; ++c) view.map[r * view.columns + c] = 0;
  }
  // W > D > P > C > S > absent: the busier one shows.
  const auto busier = [](std::uint8_t a, std::uint8_t b) {
    constexpr std::array<int, kPageStates> kRank{0, 2, 4, 5, 1, 3};
    return kRank[a] >= kRank[b] ? a : b;
  };
  struct Open {
    std::size_t column = 0;
    PageState state = PageState::absent;
  };
  std::map<sim::PageName, Open> open;
  const auto fill = [&](sim::PageName page, const Open& from, std::size_t to) {
    if (from.state == PageState::absent) return;
    std::uint8_t* row = view.map.data() + row_of[page] * view.columns;
    for (std::size_t c = from.column; c <= to; ++c) {
      row[c] = busier(row[c] < kPageStates ? row[c] : std::uint8_t{0},
                      static_cast<std::uint8_t>(from.state));
    }
  };
  const std::size_t end = film.events_before(player.tick());
  for (const PageChange& change : film.history().changes()) {
    if (change.event >= end) break;
    const std::size_t at = column(axis.x_of(film.tick_of_event(change.event)));
    Open& was = open[change.page];
    fill(change.page, was, at);
    was = {at, change.state};
  }
  for (const auto& [page, was] : open) fill(page, was, now);
  for (std::size_t e = 0; e < end; ++e) {
    if (film.events()[e].kind != sim::EventKind::fault_major) continue;
    const auto row = row_of.find(film.events()[e].page);
    if (row == row_of.end()) continue;
    view.map[row->second * view.columns + column(axis.x_of(film.tick_of_event(e)))] =
        TimelineView::kFaultHere;
  }
}

void add_lines(const Player& player, const TimeAxis& axis, TimelineView& view) {
  const Film& film = player.film();
  const auto current = player.visit();
  float last = -1;
  for (std::size_t v = 0; v < film.visits().size(); ++v) {
    const Visit& visit = film.visits()[v];
    const float x = axis.x_of(visit.first_tick);
    if (x - last < 0.045f && v != current) continue;
    last = x;
    view.lines.push_back({x,
                          visit.turn > 1 ? fmt::format("line {}, turn {}", visit.line, visit.turn)
                                         : fmt::format("line {}", visit.line),
                          current == v, visit.first_tick >= player.tick()});
    if (view.lines.size() > 40) break;
  }
}

}  // namespace

TimelineView timeline_view(const Player& player, const RealTake* take, const TimeAxis& axis) {
  const Film& film = player.film();
  TimelineView view;
  view.title = "Timeline";
  view.now = axis.x_of(player.tick());
  if (player.tick() > 0) view.cursor_label = time_text(player.simulated_ns());
  add_lines(player, axis, view);
  const auto& pages = film.history().pages();
  if (pages.size() > kMostLanes || film.ticks() > kMostTicksApart) {
    view.note =
        fmt::format("{} pages, {} accesses", with_commas(pages.size()), with_commas(film.ticks()));
    view.note2 = "the busier page of a row shows";
    add_map(player, axis, view);
    return view;
  }
  const FilmPlacing placing(film, axis);
  const LaneJob simulated{film.run(), film.events(), film.history(), placing, view.now};
  if (pages.size() <= 2) {
    view.note = pages.empty() ? "no page touched" : name_of_page(film.run(), *pages.begin());
    for (const sim::PageName& page : pages) {
      const bool both = pages.size() > 1;
      const std::string suffix = both ? " " + name_of_object(film.run(), page.object) : "";
      view.lanes.push_back(lane_of(simulated, page, "simulated" + suffix));
      if (take != nullptr && take->why_not.empty()) {
        const RealPlacing real(film, *take, axis);
        view.lanes.push_back(lane_of({take->run, take->events, take->history, real, view.now}, page,
                                     both ? "real" + suffix : std::string("this computer")));
      }
    }
    if (pages.size() > 1) view.note = counted(pages.size(), "page");
    return view;
  }
  view.note = "each row a page";
  view.note2 = "of the simulated computer";
  for (const sim::PageName& page : pages) {
    const std::string name = name_of_object(film.run(), page.object);
    view.lanes.push_back(
        lane_of(simulated, page, fmt::format("{}{}", name.substr(0, 1), page.index)));
    view.lanes.back().is_current = player.story() && player.story()->page == page;
  }
  return view;
}

}  // namespace viz

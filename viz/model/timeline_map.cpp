// Column by column, each from the counts that the one before left.

#include "viz/model/timeline_map.h"

#include <algorithm>

namespace viz {
namespace {

constexpr std::size_t kColumns = 640, kMostRows = 64;

}  // namespace

TimelineMap::TimelineMap(const Film& film, const TimeAxis& axis, const TimeWindow& window)
    : window_(window), columns_(kColumns) {
  give_rows(film);
  for (std::size_t c = 0; c <= columns_; ++c) {
    const double place = static_cast<double>(c) / static_cast<double>(columns_);
    const Tick tick = axis.first_tick_from(window.x_at(place));
    first_events_.push_back(c == columns_ && window.to >= 1 ? film.events().size()
                                                            : film.events_before(tick));
  }
  std::vector<Counts> counts(rows_);
  for (const PageChange& change : film.history().changes()) {
    if (change.event >= first_events_.front()) break;
    apply(change, counts);
  }
  for (std::size_t c = 0; c < columns_; ++c) {
    before_.push_back(counts);
    cells_.push_back(column(film, counts, first_events_[c], first_events_[c + 1]));
  }
}

// Pages that were ever in a frame or in swap, in order.
void TimelineMap::give_rows(const Film& film) {
  const std::uint64_t pages = film.history().ever().size();
  rows_ = static_cast<std::size_t>(std::min<std::uint64_t>(kMostRows, pages));
  std::uint64_t rank = 0;
  film.history().ever().for_each([&](sim::PageName page, PageState) {
    row_plus_one_[page.object].edit(page.index) =
        static_cast<std::uint8_t>(1 + rank++ * rows_ / pages);
  });
}

std::size_t TimelineMap::row_of(sim::PageName page) const {
  return row_plus_one_.at(page.object)[page.index] - std::size_t{1};
}

void TimelineMap::apply(const PageChange& change, std::vector<Counts>& counts) const {
  Counts& row = counts[row_of(change.page)];
  if (change.was != PageState::absent) --row[static_cast<std::size_t>(change.was)];
  if (change.state != PageState::absent) ++row[static_cast<std::size_t>(change.state)];
}

std::vector<std::uint8_t> TimelineMap::column(const Film& film, std::vector<Counts>& counts,
                                              std::size_t first, std::size_t end) const {
  std::vector<std::uint8_t> cells(rows_);
  const auto show = [](std::uint8_t& cell, PageState state) {
    cell = static_cast<std::uint8_t>(busier(static_cast<PageState>(cell), state));
  };
  for (std::size_t r = 0; r < rows_; ++r) {
    for (std::size_t s = 1; s < kPageStates; ++s) {
      if (counts[r][s] > 0) show(cells[r], static_cast<PageState>(s));
    }
  }
  const auto& changes = film.history().changes();
  auto it = std::partition_point(changes.begin(), changes.end(),
                                 [&](const PageChange& c) { return c.event < first; });
  for (; it != changes.end() && it->event < end; ++it) {
    apply(*it, counts);
    show(cells[row_of(it->page)], it->state);
  }
  for (std::size_t e = first; e < end; ++e) {
    const sim::Event& event = film.events()[e];
    if (event.kind != sim::EventKind::fault_major) continue;
    if (film.history().ever().state(event.page) == PageState::absent) continue;
    cells[row_of(event.page)] = kFaultHere;
  }
  return cells;
}

std::vector<std::uint8_t> TimelineMap::at(const Film& film, const TimeAxis& axis, Tick tick) const {
  std::vector<std::uint8_t> map(columns_ * rows_, kNothingYet);
  const auto put = [&](std::size_t column, const std::vector<std::uint8_t>& cells) {
    for (std::size_t r = 0; r < rows_; ++r) map[r * columns_ + column] = cells[r];
  };
  const double now = window_.place_of(axis.x_of(tick)) * static_cast<double>(columns_);
  if (now < 0) return map;
  const auto whole = std::min(columns_, static_cast<std::size_t>(now));
  for (std::size_t c = 0; c < whole; ++c) put(c, cells_[c]);
  if (whole == columns_) return map;
  std::vector<Counts> counts = before_[whole];
  put(whole, column(film, counts, first_events_[whole],
                    std::max(first_events_[whole], film.events_before(tick))));
  return map;
}

}  // namespace viz

// Column by column, each from the counts that the one before left.

#include "viz/model/timeline_map.h"

#include <algorithm>
#include <map>

#include "sim/core/sparse_table.h"

namespace viz {
namespace {

constexpr std::size_t kColumns = 640, kMostRows = 64;

}  // namespace

// Pages that were ever in a frame or in swap have their rows in order.
TimelineMap::TimelineMap(const Film& film) : columns_(kColumns) {
  const PageHistory& history = film.history();
  const std::uint64_t pages = history.ever().size();
  rows_ = static_cast<std::size_t>(std::min<std::uint64_t>(kMostRows, pages));
  std::map<std::uint32_t, sim::SparseTable<std::uint8_t>> row_of;
  std::uint64_t rank = 0;
  history.ever().for_each([&](sim::PageName page, PageState) {
    row_of[page.object].edit(page.index) = static_cast<std::uint8_t>(rank++ * rows_ / pages);
  });
  for (const PageChange& change : history.changes()) {
    row_of_change_.push_back(row_of[change.page.object][change.page.index]);
  }
  for (std::size_t e = 0; e < film.events().size(); ++e) {
    const sim::Event& event = film.events()[e];
    const bool is_fault = event.kind == sim::EventKind::fault_major;
    if (!is_fault || history.ever().state(event.page) == PageState::absent) continue;
    faults_.push_back(e);
    row_of_fault_.push_back(row_of[event.page.object][event.page.index]);
  }
}

void TimelineMap::look_at(const Film& film, const TimeAxis& axis, const TimeWindow& window) {
  window_ = window;
  first_events_.clear();
  before_.clear();
  cells_.clear();
  for (std::size_t c = 0; c <= columns_; ++c) {
    const double place = static_cast<double>(c) / static_cast<double>(columns_);
    const Tick tick = axis.first_tick_from(window.x_at(place));
    first_events_.push_back(c == columns_ && window.to >= 1 ? film.events().size()
                                                            : film.events_before(tick));
  }
  std::vector<Counts> counts(rows_);
  const auto& changes = film.history().changes();
  for (std::size_t i = 0; i < changes.size() && changes[i].event < first_events_.front(); ++i) {
    apply(film, i, counts);
  }
  for (std::size_t c = 0; c < columns_; ++c) {
    before_.push_back(counts);
    cells_.push_back(column(film, counts, first_events_[c], first_events_[c + 1]));
  }
}

void TimelineMap::apply(const Film& film, std::size_t i, std::vector<Counts>& counts) const {
  const PageChange& change = film.history().changes()[i];
  Counts& row = counts[row_of_change_[i]];
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
    const auto i = static_cast<std::size_t>(it - changes.begin());
    apply(film, i, counts);
    show(cells[row_of_change_[i]], it->state);
  }
  const auto fault = std::lower_bound(faults_.begin(), faults_.end(), first);
  for (auto f = fault; f != faults_.end() && *f < end; ++f) {
    cells[row_of_fault_[static_cast<std::size_t>(f - faults_.begin())]] = kFaultHere;
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

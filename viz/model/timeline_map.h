// The states of many pages over time: rows of pages, columns of time. Made for a film, and anew for
// each part of its axis that is looked at; any moment of it is read off.

#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "viz/model/time_axis.h"

namespace viz {

// A PageState each, or:
inline constexpr std::uint8_t kFaultHere = 100;   // a major fault
inline constexpr std::uint8_t kNothingYet = 255;  // not run

class TimelineMap {
 public:
  explicit TimelineMap(const Film&);

  // The film here and below is the one it was made of.
  void look_at(const Film&, const TimeAxis&, const TimeWindow&);
  std::size_t columns() const { return columns_; }
  std::size_t rows() const { return rows_; }
  // Row by row, as far as the tick. Requires: look_at() with this axis.
  std::vector<std::uint8_t> at(const Film&, const TimeAxis&, Tick) const;

 private:
  using Counts = std::array<std::uint32_t, kPageStates>;  // of a row's pages, absent ones left out

  // Of a change, by its number.
  void apply(const Film&, std::size_t change, std::vector<Counts>&) const;
  // One column: a cell a row, from the states before it and the events in it.
  std::vector<std::uint8_t> column(const Film&, std::vector<Counts>& counts, std::size_t first,
                                   std::size_t end) const;

  TimeWindow window_;
  std::size_t columns_ = 0, rows_ = 0;
  std::vector<std::uint8_t> row_of_change_, row_of_fault_;  // by number
  std::vector<std::size_t> faults_;                         // major ones, as numbers of events
  std::vector<std::size_t> first_events_;                   // of each column, and one past the last
  std::vector<std::vector<Counts>> before_;                 // each column, by row
  std::vector<std::vector<std::uint8_t>> cells_;            // of each column, by row
};

}  // namespace viz

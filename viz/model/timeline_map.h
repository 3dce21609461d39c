// The states of many pages over time: rows of pages, columns of time. Made once for a film and a
// part of its axis; any moment of it is read off.

#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <vector>

#include "sim/core/sparse_table.h"
#include "viz/model/time_axis.h"

namespace viz {

// A PageState each, or:
inline constexpr std::uint8_t kFaultHere = 100;   // a major fault
inline constexpr std::uint8_t kNothingYet = 255;  // not run

class TimelineMap {
 public:
  TimelineMap(const Film&, const TimeAxis&, const TimeWindow&);

  std::size_t columns() const { return columns_; }
  std::size_t rows() const { return rows_; }
  // Row by row, as far as the tick. The film is the one it was made of.
  std::vector<std::uint8_t> at(const Film&, const TimeAxis&, Tick) const;

 private:
  using Counts = std::array<std::uint32_t, kPageStates>;  // of a row's pages, absent ones left out

  std::size_t row_of(sim::PageName) const;
  void give_rows(const Film&);
  void apply(const PageChange&, std::vector<Counts>&) const;
  // One column: a cell a row, from the states before it and the events in it.
  std::vector<std::uint8_t> column(const Film&, std::vector<Counts>& counts, std::size_t first,
                                   std::size_t end) const;

  TimeWindow window_;
  std::size_t columns_ = 0, rows_ = 0;
  std::map<std::uint32_t, sim::SparseTable<std::uint8_t>> row_plus_one_;
  std::vector<std::size_t> first_events_;         // of each column, and one past the last
  std::vector<std::vector<Counts>> before_;       // each column, by row
  std::vector<std::vector<std::uint8_t>> cells_;  // of each column, by row
};

}  // namespace viz

// "Did you mean": the candidate nearest to what was typed.

#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace session {

// Insertions, deletions and replacements that turn a into b (Levenshtein 1966).
inline std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replace = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, replace});
    }
  }
  return row[b.size()];
}

// Requires: candidates is not empty.
inline std::string_view nearest(std::string_view typed,
                                const std::vector<std::string_view>& candidates) {
  return *std::min_element(candidates.begin(), candidates.end(), [&](auto a, auto b) {
    return edit_distance(typed, a) < edit_distance(typed, b);
  });
}

}  // namespace session

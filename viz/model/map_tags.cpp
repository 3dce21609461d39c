// Of a row the state that most of its pages have tells; of a state some pages, here and there.

#include "viz/model/map_tags.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "viz/model/words.h"

namespace viz {
namespace {

constexpr std::size_t kAsked = 5;  // pages of a row

// Rows with one tale.
struct Stretch {
  std::size_t first = 0, end = 0;  // rows of the map
  PageTale tale;
  bool is_all = true;  // every page that was asked has it
};

class Tagger {
 public:
  Tagger(const MapMoment& moment, float height, std::uint64_t page_bytes)
      : m_(moment), height_(height), page_bytes_(page_bytes) {}

  std::vector<MapTag> tags() {
    for (std::size_t b = 0; b < m_.map.bands.size(); ++b) add_band(b);
    return std::move(tags_);
  }

 private:
  Stretch ask(const MapBand&, std::size_t row, PageState, std::size_t cells_in_state) const;
  Stretch row_of(const MapBand& band, std::size_t row) const;
  std::vector<Stretch> stretches_of(const MapBand& band) const;
  void add_band(std::size_t b);
  void add(std::size_t b, float y, std::string text) {
    tags_.push_back({b, y * m_.map.cell_height, std::move(text)});
  }
  std::string text_of_stretch(const MapBand& band, const Stretch& stretch) const;

  const MapMoment& m_;
  float height_;
  std::uint64_t page_bytes_;
  std::vector<MapTag> tags_;
};

// What most of those pages of a row tell that are in that state.
Stretch Tagger::ask(const MapBand& band, std::size_t row, PageState state,
                    std::size_t cells_in_state) const {
  const std::uint8_t* const cells = m_.cells.data() + row * m_.map.columns;
  const std::size_t step = std::max<std::size_t>(1, cells_in_state / kAsked);
  std::vector<std::pair<PageTale, std::size_t>> tales;
  std::size_t seen = 0;
  for (std::size_t c = 0; c < m_.map.columns; ++c) {
    if (cells[c] != static_cast<std::uint8_t>(state) || seen++ % step != 0) continue;
    // Of a cell of several pages the one that shows.
    sim::PageName page = *m_.map.page_at({c, row});
    const std::uint64_t end = std::min(page.index + m_.map.pages_per_cell, band.pages);
    while (page.index + 1 < end && m_.states.state(page) != state) ++page.index;
    PageTale tale = tale_of(m_.film, page, m_.event);
    tale.state = state;
    const auto known =
        std::find_if(tales.begin(), tales.end(), [&](const auto& t) { return t.first == tale; });
    if (known == tales.end()) {
      tales.emplace_back(tale, 1);
    } else {
      ++known->second;
    }
  }
  const auto told = std::max_element(
      tales.begin(), tales.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
  return {row, row + 1, told->first, tales.size() == 1};
}

// Pages that were never touched tell only where there are no others.
Stretch Tagger::row_of(const MapBand& band, std::size_t row) const {
  const std::uint8_t* const cells = m_.cells.data() + row * m_.map.columns;
  std::array<std::size_t, kPageStates> count{};
  for (std::size_t c = 0; c < m_.map.columns; ++c) {
    if (cells[c] < kPageStates) ++count[cells[c]];
  }
  const auto most = std::max_element(count.begin() + 1, count.end());
  if (count[0] > *most) {
    const Stretch absent = ask(band, row, PageState::absent, count[0]);
    if (*most == 0 || absent.tale.kind != PageTale::Kind::never_touched) return absent;
  }
  return ask(band, row, static_cast<PageState>(most - count.begin()), *most);
}

std::vector<Stretch> Tagger::stretches_of(const MapBand& band) const {
  std::vector<Stretch> stretches;
  for (std::size_t row = band.first_row; row < band.first_row + band.rows; ++row) {
    const Stretch one = row_of(band, row);
    if (!stretches.empty() && stretches.back().tale == one.tale) {
      stretches.back().end = one.end;
      stretches.back().is_all = stretches.back().is_all && one.is_all;
    } else {
      stretches.push_back(one);
    }
  }
  // A few rows in the midst of others belong to them.
  const std::size_t few = band.rows / 64;
  for (std::size_t s = 1; s + 1 < stretches.size();) {
    const bool is_few = stretches[s].end - stretches[s].first <= few;
    if (is_few && stretches[s - 1].tale == stretches[s + 1].tale) {
      stretches[s - 1].end = stretches[s + 1].end;
      stretches[s - 1].is_all = false;
      stretches.erase(stretches.begin() + static_cast<std::ptrdiff_t>(s),
                      stretches.begin() + static_cast<std::ptrdiff_t>(s) + 2);
    } else {
      ++s;
    }
  }
  return stretches;
}

std::string Tagger::text_of_stretch(const MapBand& band, const Stretch& stretch) const {
  const std::string text = text_of(stretch.tale);
  if (!stretch.is_all || stretch.tale.state == PageState::absent) return text;
  const std::uint64_t first = (stretch.first - band.first_row) * m_.map.pages_per_row;
  const std::uint64_t end =
      std::min(band.pages, (stretch.end - band.first_row) * m_.map.pages_per_row);
  std::uint64_t pages = 0;
  m_.states.for_each_of(
      band.object,
      [&](std::uint32_t, PageState state) {
        if (state == stretch.tale.state) ++pages;
      },
      first, end);
  if (pages * 2 > end - first) {
    return fmt::format("{}, {}", text, bytes_text(pages * page_bytes_));
  }
  const auto one_in = static_cast<std::uint64_t>(std::llround(
      static_cast<double>(end - first) / static_cast<double>(std::max<std::uint64_t>(pages, 1))));
  return fmt::format("{}, one page in {}", text, with_commas(one_in));
}

void Tagger::add_band(std::size_t b) {
  const MapBand& band = m_.map.bands[b];
  const float tag = height_ / m_.map.cell_height;  // in rows
  const std::vector<Stretch> stretches = stretches_of(band);
  const auto rows_of = [](const Stretch& s) { return static_cast<float>(s.end - s.first); };
  const auto has_room = [&](std::size_t s) { return rows_of(stretches[s]) >= tag * 1.25f; };
  const auto edge_text = [&](std::size_t s, const char* where) {
    const std::size_t rows = stretches[s].end - stretches[s].first;
    return fmt::format("{}: {}",
                       rows == 1 ? fmt::format("{} row", where)
                                 : fmt::format("{} {} rows", where, with_commas(rows)),
                       text_of(stretches[s].tale));
  };
  const std::size_t last = stretches.size() - 1;
  for (std::size_t s = 0; s <= last; ++s) {
    const float first = static_cast<float>(stretches[s].first - band.first_row);
    const float end = static_cast<float>(stretches[s].end - band.first_row);
    if (has_room(s)) {
      add(b, (first + end) / 2, text_of_stretch(band, stretches[s]));
      continue;
    }
    // Beside it, at the far side of the next one's own tag.
    const auto lends = [&](std::size_t other) { return rows_of(stretches[other]) >= tag * 3.5f; };
    if (s == 0 && last > 0 && lends(1)) {
      add(b, end + tag * 0.75f, edge_text(s, "top"));
    } else if (s == last && last > 0 && lends(last - 1)) {
      add(b, first - tag * 0.75f, edge_text(s, "bottom"));
    }
  }
}

}  // namespace

std::vector<MapTag> tags_of(const MapMoment& moment, float height, std::uint64_t page_bytes) {
  return Tagger(moment, height, page_bytes).tags();
}

}  // namespace viz

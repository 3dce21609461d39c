// States with their letters, then events with their marks.

#include "viz/panels/legend.h"

#include <algorithm>
#include <string_view>
#include <vector>

#include "viz/panels/glossary.h"
#include "viz/panels/page_cell.h"

namespace viz {
namespace {

constexpr float kMargin = 24, kCell = 24;

enum class Item : std::uint8_t {
  heading,
  state,
  divider,
  major,
  minor,
  notify,
  victim,
  back,
  used
};

struct Entry {
  Item item;
  std::string_view words = {};
  PageState state = PageState::absent;
  float x = 0;  // where it begins
  int row = 0;
};

std::vector<Entry> all_entries() {
  std::vector<Entry> entries{{Item::heading, "Page"}};
  for (int i = 0; i < kPageStates; ++i) {
    const auto state = static_cast<PageState>(i);
    entries.push_back({Item::state, words_of(state), state});
  }
  entries.insert(entries.end(), {{Item::divider},
                                 {Item::heading, "Event"},
                                 {Item::major, "major fault"},
                                 {Item::minor, "minor"},
                                 {Item::notify, "write-notify"},
                                 {Item::victim, "victim"},
                                 {Item::back, "write-back"},
                                 {Item::used, "accessed"}});
  return entries;
}

// From where an entry begins to where its words do.
float before_words(const Entry& entry) {
  if (entry.item == Item::heading) return 0;
  return entry.item == Item::state ? kCell + 8 : 23;
}

float width_of(const Canvas& canvas, const Entry& entry, float gap) {
  if (entry.item == Item::divider) return std::min(24.0f, gap + 2);
  const float words = canvas.width_of(kLabel, entry.words);
  return before_words(entry) + words + (entry.item == Item::heading ? 14 : gap);
}

struct Layout {
  std::vector<Entry> entries;
  int rows = 1;
  float row_height() const { return rows == 1 ? 44.0f : 30.0f; }
  float height() const { return row_height() * static_cast<float>(rows); }
};

// With their headings while there is room for those, then closer and closer, then in rows.
Layout lay_out(const Canvas& canvas) {
  constexpr float kWide = 22, kClose = 12, kClosest = 6;
  Layout layout{all_entries()};
  std::vector<Entry>& entries = layout.entries;
  const float end = canvas.size().x - 8;
  for (const float gap : {kWide, kClose, kClosest}) {
    if (gap < kWide) {
      std::erase_if(entries, [](const Entry& e) { return e.item == Item::heading; });
    }
    float x = kMargin;
    for (Entry& entry : entries) {
      entry.x = x;
      x += width_of(canvas, entry, gap);
    }
    if (x - gap <= end) return layout;
  }
  float x = kMargin;
  for (Entry& entry : entries) {
    const float width = width_of(canvas, entry, kClose);
    // Events stand below the states, as far as they can.
    if (x > kMargin && (x + width - kClose > end || entry.item == Item::divider)) {
      x = kMargin;
      ++layout.rows;
    }
    entry.x = x;
    entry.row = layout.rows - 1;
    if (entry.item != Item::divider) x += width;
  }
  std::erase_if(entries, [](const Entry& e) { return e.item == Item::divider; });
  return layout;
}

void draw_mark(Pen& pen, Item item, Point at) {
  Canvas& canvas = pen.canvas;
  const Palette& p = pen.p;
  switch (item) {
    case Item::major: canvas.disc(at, 7, p.major_fault); break;
    case Item::minor: canvas.ring(at, 7, p.minor_fault, 3); break;
    case Item::notify: canvas.diamond(at, 8, p.dirty, 2); break;
    case Item::victim: canvas.cross(at, 6, p.ink, 3); break;
    case Item::back:
      if (p.is_light) canvas.triangle(at, 9, Direction::down, p.ink);
      canvas.triangle(at, 7, Direction::down, p.written);
      break;
    case Item::used: canvas.disc(at, 4, p.ink); break;
    case Item::heading:
    case Item::state:
    case Item::divider: break;
  }
}

void draw_entry(Pen& pen, const Entry& entry, float top, float height) {
  Canvas& canvas = pen.canvas;
  const Palette& p = pen.p;
  const float middle = top + height / 2, baseline = middle + 6;
  if (entry.item == Item::divider) {
    canvas.vertical(entry.x + 4, top + 10, height - 20, p.rule);
    return;
  }
  if (entry.item == Item::state) {
    const Rect cell{entry.x, middle - kCell / 2, kCell, kCell};
    draw_cell(canvas, p, cell, entry.state);
    canvas.text({cell.center().x, baseline - 1}, Align::center, {Face::words_bold, 14},
                ink_on(entry.state, p), letter_of(entry.state));
  } else {
    draw_mark(pen, entry.item, {entry.x + 8, middle});
  }
  const Color ink = entry.item == Item::heading ? p.dim : p.ink;
  const float before = before_words(entry);
  const float words =
      canvas.text({entry.x + before, baseline}, Align::left, kLabel, ink, entry.words);
  if (entry.item == Item::heading) return;
  pen.explain({entry.x, top, before + words + 10, height}, meaning_of(entry.words));
}

}  // namespace

float legend_height(const Canvas& canvas) { return lay_out(canvas).height(); }

void draw_legend(Pen& pen) {
  const Layout layout = lay_out(pen.canvas);
  const Point size = pen.canvas.size();
  const float top = size.y - layout.height(), row = layout.row_height();
  // To the edges of a window that is wider than the grid.
  pen.canvas.fill({-size.x, top, 3 * size.x, layout.height()}, pen.p.panel);
  for (const Entry& entry : layout.entries) {
    draw_entry(pen, entry, top + row * static_cast<float>(entry.row), row);
  }
}

}  // namespace viz

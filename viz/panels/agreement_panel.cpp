// Between the computers row by row, and in figures below them.

#include "viz/panels/agreement_panel.h"

#include <algorithm>

#include "viz/panels/glossary.h"

namespace viz {
namespace {

void draw_match(Pen& pen, Point at, Match match) {
  const Palette& p = pen.p;
  switch (match) {
    case Match::none: break;
    case Match::equal:
      pen.canvas.fill({at.x - 12, at.y - 6, 24, 4}, p.ink);
      pen.canvas.fill({at.x - 12, at.y + 3, 24, 4}, p.ink);
      break;
    case Match::explained:
      pen.canvas.text({at.x, at.y + 9}, Align::center, kScreenTitle, p.ink, "≈");
      break;
    case Match::mirrored:
      pen.canvas.text({at.x, at.y + 9}, Align::center, kScreenTitle, p.dim, "←");
      break;
    case Match::different:
      pen.canvas.fill({at.x - 16, at.y - 16, 32, 32}, p.major_fault, 3);
      pen.canvas.text({at.x, at.y + 9}, Align::center, kScreenTitle, p.on_clean, "≠");
      break;
    case Match::unseen:
      pen.canvas.text({at.x, at.y + 7}, Align::center, kTitle, p.faint, "?");
      pen.explain({at.x - 16, at.y - 16, 32, 32}, "this kernel shows nothing to compare");
      break;
  }
}

}  // namespace

void draw_gutter(Pen& pen, Rect gutter, Detail detail, const AgreementView& view) {
  const ComputerRows rows(detail, gutter.h);
  const Point top{gutter.center().x, gutter.y};
  const float walk = detail == Detail::no_tables ? 152 : 237;
  draw_match(pen, {top.x, top.y + walk}, view.walk);
  draw_match(pen, {top.x, top.y + rows.bits - 7}, view.entry);
  draw_match(pen, {top.x, top.y + rows.frames + 37}, view.frames);
  draw_match(pen, {top.x, top.y + rows.truth(0)}, view.program);
  draw_match(pen, {top.x, top.y + rows.truth(1)}, view.cache);
  draw_match(pen, {top.x, top.y + rows.truth(2)}, view.disk);
}

void draw_agreement(Pen& pen, Rect at, const AgreementView& view) {
  const Palette& p = pen.p;
  pen.canvas.fill(at, p.panel, 8);
  const float y = at.center().y + 7;
  const float title =
      pen.canvas.text({at.x + 20, y}, Align::left, kStrong, p.ink, "Agreement") + 29;
  const float verdict =
      pen.canvas.text({at.right() - 20, y}, Align::right, kStrong, p.ink, view.verdict);
  const auto figure_text = [](const FigureView& f) {
    return f.simulated +
           (f.match == Match::equal       ? " = "
            : f.match == Match::mirrored  ? " ← "
            : f.match == Match::explained ? " ≈ "
                                          : " ≠ ") +
           f.real;
  };
  float x = at.x + 20 + title;
  const float end = at.right() - 40 - verdict;
  // Those that differ first where there is no room for all of them, and the mirrored ones last.
  const auto rank = [](Match match) {
    return match == Match::equal ? 1 : match == Match::mirrored ? 2 : 0;
  };
  std::vector<const FigureView*> shown;
  float needed = 0;
  for (const int wanted : {0, 1, 2}) {
    for (const FigureView& f : view.figures) {
      if (rank(f.match) != wanted) continue;
      const float width = pen.canvas.width_of(kLabel, f.label) + 7 +
                          pen.canvas.width_of(kSourceBold, figure_text(f)) + 12;
      if (x + needed + width > end) continue;
      needed += width;
      shown.push_back(&f);
    }
  }
  std::sort(shown.begin(), shown.end());  // as they stand in the view
  const float spare =
      (end - x - needed) / static_cast<float>(std::max<std::size_t>(1, shown.size()));
  for (const FigureView* f : shown) {
    const Color ink = f->match == Match::equal      ? p.ink
                      : f->match == Match::mirrored ? p.dim
                                                    : p.minor_fault;
    x += pen.canvas.text({x, y}, Align::left, kLabel, p.dim, f->label) + 7;
    x += pen.canvas.text({x, y}, Align::left, kSourceBold, ink, figure_text(*f)) + 12 + spare;
  }
  pen.explain(at, view.cause.empty() ? meaning_of("Agreement") : std::string_view(view.cause));
}

}  // namespace viz

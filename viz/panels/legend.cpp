// States with their letters, then events with their marks.

#include "viz/panels/legend.h"

#include <string_view>

#include "viz/panels/glossary.h"
#include "viz/panels/page_cell.h"
#include "viz/panels/pen.h"

namespace viz {
namespace {

constexpr Rect kRow{0, 956, 1600, 44};
constexpr float kBaseline = 984;
constexpr float kMiddle = 978;
constexpr float kCell = 24;

class Legend {
 public:
  explicit Legend(Pen& pen) : pen_(pen), canvas_(pen.canvas), p_(pen.p) {}

  void heading(std::string_view words) {
    x_ += canvas_.text({x_, kBaseline}, Align::left, kLabel, p_.dim, words) + 14;
  }

  void state(PageState state) {
    const Rect cell{x_, kMiddle - kCell / 2, kCell, kCell};
    draw_cell(canvas_, p_, cell, state);
    canvas_.text({cell.center().x, kBaseline - 1}, Align::center, {Face::words_bold, 14},
                 ink_on(state, p_), letter_of(state));
    label(kCell + 8, words_of(state));
  }

  template <class Draw>
  void mark(std::string_view words, Draw draw) {
    draw(Point{x_ + 8, kMiddle});
    label(16 + 7, words);
  }

  void divider() {
    x_ += 4;
    canvas_.vertical(x_, kRow.y + 10, kRow.h - 20, p_.rule);
    x_ += 20;
  }

 private:
  void label(float after, std::string_view words) {
    const float begin = x_;
    x_ += after;
    x_ += canvas_.text({x_, kBaseline}, Align::left, kLabel, p_.ink, words) + 22;
    pen_.explain({begin, kRow.y, x_ - begin - 10, kRow.h}, meaning_of(words));
  }

  Pen& pen_;
  Canvas& canvas_;
  const Palette& p_;
  float x_ = 24;
};

}  // namespace

void draw_legend(Pen& pen) {
  Canvas& canvas = pen.canvas;
  const Palette& p = pen.p;
  // To the edges of a window that is wider than the grid.
  canvas.fill({kRow.x - 1600, kRow.y, 3 * kRow.w, kRow.h}, p.panel);
  Legend legend(pen);
  legend.heading("Page");
  for (int i = 0; i < kPageStates; ++i) legend.state(static_cast<PageState>(i));
  legend.divider();
  legend.heading("Event");
  legend.mark("major fault", [&](Point at) { canvas.disc(at, 7, p.major_fault); });
  legend.mark("minor", [&](Point at) { canvas.ring(at, 7, p.minor_fault, 3); });
  legend.mark("write-notify", [&](Point at) { canvas.diamond(at, 8, p.dirty, 2); });
  legend.mark("victim", [&](Point at) { canvas.cross(at, 6, p.ink, 3); });
  legend.mark("write-back", [&](Point at) {
    if (p.is_light) canvas.triangle(at, 9, Direction::down, p.ink);
    canvas.triangle(at, 7, Direction::down, p.written);
  });
  legend.mark("accessed", [&](Point at) { canvas.disc(at, 4, p.ink); });
}

}  // namespace viz

// From the top down, on fixed rows.

#include "viz/panels/computer_panel.h"

#include <algorithm>

#include "viz/panels/framed_page.h"
#include "viz/panels/glossary.h"
#include "viz/panels/page_cell.h"

namespace viz {
namespace {

class Panel {
 public:
  Panel(Pen& pen, Rect at, const ComputerView& view)
      : pen_(pen), p_(pen.p), x_(at.x + 20), right_(at.right() - 20), view_(view) {}

  void draw() {
    const float w = text({x_, 114}, kTitle, p_.ink, view_.title);
    text({x_ + w + 12, 114}, kLabel, p_.dim, view_.subtitle);
    rule(130);
    if (!view_.why_not.empty()) {
      float y = 176;
      for (const auto& line : pen_.canvas.wrap(kProse, view_.why_not, right_ - x_)) {
        text({x_, y}, kProse, p_.dim, line);
        y += 28;
      }
      return;
    }
    draw_address();
    rule(404);
    draw_frames();
    rule(524);
    draw_truths();
  }

 private:
  float text(Point at, TextStyle style, Color color, std::string_view words) {
    return pen_.canvas.text(at, Align::left, style, color, words);
  }
  void text_right(Point at, TextStyle style, Color color, std::string_view words) {
    pen_.canvas.text(at, Align::right, style, color, words);
  }
  void title(float y, std::string_view words) {
    const float width = text({x_, y}, kStrong, p_.ink, words);
    pen_.explain({x_, y - 20, width, 26}, meaning_of(words));
  }
  void rule(float y) { pen_.canvas.horizontal(x_, y, right_ - x_, p_.rule); }
  // In place of something that cannot be shown.
  void instead(Rect at, std::string_view words) {
    pen_.canvas.outline(at, p_.rule, 1, 3);
    pen_.canvas.text({at.center().x, at.center().y + 6}, Align::center, kLabel, p_.dim,
                     pen_.canvas.shorten(kLabel, words, at.w - 16));
    pen_.explain(at, words);
  }

  void draw_address();
  void draw_tables();
  void draw_frame_of_access();
  void draw_bits();
  void draw_frames();
  void draw_truths();
  void draw_values(float y, const TruthView&);

  Pen& pen_;
  const Palette& p_;
  float x_, right_;
  const ComputerView& view_;
};

void Panel::draw_address() {
  const AddressView& a = view_.address;
  title(160, "Address");
  float beside = 84;  // the title
  if (!a.tlb.empty()) {
    const float width = pen_.canvas.width_of(kLabel, a.tlb) + 20;
    const Rect chip{x_ + 84, 142, width, 26};
    pen_.canvas.outline(chip, a.is_tlb_hit ? p_.ink : p_.outline, 1, 5);
    pen_.canvas.text({chip.center().x, 160}, Align::center, kLabel, p_.ink, a.tlb);
    pen_.explain(chip, meaning_of(a.tlb));
    beside += width + 12;
  }
  const float room = right_ - x_ - beside;
  const std::string access = pen_.canvas.shorten(kLabel, a.access, room);
  text_right({right_, 160}, kLabel, p_.dim, access);
  if (access != a.access) pen_.explain({right_ - room, 142, room, 24}, a.access);
  if (!a.address.empty()) text({x_, 192}, kFigure, p_.ink, a.address);
  text_right({right_, 192}, kLabel, p_.dim, a.place);
  if (a.levels.empty()) {
    instead({x_, 206, a.frame.label.empty() ? right_ - x_ : 314, 152},
            a.why_no_tables.empty() ? "not run yet" : a.why_no_tables);
  } else {
    draw_tables();
  }
  draw_frame_of_access();
  draw_bits();
}

void Panel::draw_tables() {
  const AddressView& a = view_.address;
  const auto n = static_cast<float>(a.levels.size());
  const float width = (314 - 6 * (n - 1)) / n;
  float x = x_;
  Point from{};
  bool is_first = true;
  for (const LevelView& level : a.levels) {
    pen_.canvas.fill({x, 206, width, 40}, p_.raised, 3);
    text_right({x + width - 10, 233}, kFigureBold, p_.ink, level.index);
    pen_.canvas.text({x + width / 2, 264}, Align::center, kLabel, p_.dim, level.label);
    const Rect table{x, 274, width, 84};
    pen_.canvas.outline(table, p_.rule, 1, 3);
    const float y = table.y + 4 + level.height * 70;
    // What the TLB knows is not walked.
    const Color way = a.is_tlb_hit ? p_.outline : p_.ink;
    if (!is_first) pen_.canvas.line(from, {x, y + 4.5f}, way, 3);
    pen_.canvas.fill({x + 1, y, width - 2, 9}, level.is_reached ? way : p_.faint, 1);
    if (!level.is_reached) pen_.canvas.cross({x + width / 2, y + 4.5f}, 6, p_.minor_fault, 2);
    pen_.explain(table,
                 level.is_reached ? "the entry leads on" : "the entry leads nowhere: a page fault");
    from = {x + width, y + 4.5f};
    is_first = false;
    x += width + 6;
  }
  if (a.levels.back().is_reached && a.frame.state != PageState::absent) {
    pen_.canvas.line(from, {x_ + 328, 316}, a.is_tlb_hit ? p_.outline : p_.ink, 3);
  }
  const Rect offset{x_ + 320, 206, right_ - x_ - 320, 40};
  pen_.canvas.outline(offset, p_.ink, 1, 3);
  text_right({offset.right() - 10, 233}, kFigureBold, p_.ink, a.offset);
  pen_.canvas.text({offset.center().x, 264}, Align::center, kLabel, p_.dim, "offset");
}

void Panel::draw_frame_of_access() {
  const CellView& frame = view_.address.frame;
  if (frame.label.empty()) return;
  const Rect at{x_ + 328, 284, 88, 64};
  draw_cell(pen_, at, frame.state);
  const Color ink = frame.state == PageState::absent ? p_.dim : ink_on(frame.state, p_);
  const std::size_t space = frame.label.rfind(' ');
  const std::string above = frame.label.substr(0, space);
  const std::string below = space == std::string::npos ? "" : frame.label.substr(space + 1);
  const bool is_number =
      !below.empty() && below.find_first_not_of("0123456789") == std::string::npos;
  pen_.canvas.text({at.center().x, 312}, Align::center, kLabel, ink, above);
  pen_.canvas.text({at.center().x, is_number ? 337.0f : 334.0f}, Align::center,
                   is_number ? kFigureBold : kLabel, ink, below);
  if (frame.is_accessed) pen_.canvas.disc({at.x + 7, at.y + 7}, 3.5f, ink);
  pen_.canvas.text({at.right() - 6, at.bottom() - 5}, Align::right, kSmallBold, ink,
                   letter_of(frame.state));
  pen_.explain(at, frame.tip);
}

void Panel::draw_bits() {
  const AddressView& a = view_.address;
  if (a.bits.empty()) return;
  text({x_, 386}, kLabel, p_.dim, a.bits_title);
  float x = right_ - 6;
  for (auto bit = a.bits.rbegin(); bit != a.bits.rend(); ++bit) {
    const TextStyle style{bit->is_set ? Face::words_bold : Face::words, 16};
    const float w = pen_.canvas.width_of(style, bit->name);
    text_right({x, 386}, style, bit->is_set ? p_.ink : p_.faint, bit->name);
    if (bit->is_set) pen_.canvas.fill({x - w, 391, w, 2}, p_.ink);
    pen_.explain({x - w, 370, w, 24}, meaning_of(bit->name));
    x -= w + 14;
  }
}

void Panel::draw_frames() {
  title(434, view_.frames_title);
  const float room = right_ - x_ - pen_.canvas.width_of(kStrong, view_.frames_title) - 16;
  text_right({right_, 434}, kLabel, p_.dim, pen_.canvas.shorten(kLabel, view_.frames_note, room));
  pen_.explain({right_ - room, 414, room, 26}, view_.frames_note);
  const std::size_t n = view_.frames.size();
  const bool two_rows = n > 8;
  const float pitch = (right_ - x_ + 7) / 8, width = pitch - 7;
  for (std::size_t i = 0; i < n; ++i) {
    const float x = x_ + pitch * static_cast<float>(i % 8);
    const float height = two_rows ? 30.0f : 46.0f;
    const float y = 448 + static_cast<float>(i / 8) * 36;
    draw_framed_page(pen_, {x, y, width, height}, view_.frames[i]);
    if (!two_rows && view_.frames_below.empty()) {
      pen_.canvas.text({x + width / 2, 513}, Align::center, {Face::mono, 16}, p_.faint,
                       view_.frames[i].below);
    }
  }
  if (!two_rows) text({x_, 513}, kLabel, p_.faint, view_.frames_below);
}

void Panel::draw_values(float y, const TruthView& truth) {
  if (!truth.why_not.empty()) {
    instead({x_ + 100, y, right_ - x_ - 100, 40}, truth.why_not);
    return;
  }
  const auto n = static_cast<float>(std::max<std::size_t>(4, truth.values.size()));
  const float pitch = (right_ - x_ - 100 + 4) / n, width = pitch - 4;
  float x = x_ + 100;
  for (const ValueView& value : truth.values) {
    const Rect cell{x, y, width, 40};
    Color ink = p_.ink, hex = p_.dim;
    if (value.state != PageState::absent) {
      draw_cell(pen_, cell, value.state);
      ink = hex = ink_on(value.state, p_);
    } else {
      const Color end = value.differs ? p_.panel : p_.raised;
      const Color now = faded(pen_, cell, end);
      if (now != p_.panel) pen_.canvas.fill(cell, now, 3);
      if (value.differs) pen_.canvas.outline(cell, p_.ink, 1, 3);
    }
    const bool strong = value.differs || value.state != PageState::absent;
    text_right({cell.right() - 8, y + 18}, strong ? kSourceBold : kSource, ink,
               pen_.canvas.shorten(kSource, value.value, width - 12));
    text_right({cell.right() - 5, y + 35}, kHex, hex,
               pen_.canvas.shorten(kHex, value.hex, width - 8));
    if (value.differs) text({cell.x + 6, y + 18}, kSmallBold, p_.ink, "≠");
    pen_.explain(cell, value.value + " = bytes " + value.hex +
                           (value.differs ? ", not what the program sees" : ""));
    x += pitch;
  }
}

void Panel::draw_truths() {
  const FileTruthsView& file = view_.file;
  text({x_, 553}, kStrong, p_.ink, file.title);
  text_right({right_, 553}, kLabel, p_.dim, file.note);
  if (!file.why_none.empty()) {
    instead({x_, 566, right_ - x_, 128}, file.why_none);
    return;
  }
  float y = 563;
  for (const TruthView& truth : file.truths) {
    text({x_, y + 26}, kLabel, truth.why_not.empty() ? p_.ink : p_.dim, truth.name);
    pen_.explain({x_, y, 96, 40}, meaning_of(truth.name));
    draw_values(y, truth);
    y += 46;
  }
}

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

void draw_computer(Pen& pen, Rect at, const ComputerView& view) {
  pen.canvas.fill(at, pen.p.panel, 8);
  Panel(pen, at, view).draw();
}

void draw_gutter(Pen& pen, float x, const AgreementView& view) {
  draw_match(pen, {x, 317}, view.walk);
  draw_match(pen, {x, 379}, view.entry);
  draw_match(pen, {x, 471}, view.frames);
  draw_match(pen, {x, 582}, view.program);
  draw_match(pen, {x, 628}, view.cache);
  draw_match(pen, {x, 675}, view.disk);
}

void draw_agreement(Pen& pen, Rect at, const AgreementView& view) {
  const Palette& p = pen.p;
  pen.canvas.fill(at, p.panel, 8);
  const float y = at.y + 37;
  pen.canvas.text({at.x + 20, y}, Align::left, kStrong, p.ink, "Agreement");
  const float verdict =
      pen.canvas.text({at.right() - 20, y}, Align::right, kStrong, p.ink, view.verdict);
  float x = at.x + 142;
  const float room = (at.right() - 40 - verdict - x) /
                     static_cast<float>(std::max<std::size_t>(1, view.figures.size()));
  for (const FigureView& f : view.figures) {
    const bool same = f.match == Match::equal;
    const float label = pen.canvas.text({x, y}, Align::left, kLabel, p.dim, f.label);
    pen.canvas.text({x + label + 7, y}, Align::left, kSourceBold, same ? p.ink : p.minor_fault,
                    f.simulated +
                        (same                          ? " = "
                         : f.match == Match::explained ? " ≈ "
                                                       : " ≠ ") +
                        f.real);
    x += room;
  }
  pen.explain(at, view.cause.empty() ? meaning_of("Agreement") : std::string_view(view.cause));
}

}  // namespace viz

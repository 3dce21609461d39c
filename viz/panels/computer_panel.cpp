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
  Panel(Pen& pen, Rect at, Detail detail, const ComputerView& view)
      : pen_(pen),
        p_(pen.p),
        x_(at.x + 20),
        right_(at.right() - 20),
        top_(at.y),
        bottom_(at.bottom()),
        detail_(detail),
        rows_(detail, at.h),
        view_(view) {}

  Command draw() {
    const float w = text({x_, top_ + 34}, kTitle, p_.ink, view_.title);
    text({x_ + w + 12, top_ + 34}, kLabel, p_.dim, view_.subtitle);
    rule(top_ + 50);
    if (!view_.why_not.empty()) {
      float y = top_ + 96;
      for (const auto& line : pen_.canvas.wrap(kProse, view_.why_not, right_ - x_)) {
        text({x_, y}, kProse, p_.dim, line);
        y += 28;
      }
      return {};
    }
    draw_address();
    rule(top_ + rows_.bits + 18);
    draw_frames();
    rule(top_ + rows_.truths - 29);
    draw_truths();
    return asked_;
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
  // Of the levels, left of the offset.
  float tables_width() const { return right_ - x_ - 102; }
  void draw_tables();
  Point draw_table(const LevelView&, float x, float width, const Point* from);
  void draw_frame_of_access();
  void draw_bits();
  void draw_frames();
  void draw_truths();
  void draw_values(float y, const TruthView&);

  Pen& pen_;
  const Palette& p_;
  float x_, right_, top_, bottom_;
  Detail detail_;
  ComputerRows rows_;
  const ComputerView& view_;
  Command asked_;
};

void Panel::draw_address() {
  const AddressView& a = view_.address;
  title(top_ + 80, "Address");
  float beside = 84;  // the title
  if (!a.tlb.empty()) {
    const float width = pen_.canvas.width_of(kLabel, a.tlb) + 20;
    const Rect chip{x_ + 84, top_ + 62, width, 26};
    pen_.canvas.outline(chip, a.is_tlb_hit ? p_.ink : p_.outline, 1, 5);
    pen_.canvas.text({chip.center().x, top_ + 80}, Align::center, kLabel, p_.ink, a.tlb);
    pen_.explain(chip, meaning_of(a.tlb));
    beside += width + 12;
  }
  const float room = right_ - x_ - beside;
  const std::string access = pen_.canvas.shorten(kLabel, a.access, room);
  text_right({right_, top_ + 80}, kLabel, p_.dim, access);
  if (access != a.access) pen_.explain({right_ - room, top_ + 62, room, 24}, a.access);
  if (!a.address.empty()) text({x_, top_ + 112}, kFigure, p_.ink, a.address);
  std::string place = a.place;
  if (detail_ == Detail::no_tables && !place.empty() && !a.frame.label.empty()) {
    place += " → " + a.frame.label;  // there is no room for the frame itself
  }
  text_right({right_, top_ + 112}, kLabel, p_.dim, place);
  if (a.levels.empty()) {
    const bool has_frame = !a.frame.label.empty() && detail_ != Detail::no_tables;
    const float height = detail_ == Detail::no_tables ? 58 : 152;
    instead({x_, top_ + 126, has_frame ? tables_width() : right_ - x_, height},
            a.why_no_tables.empty() ? "not run yet" : a.why_no_tables);
  } else {
    draw_tables();
  }
  if (detail_ != Detail::no_tables) draw_frame_of_access();
  draw_bits();
}

void Panel::draw_tables() {
  const AddressView& a = view_.address;
  const auto n = static_cast<float>(a.levels.size());
  const float width = (tables_width() - 6 * (n - 1)) / n;
  float x = x_;
  Point from{};
  bool is_first = true;
  for (const LevelView& level : a.levels) {
    pen_.canvas.fill({x, top_ + 126, width, 40}, p_.raised, 3);
    text_right({x + width - 10, top_ + 153}, kFigureBold, p_.ink, level.index);
    pen_.canvas.text({x + width / 2, top_ + 184}, Align::center, kLabel, p_.dim, level.label);
    if (detail_ != Detail::no_tables)
      from = draw_table(level, x, width, is_first ? nullptr : &from);
    is_first = false;
    x += width + 6;
  }
  const bool is_mapped = a.levels.back().is_reached && a.frame.state != PageState::absent;
  if (is_mapped && detail_ != Detail::no_tables) {
    pen_.canvas.line(from, {right_ - 88, top_ + 236}, a.is_tlb_hit ? p_.outline : p_.ink, 3);
  }
  const Rect offset{right_ - 96, top_ + 126, 96, 40};
  pen_.canvas.outline(offset, p_.ink, 1, 3);
  text_right({offset.right() - 10, top_ + 153}, kFigureBold, p_.ink, a.offset);
  pen_.canvas.text({offset.center().x, top_ + 184}, Align::center, kLabel, p_.dim, "offset");
}

// One level's table with the entry that is used. Where the way leaves it.
Point Panel::draw_table(const LevelView& level, float x, float width, const Point* from) {
  const Rect table{x, top_ + 194, width, 84};
  pen_.canvas.outline(table, p_.rule, 1, 3);
  const float y = table.y + 4 + level.height * 70;
  // What the TLB knows is not walked.
  const Color way = view_.address.is_tlb_hit ? p_.outline : p_.ink;
  if (from != nullptr) pen_.canvas.line(*from, {x, y + 4.5f}, way, 3);
  pen_.canvas.fill({x + 1, y, width - 2, 9}, level.is_reached ? way : p_.faint, 1);
  if (!level.is_reached) pen_.canvas.cross({x + width / 2, y + 4.5f}, 6, p_.minor_fault, 2);
  pen_.explain(table,
               level.is_reached ? "the entry leads on" : "the entry leads nowhere: a page fault");
  return {x + width, y + 4.5f};
}

void Panel::draw_frame_of_access() {
  const CellView& frame = view_.address.frame;
  if (frame.label.empty()) return;
  const Rect at{right_ - 88, top_ + 204, 88, 64};
  draw_cell(pen_, at, frame.state);
  const Color ink = frame.state == PageState::absent ? p_.dim : ink_on(frame.state, p_);
  const std::size_t space = frame.label.rfind(' ');
  const std::string above = frame.label.substr(0, space);
  const std::string below = space == std::string::npos ? "" : frame.label.substr(space + 1);
  const bool is_number =
      !below.empty() && below.find_first_not_of("0123456789") == std::string::npos;
  pen_.canvas.text({at.center().x, at.y + 28}, Align::center, kLabel, ink, above);
  pen_.canvas.text({at.center().x, at.y + (is_number ? 53.0f : 50.0f)}, Align::center,
                   is_number ? kFigureBold : kLabel, ink, below);
  if (frame.is_accessed) pen_.canvas.disc({at.x + 7, at.y + 7}, 3.5f, ink);
  pen_.canvas.text({at.right() - 6, at.bottom() - 5}, Align::right, kSmallBold, ink,
                   letter_of(frame.state));
  pen_.explain(at, frame.tip);
}

void Panel::draw_bits() {
  const AddressView& a = view_.address;
  if (a.bits.empty()) return;
  text({x_, top_ + rows_.bits}, kLabel, p_.dim, a.bits_title);
  float x = right_ - 6;
  for (auto bit = a.bits.rbegin(); bit != a.bits.rend(); ++bit) {
    const TextStyle style{bit->is_set ? Face::words_bold : Face::words, 16};
    const float w = pen_.canvas.width_of(style, bit->name);
    text_right({x, top_ + rows_.bits}, style, bit->is_set ? p_.ink : p_.faint, bit->name);
    if (bit->is_set) pen_.canvas.fill({x - w, top_ + rows_.bits + 5, w, 2}, p_.ink);
    pen_.explain({x - w, top_ + rows_.bits - 16, w, 24}, meaning_of(bit->name));
    x -= w + 14;
  }
}

void Panel::draw_frames() {
  const float base = top_ + rows_.frames;
  title(base, view_.frames_title);
  const float room = right_ - x_ - pen_.canvas.width_of(kStrong, view_.frames_title) - 16;
  text_right({right_, base}, kLabel, p_.dim, pen_.canvas.shorten(kLabel, view_.frames_note, room));
  pen_.explain({right_ - room, base - 20, room, 26}, view_.frames_note);
  const std::size_t n = view_.frames.size();
  const bool two_rows = n > 8;
  const float pitch = (right_ - x_ + 7) / 8, width = pitch - 7;
  for (std::size_t i = 0; i < n; ++i) {
    const float x = x_ + pitch * static_cast<float>(i % 8);
    const float height = two_rows ? 30.0f : 46.0f;
    const float y = base + 14 + static_cast<float>(i / 8) * 36;
    const Rect at{x, y, width, height};
    draw_framed_page(pen_, at, view_.frames[i]);
    if (view_.frames[i].page) {
      const Control control = pen_.controls.control("frame." + std::to_string(i), at);
      focus_ring(pen_, at, control);
      if (control.is_hovered) pen_.canvas.outline(at.inset(-2), p_.ink, 1, 4);
      if (control.is_clicked) asked_ = LookAtPage{view_.frames[i].page};
    }
    if (!two_rows && view_.frames_below.empty()) {
      pen_.canvas.text({x + width / 2, base + 79}, Align::center, {Face::mono, 16}, p_.faint,
                       view_.frames[i].below);
    }
  }
  if (!two_rows) text({x_, base + 79}, kLabel, p_.faint, view_.frames_below);
}

void Panel::draw_values(float y, const TruthView& truth) {
  const float height = rows_.pitch - 6;
  if (!truth.why_not.empty()) {
    instead({x_ + 100, y, right_ - x_ - 100, height}, truth.why_not);
    return;
  }
  const auto n = static_cast<float>(std::max<std::size_t>(4, truth.values.size()));
  const float pitch = (right_ - x_ - 100 + 4) / n, width = pitch - 4;
  float x = x_ + 100;
  for (const ValueView& value : truth.values) {
    const Rect cell{x, y, width, height};
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
    if (rows_.has_hex) {
      text_right({cell.right() - 5, y + 35}, kHex, hex,
                 pen_.canvas.shorten(kHex, value.hex, width - 8));
    }
    if (value.differs) text({cell.x + 6, y + 18}, kSmallBold, p_.ink, "≠");
    pen_.explain(cell, value.value + " = bytes " + value.hex +
                           (value.differs ? ", not what the program sees" : ""));
    x += pitch;
  }
}

void Panel::draw_truths() {
  const FileTruthsView& file = view_.file;
  const float base = top_ + rows_.truths;
  text({x_, base}, kStrong, p_.ink, file.title);
  text_right({right_, base}, kLabel, p_.dim, file.note);
  if (!file.why_none.empty()) {
    instead({x_, base + 13, right_ - x_, bottom_ - base - 23}, file.why_none);
    return;
  }
  float y = base + 10;
  for (const TruthView& truth : file.truths) {
    text({x_, y + rows_.pitch / 2 + 3}, kLabel, truth.why_not.empty() ? p_.ink : p_.dim,
         truth.name);
    pen_.explain({x_, y, 96, rows_.pitch - 6}, meaning_of(truth.name));
    draw_values(y, truth);
    y += rows_.pitch;
  }
}

}  // namespace

Command draw_computer(Pen& pen, Rect at, Detail detail, const ComputerView& view) {
  pen.canvas.fill(at, pen.p.panel, 8);
  return Panel(pen, at, detail, view).draw();
}

}  // namespace viz

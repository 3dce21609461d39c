// Program, page cache and disk, downwards, in each column.

#include "viz/panels/plug_panel.h"

#include <algorithm>

#include "viz/panels/page_cell.h"

namespace viz {
namespace {

constexpr float kPitch = 36, kCell = 32, kCellHeight = 54;

class Plug {
 public:
  Plug(Pen& pen, const PlugView& view) : pen_(pen), p_(pen.p), view_(view) {}

  Command draw(bool was_killed) {
    if (!view_.why_none.empty()) {
      pen_.canvas.fill({528, 80, 1048, 696}, p_.panel, 8);
      pen_.canvas.text({1092, 420}, Align::center, kTitle, p_.dim, view_.why_none);
      return back();
    }
    const char* const names[] = {"program", "page cache", "disk"};
    for (int i = 0; i < 3; ++i) {
      pen_.canvas.text({616, 216.0f + 84.0f * static_cast<float>(i)}, Align::right, kStrong, p_.ink,
                       names[i]);
    }
    column(632, view_.now, false);
    column(950, view_.killed, was_killed);
    column(1268, view_.cut, !was_killed);
    Command asked = draw_images();
    const Command closed = back();
    return std::holds_alternative<std::monostate>(closed) ? asked : closed;
  }

 private:
  Command back() {
    const Rect at{1416, 724, 140, 40};
    if (button(pen_, "plug.back", at, "Back to the run", ButtonLook::outlined)) {
      return Show{Screen::main};
    }
    return {};
  }
  void column(float x, const DisasterView&, bool is_in_force);
  void row(float x, float y, const RemainRow&, bool is_cache);
  void cell(Rect, const RemainView&, bool is_cache);
  void draw_kinds();
  Command draw_images();

  Pen& pen_;
  const Palette& p_;
  const PlugView& view_;
};

void Plug::cell(Rect at, const RemainView& c, bool is_cache) {
  pen_.explain(at, c.tip);
  if (!c.is_there) {
    pen_.canvas.dashes(at.x + 4, at.center().y, at.w - 8, p_.rule);
    return;
  }
  const TextStyle style{Face::mono_bold, 18};
  const auto value = [&](const std::string& text, float y, Color ink) {
    const TextStyle fit = pen_.canvas.width_of(style, text) <= at.w - 2 ? style : kHex;
    pen_.canvas.text({at.center().x, y}, Align::center, fit, ink,
                     pen_.canvas.shorten(fit, text, at.w));
  };
  if (c.is_hollow) {
    pen_.canvas.outline(at, p_.outline, 1, 3);
    return;
  }
  if (c.is_torn) {
    pen_.canvas.outline(at, p_.written, 2, 3);
    const float w = (at.w - 12) / 4;
    for (int sector = 0; sector < 8; ++sector) {
      if (sector % 3 == 2) continue;  // an example: some sectors new, some old
      const float x = at.x + 6 + w * static_cast<float>(sector % 4);
      const float y = at.y + 6 + (at.h - 12) / 2 * static_cast<float>(sector / 4);
      pen_.canvas.fill({x, y, w - 1, (at.h - 14) / 2}, p_.written);
    }
    return;
  }
  if (!c.other.empty()) {
    pen_.canvas.outline(at, p_.dirty, 3, 3);
    value(c.value, at.center().y - 4, p_.ink);
    pen_.canvas.horizontal(at.x + 6, at.center().y, at.w - 12, p_.rule);
    value(c.other, at.center().y + 20, p_.ink);
    return;
  }
  if (c.state == PageState::absent) {
    pen_.canvas.fill(at, p_.raised, 3);
    value(c.value, at.center().y + 7, p_.ink);
    return;
  }
  draw_cell(pen_.canvas, p_, at, c.state);
  value(c.value, at.center().y + (is_cache ? 0.0f : 7.0f), ink_on(c.state, p_));
  if (is_cache) {
    pen_.canvas.text({at.center().x, at.bottom() - 6}, Align::center, kSmallBold,
                     ink_on(c.state, p_), letter_of(c.state));
  }
}

void Plug::row(float x, float y, const RemainRow& cells, bool is_cache) {
  if (cells.empty()) {
    pen_.canvas.horizontal(x, y + 26, 104, p_.rule);
    pen_.canvas.text({x + 142, y + 32}, Align::center, kLabel, p_.dim, "gone");
    pen_.canvas.horizontal(x + 180, y + 26, 104, p_.rule);
    return;
  }
  for (const RemainView& c : cells) {
    cell({x, y, kCell, kCellHeight}, c, is_cache);
    x += kPitch - 1;
  }
}

void Plug::column(float left, const DisasterView& d, bool is_in_force) {
  const Rect at{left, 80, 308, 404};
  pen_.canvas.fill(at, p_.panel, 8);
  if (is_in_force) pen_.canvas.outline(at, p_.ink, 3, 8);
  const float x = left + 14;
  pen_.canvas.text({x, 114}, Align::left, kTitle, p_.ink, d.title);
  pen_.canvas.text({x, 142}, Align::left, kLabel, p_.dim, d.subtitle);
  for (std::size_t i = 0; i < view_.columns.size(); ++i) {
    pen_.canvas.text({x + 16 + (kPitch - 1) * static_cast<float>(i), 170}, Align::center,
                     {Face::mono, 14}, p_.faint, view_.columns[i]);
  }
  row(x, 182, d.program, false);
  row(x, 266, d.cache, true);
  row(x, 350, d.disk, false);
  const float w = pen_.canvas.text({x, 458}, Align::left, {Face::mono_bold, 34}, p_.ink, d.figure);
  pen_.canvas.text({x + w + 10, 458}, Align::left, kLabel, p_.dim,
                   pen_.canvas.shorten(kLabel, d.figure_label, 270 - w));
}

void Plug::draw_kinds() {
  float y = 568;
  for (const PlugView::Kind& kind : view_.kinds) {
    cell({552, y, 40, 46}, kind.example, false);
    pen_.canvas.text({608, y + 20}, Align::left, {Face::words_bold, 16}, p_.ink, kind.title);
    pen_.canvas.text({608, y + 42}, Align::left, kLabel, p_.dim, kind.note);
    y += 60;
  }
}

Command Plug::draw_images() {
  pen_.canvas.fill({528, 500, 1048, 276}, p_.panel, 8);
  pen_.canvas.text({552, 538}, Align::left, kTitle, p_.ink,
                   "What the disk may hold after the power cut");
  pen_.canvas.text({1556, 538}, Align::right, kLabel, p_.dim, view_.images_note);
  draw_kinds();
  float y = 562;
  for (const PlugView::Image& image : view_.images) {
    pen_.canvas.text({1040, y + 26}, Align::right, kLabel, p_.dim, image.name);
    float x = 1056;
    for (const RemainView& c : image.row) {
      cell({x, y, 38, 40}, c, false);
      x += 42;
    }
    y += 50;
  }
  Command asked;
  if (button(pen_, "another", {1416, 562, 140, 40}, "Another", ButtonLook::outlined)) {
    asked = DrawAgain{};
  }
  return asked;
}

}  // namespace

Command draw_plug(Pen& pen, const PlugView& view, bool was_killed) {
  pen.panel("truths", "the three truths, now and after", {514, 72, 1070, 420});
  pen.panel("images", "what the disk may hold", {520, 492, 1064, 292});
  return Plug(pen, view).draw(was_killed);
}

}  // namespace viz

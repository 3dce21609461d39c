// Program, page cache and disk, downwards, in each column.

#include "viz/panels/plug_panel.h"

#include <algorithm>

#include "viz/panels/page_cell.h"

namespace viz {
namespace {

constexpr float kPitch = 36, kCell = 32, kCellHeight = 54;
constexpr float kTop = 124, kColumnHeight = 388, kRows = 218, kPitchY = 76;
constexpr float kBelow = 524;  // the panel under the columns

// What both kinds of screens share: the disasters to choose from, columns of cells.
class Columns {
 public:
  Columns(Pen& pen, const std::vector<std::string>& numbers)
      : pen_(pen), p_(pen.p), numbers_(numbers) {}

  Command draw_choices(Disaster);
  void draw_names() {
    const char* const names[] = {"program", "page cache", "disk"};
    for (int i = 0; i < 3; ++i) {
      pen_.canvas.text({616, kRows + 34 + kPitchY * static_cast<float>(i)}, Align::right, kStrong,
                       p_.ink, names[i]);
    }
  }
  void draw_instead(std::string_view words) {
    pen_.canvas.fill({528, kTop, 1048, 776 - kTop}, p_.panel, 8);
    float y = 420;
    for (const auto& line : pen_.canvas.wrap(kTitle, words, 960)) {
      pen_.canvas.text({1052, y}, Align::center, kTitle, p_.dim, line);
      y += 30;
    }
  }
  void column(float x, const DisasterView&, bool is_in_force);
  void cell(Rect, const RemainView&, bool is_cache);

 private:
  void row(float x, float y, const RemainRow&, bool is_cache, std::string_view gone);

  Pen& pen_;
  const Palette& p_;
  const std::vector<std::string>& numbers_;
};

Command Columns::draw_choices(Disaster now) {
  struct Choice {
    Disaster disaster;
    const char *name, *label, *tip;
    Command command;
  };
  const Choice choices[] = {
      {Disaster::kill, "disaster.kill", "kill -9", "the process dies here (K)", KillNow{}},
      {Disaster::power_cut, "disaster.cut", "Pull the plug", "the power fails here (P)",
       PullPlug{}},
      {Disaster::disk_full, "disaster.full", "Fill the disk",
       "from here on no page of a file finds a new place on the disk (F)", FillDisk{}},
      {Disaster::truncation, "disaster.empty", "Empty the file",
       "another program truncates it under this one's map (X)", EmptyFile{}}};
  Command asked;
  float x = 632;
  for (const Choice& choice : choices) {
    const Rect at{x, 76, 150, 36};
    const bool is_now = choice.disaster == now;
    if (button(pen_, choice.name, at, choice.label,
               is_now ? ButtonLook::quiet : ButtonLook::outlined)) {
      asked = choice.command;
    }
    if (is_now) pen_.canvas.fill({at.x + 6, at.bottom() + 2, at.w - 12, 3}, p_.ink);
    pen_.explain(at, choice.tip);
    x += 162;
  }
  const Rect back{1426, 76, 150, 36};
  if (button(pen_, "plug.back", back, "Back to the run", ButtonLook::outlined)) {
    asked = Show{Screen::main};
  }
  return asked;
}

void Columns::cell(Rect at, const RemainView& c, bool is_cache) {
  pen_.explain(at, c.tip);
  if (!c.is_there) {
    pen_.canvas.dashes(at.x + 4, at.center().y, at.w - 8, p_.rule);
    return;
  }
  const TextStyle style{Face::mono_bold, 18};
  const auto value = [&](const std::string& text, float y, Color ink) {
    const bool is_narrow = pen_.canvas.width_of(style, text) > at.w - 2;
    const bool is_half = at.h < kCellHeight && !c.other.empty();
    const TextStyle fit = is_narrow || is_half ? kHex : style;
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
    const bool is_low = at.h < kCellHeight;
    pen_.canvas.horizontal(at.x + 6, at.center().y, at.w - 12, p_.rule);
    value(c.value, at.center().y - (is_low ? 4.0f : 5.0f), p_.ink);
    value(c.other, at.center().y + (is_low ? 15.0f : 20.0f), p_.ink);
    return;
  }
  if (c.state == PageState::absent) {
    pen_.canvas.fill(at, p_.raised, 3);
    value(c.value, at.center().y + 7, p_.ink);
    return;
  }
  draw_cell(pen_, at, c.state);
  value(c.value, at.center().y + (is_cache ? 0.0f : 7.0f), ink_on(c.state, p_));
  if (is_cache) {
    pen_.canvas.text({at.center().x, at.bottom() - 6}, Align::center, kSmallBold,
                     ink_on(c.state, p_), letter_of(c.state));
  }
}

void Columns::row(float x, float y, const RemainRow& cells, bool is_cache, std::string_view gone) {
  if (cells.empty()) {
    pen_.canvas.horizontal(x, y + 26, 104, p_.rule);
    pen_.canvas.text({x + 142, y + 32}, Align::center, kLabel, p_.dim, gone);
    pen_.canvas.horizontal(x + 180, y + 26, 104, p_.rule);
    return;
  }
  for (const RemainView& c : cells) {
    cell({x, y, kCell, kCellHeight}, c, is_cache);
    x += kPitch - 1;
  }
}

void Columns::column(float left, const DisasterView& d, bool is_in_force) {
  const Rect at{left, kTop, 308, kColumnHeight};
  pen_.canvas.fill(at, p_.panel, 8);
  if (is_in_force) pen_.canvas.outline(at, p_.ink, 3, 8);
  const float x = left + 14;
  pen_.canvas.text({x, kTop + 32}, Align::left, kTitle, p_.ink, d.title);
  pen_.canvas.text({at.right() - 14, kTop + 32}, Align::right, {Face::words_bold, 16}, p_.ink,
                   d.remark);
  pen_.explain({at.x, kTop, at.w, 44}, d.remark_tip);
  pen_.canvas.text({x, kTop + 57}, Align::left, kLabel, p_.dim,
                   pen_.canvas.shorten(kLabel, d.subtitle, 284));
  for (std::size_t i = 0; i < numbers_.size(); ++i) {
    pen_.canvas.text({x + 16 + (kPitch - 1) * static_cast<float>(i), kRows - 10}, Align::center,
                     {Face::mono, 14}, p_.faint, numbers_[i]);
  }
  row(x, kRows, d.program, false, d.program_gone);
  row(x, kRows + kPitchY, d.cache, true, "gone");
  row(x, kRows + 2 * kPitchY, d.disk, false, "gone");
  const float y = at.bottom() - 22;
  const float w = pen_.canvas.text({x, y}, Align::left, {Face::mono_bold, 34}, p_.ink, d.figure);
  pen_.canvas.text({x + w + 10, y}, Align::left, kLabel, p_.dim,
                   pen_.canvas.shorten(kLabel, d.figure_label, 270 - w));
}

class Plug {
 public:
  Plug(Pen& pen, const PlugView& view)
      : pen_(pen), p_(pen.p), view_(view), columns_(pen, view.columns) {}

  Command draw(Disaster disaster) {
    Command asked = columns_.draw_choices(disaster);
    if (!view_.why_none.empty()) {
      columns_.draw_instead(view_.why_none);
      return asked;
    }
    columns_.draw_names();
    columns_.column(632, view_.now, false);
    columns_.column(950, view_.killed, disaster == Disaster::kill);
    columns_.column(1268, view_.cut, disaster == Disaster::power_cut);
    const Command drawn = draw_images();
    return std::holds_alternative<std::monostate>(asked) ? drawn : asked;
  }

 private:
  void draw_kinds();
  Command draw_images();

  Pen& pen_;
  const Palette& p_;
  const PlugView& view_;
  Columns columns_;
};

void Plug::draw_kinds() {
  float y = kBelow + 58;
  for (const PlugView::Kind& kind : view_.kinds) {
    columns_.cell({552, y, 40, 40}, kind.example, false);
    pen_.canvas.text({608, y + 16}, Align::left, {Face::words_bold, 16}, p_.ink, kind.title);
    pen_.canvas.text({608, y + 37}, Align::left, kLabel, p_.dim, kind.note);
    y += 48;
  }
}

Command Plug::draw_images() {
  pen_.canvas.fill({528, kBelow, 1048, 776 - kBelow}, p_.panel, 8);
  pen_.canvas.text({552, kBelow + 36}, Align::left, kTitle, p_.ink,
                   "What the disk may hold after the power cut");
  pen_.canvas.text({1556, kBelow + 36}, Align::right, kLabel, p_.dim, view_.images_note);
  draw_kinds();
  float y = kBelow + 56;
  for (const PlugView::Image& image : view_.images) {
    pen_.canvas.text({1040, y + 25}, Align::right, kLabel, p_.dim, image.name);
    float x = 1056;
    for (const RemainView& c : image.row) {
      columns_.cell({x, y, 38, 38}, c, false);
      x += 42;
    }
    y += 47;
  }
  Command asked;
  if (button(pen_, "another", {1416, kBelow + 56, 140, 40}, "Another", ButtonLook::outlined)) {
    asked = DrawAgain{};
  }
  return asked;
}

}  // namespace

Command draw_plug(Pen& pen, const PlugView& view, Disaster disaster) {
  pen.panel("truths", "the three truths, now and after", {514, 116, 1070, 404});
  if (view.why_none.empty()) {
    pen.panel("images", "what the disk may hold", {520, kBelow - 8, 1064, 784 - kBelow});
  }
  return Plug(pen, view).draw(disaster);
}

Command draw_aftermath(Pen& pen, const AftermathView& view, Disaster disaster) {
  pen.panel("truths", "the three truths, now and after", {514, 116, 1070, 404});
  Columns columns(pen, view.columns);
  Command asked = columns.draw_choices(disaster);
  if (!view.why_none.empty()) {
    columns.draw_instead(view.why_none);
    return asked;
  }
  pen.panel("what-it-hears", "what the program hears of it", {520, kBelow - 8, 1064, 784 - kBelow});
  columns.draw_names();
  columns.column(632, view.now, false);
  columns.column(950, view.struck, false);
  columns.column(1268, view.after, true);
  pen.canvas.fill({528, kBelow, 1048, 776 - kBelow}, pen.p.panel, 8);
  pen.canvas.text({552, kBelow + 36}, Align::left, kTitle, pen.p.ink, view.title);
  float y = kBelow + 76;
  for (const std::string& sentence : view.sentences) {
    for (const auto& line : pen.canvas.wrap(kProse, sentence, 960)) {
      pen.canvas.text({552, y}, Align::left, kProse, pen.p.ink, line);
      y += 28;
    }
    y += 8;
  }
  return asked;
}

}  // namespace viz

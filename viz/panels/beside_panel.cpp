// Left, middle, right; the two timelines below across the whole width.

#include "viz/panels/beside_panel.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "viz/panels/cell_map.h"
#include "viz/panels/framed_page.h"
#include "viz/panels/glossary.h"
#include "viz/panels/source_lines.h"
#include "viz/panels/timeline_panel.h"

namespace viz {
namespace {

constexpr Rect kLeft{24, 80, 576, 506}, kMiddle{624, 80, 352, 506}, kRight{1000, 80, 576, 506};
constexpr Rect kLeftTime{24, 604, 1552, 156}, kRightTime{24, 778, 1552, 156};
constexpr float kMargin = 184;  // of the timelines
constexpr float kMemory = 118;  // of a side, at its bottom
constexpr float kSourceRow = 32;
constexpr float kMapTop = 40;  // within the memory
constexpr std::size_t kFramesInRow = 8;
constexpr TextStyle kLarge{Face::mono_bold, 34}, kLess{Face::mono_bold, 20};

Rect memory_of(Rect side) { return {side.x, side.bottom() - kMemory, side.w, kMemory}; }

class BesidePanel {
 public:
  BesidePanel(Pen& pen, const BesideView& view)
      : pen_(pen), canvas_(pen.canvas), p_(pen.p), view_(view) {}

  BesideAnswer draw() {
    draw_side(kLeft, view_.left, "line");
    draw_chooser();
    if (view_.is_whole) {
      draw_side(kRight, view_.right, "beside.line");
      draw_middle();
    } else {
      draw_why_not();
    }
    draw_leave();
    draw_time(kLeftTime, view_.left, "timeline");
    if (view_.is_whole) draw_time(kRightTime, view_.right, "beside.timeline");
    return answer_;
  }

 private:
  void draw_title(Rect at, const BesideSide& side, float room) {
    const std::string title = canvas_.shorten(kTitle, side.title, room);
    const float width = canvas_.text({at.x, at.y + 20}, Align::left, kTitle, p_.ink, title);
    if (title != side.title) pen_.explain({at.x, at.y, width, 36}, side.title);
    canvas_.text({at.x, at.y + 52}, Align::left, kLabel, p_.dim, side.machine);
    canvas_.text({at.right(), at.y + 52}, Align::right, kLabel, p_.dim, side.where);
  }

  // The right one's title opens the list of what can stand there.
  void draw_chooser() {
    const std::string title = canvas_.shorten(kTitle, view_.right.title, kRight.w - 150);
    const float width = canvas_.width_of(kTitle, title);
    const Rect at{kRight.x - 8, kRight.y - 5, width + 44, 36};
    if (plain_button(pen_, "beside", at)) answer_.opens_choices = true;
    canvas_.triangle({kRight.x + width + 18, kRight.y + 14}, 6, Direction::down, p_.dim);
    pen_.explain(at, "Put something else beside: another program, another machine");
    if (!view_.is_whole)
      canvas_.text({kRight.x, kRight.y + 20}, Align::left, kTitle, p_.ink, title);
  }

  void draw_leave() {
    const Rect back{1476, 76, 100, 34};
    if (button(pen_, "leave", back, "Back", ButtonLook::outlined)) {
      answer_.command = Show{Screen::main};
    }
    pen_.explain(back, "to the two computers (B, Esc)");
  }

  void draw_why_not() {
    float y = kRight.y + 84;
    for (const auto& line : canvas_.wrap(kProse, view_.right.why_not, kRight.w)) {
      canvas_.text({kRight.x, y}, Align::left, kProse, p_.dim, line);
      y += 28;
    }
    const Rect stop{kRight.x, y, 100, 36};
    if (view_.right.is_running && button(pen_, "stop", stop, "Stop", ButtonLook::outlined)) {
      answer_.command = CancelRun{};
    }
  }

  void draw_side(Rect at, const BesideSide& side, std::string_view names) {
    draw_title(at, side, at.w - 150);
    const Rect memory = memory_of(at);
    const Rect lines{at.x, at.y + 58, at.w, memory.y - at.y - 58 - 8};
    const SourceAnswer source =
        draw_source(pen_, {lines, kSourceRow, names}, side.columns, side.lines);
    if (source.chosen) {
      answer_.command = names == "line" ? Command{SeekLine{*source.chosen}}
                                        : Command{SeekLineBeside{*source.chosen}};
    }
    draw_memory(memory, side, names);
  }

  void draw_memory(Rect at, const BesideSide& side, std::string_view names) {
    const float title =
        canvas_.text({at.x, at.y + 26}, Align::left, kStrong, p_.ink, side.frames_title);
    pen_.explain({at.x, at.y + 6, title, 26}, meaning_of(side.frames_title));
    canvas_.text({at.right(), at.y + 26}, Align::right, kLabel, p_.dim,
                 canvas_.shorten(kLabel, side.frames_note, at.w - title - 16));
    if (side.pages)
      return draw_pages({at.x, at.y + kMapTop, at.w, at.h - kMapTop}, *side.pages, names);
    const bool two_rows = side.frames.size() > kFramesInRow;
    const float pitch = (at.w + 7) / static_cast<float>(kFramesInRow);
    for (std::size_t i = 0; i < side.frames.size(); ++i) {
      const float x = at.x + pitch * static_cast<float>(i % kFramesInRow);
      const float y = at.y + kMapTop + static_cast<float>(i / kFramesInRow) * 38;
      draw_framed_page(pen_, {x, y, pitch - 7, two_rows ? 32.0f : 46.0f}, side.frames[i]);
    }
  }

  void draw_pages(Rect at, const PagesView& pages, std::string_view names) {
    if (!pages.why_none.empty()) {
      canvas_.text({at.x, at.y + 24}, Align::left, kLabel, p_.dim, pages.why_none);
      return;
    }
    const PageMap& map = pages.map;
    const float cell_width = map.cell_width / canvas_.scale();
    const float cell_height = map.cell_height / canvas_.scale();
    for (std::size_t b = 0; b < map.bands.size(); ++b) {
      const MapBand& band = map.bands[b];
      const float y = at.y + cell_height * static_cast<float>(band.first_row) +
                      kBandGap * static_cast<float>(b);
      const Rect place{at.x, y, cell_width * static_cast<float>(map.columns),
                       cell_height * static_cast<float>(band.rows)};
      const std::span cells(pages.cells.data() + band.first_row * map.columns,
                            band.rows * map.columns);
      draw_cell_map(pen_, fmt::format("{}.map.{}", names, b), place,
                    {map.columns, band.rows, cells});
      pen_.explain(place, fmt::format("{}: {}", pages.bands[b].name, pages.bands[b].note));
    }
  }

  void draw_middle() {
    draw_pace();
    float y = kMiddle.y + 72;
    for (const auto& line : canvas_.wrap(kLabel, view_.said, kMiddle.w)) {
      canvas_.text({kMiddle.x, y}, Align::left, kLabel, p_.ink, line);
      y += 22;
    }
    y = kMiddle.y + 166;
    canvas_.horizontal(kMiddle.x, y, kMiddle.w, p_.rule);
    for (const BesideFigure& figure : view_.figures) {
      draw_figure(figure, y);
      y += 34;
    }
    canvas_.horizontal(kMiddle.x, y + 2, kMiddle.w, p_.rule);
    const Rect action{kMiddle.x, kMiddle.bottom() - 50, kMiddle.w, 50};
    if (button(pen_, "next", action,
               view_.is_over ? "Back to the beginning" : "Run both to the end",
               ButtonLook::solid)) {
      answer_.command = DoNext{};
    }
  }

  // Two halves of one switch.
  void draw_pace() {
    const float half = kMiddle.w / 2;
    const struct {
      Pace pace;
      const char *name, *label, *tip;
    } halves[] = {
        {Pace::access, "pace.access", "Same access", "Both have made as many accesses"},
        {Pace::time, "pace.time", "Same time", "As much simulated time has passed for both"}};
    canvas_.outline(kPace, p_.outline, 1, 6);
    float x = kMiddle.x;
    for (const auto& h : halves) {
      const Rect at{x, kPace.y, half, kPace.h};
      const bool is_on = view_.pace == h.pace;
      const bool is_ready = view_.can_choose_pace || is_on;
      if (is_on) canvas_.fill(at.inset(1), p_.raised, 5);
      if (is_ready) {
        if (plain_button(pen_, h.name, at)) answer_.command = SetPace{h.pace};
      } else {
        pen_.controls.disabled(h.name, at);
      }
      canvas_.text({at.center().x, at.y + 24}, Align::center,
                   is_on ? TextStyle{Face::words_bold, 16} : kLabel,
                   is_on      ? p_.ink
                   : is_ready ? p_.dim
                              : p_.faint,
                   h.label);
      if (is_on) canvas_.fill({at.x + 12, at.bottom() - 4, at.w - 24, 3}, p_.ink);
      pen_.explain(at, is_ready ? h.tip : "The two make different accesses");
      x += half;
    }
  }

  // The smaller of the two is bold, and pointed at.
  void draw_figure(const BesideFigure& figure, float y) {
    const float base = y + 25;
    const auto draw = [&](float x, const std::string& text, Less side) {
      const bool is_less = figure.less == side;
      const bool is_zero = text == "0";
      canvas_.text({x, base}, Align::right, is_less ? kLess : kFigure,
                   is_zero && !is_less ? p_.faint : p_.ink, text);
    };
    draw(kMiddle.x + kFigureRoom, figure.left, Less::left);
    draw(kMiddle.right(), figure.right, Less::right);
    const float middle = kMiddle.x + kFigureRoom + (kMiddle.w - 2 * kFigureRoom) / 2;
    const float width =
        canvas_.text({middle, base - 1}, Align::center, kLabel, p_.dim, figure.label);
    if (figure.less == Less::left) {
      canvas_.triangle({middle - width / 2 - 8, base - 6}, 5, Direction::left, p_.ink);
    } else if (figure.less == Less::right) {
      canvas_.triangle({middle + width / 2 + 8, base - 6}, 5, Direction::right, p_.ink);
    }
    pen_.explain({kMiddle.x, y, kMiddle.w, 34}, meaning_of(figure.label));
  }

  // In two lines.
  void draw_name(Rect at, const std::string& name) {
    const auto lines = canvas_.wrap(kStrong, name, at.w);
    for (std::size_t i = 0; i < lines.size() && i < 2; ++i) {
      const bool is_cut = i == 1 && lines.size() > 2;
      canvas_.text(
          {at.x, at.y + 16 + 22 * static_cast<float>(i)}, Align::left, kStrong, p_.ink,
          is_cut ? canvas_.shorten(kStrong, lines[i] + " " + lines[i + 1], at.w) : lines[i]);
    }
    if (lines.size() > 2) pen_.explain(at, name);
  }

  void draw_time(Rect at, const BesideSide& side, std::string_view name) {
    draw_name({at.x, at.y, kMargin - 48, 44}, side.title);
    const TextStyle large{Face::mono_bold,
                          canvas_.width_of(kLarge, side.faults) > kMargin - 44 ? 28 : 34};
    canvas_.text({at.x, at.y + 100}, Align::left, large, p_.ink, side.faults);
    canvas_.text({at.x, at.y + 124}, Align::left, kLabel, p_.dim, side.faults_label);
    if (!side.ended.empty()) {
      canvas_.text({at.x, at.y + 146}, Align::left, kLabel, p_.dim, side.ended);
    }
    const bool is_last = at.y == kRightTime.y;
    const TimelinePlace place{at, kMargin, TimelinePlace::Names::right, name,
                              is_last ? "overview" : ""};
    const TimelineWish wish = draw_lanes(pen_, place, side.timeline);
    if (wish.place) {
      answer_.command = SeekBoth{static_cast<double>(*wish.place)};
    } else if (!std::holds_alternative<std::monostate>(wish.command)) {
      answer_.command = wish.command;
    }
  }

  static constexpr Rect kPace{kMiddle.x, kMiddle.y - 4, kMiddle.w, 34};
  static constexpr float kFigureRoom = 104, kBandGap = 3;

  Pen& pen_;
  Canvas& canvas_;
  const Palette& p_;
  const BesideView& view_;
  BesideAnswer answer_;
};

}  // namespace

MapRoom beside_map_room(const Canvas& canvas) {
  const float scale = canvas.scale();
  const Rect at = memory_of(kLeft);
  return {std::floor(at.w * scale), std::floor((at.h - kMapTop) * scale), 3 * scale,
          std::floor(36 * scale)};
}

BesideAnswer draw_beside(Pen& pen, const BesideView& view) {
  pen.panel("beside", "two runs side by side", {12, 72, 1576, 878});
  pen.panel("left", "the run on the left", kLeft.inset(-8));
  pen.panel("right", "the run on the right", kRight.inset(-8));
  pen.panel("figures", "what differs", kMiddle.inset(-8));
  pen.panel("timelines", "both over the same time", {12, 592, 1576, 358});
  return BesidePanel(pen, view).draw();
}

}  // namespace viz

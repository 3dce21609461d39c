// The steps above; page table, frames and swap below.

#include "viz/panels/steps_panel.h"

#include <algorithm>
#include <cmath>
#include <span>

#include "viz/panels/glossary.h"
#include "viz/panels/page_cell.h"

namespace viz {
namespace {

constexpr float kLeft = 528, kRight = 1576;
// Rows of frames and slots.
constexpr float kRowTop = 264, kRowPitch = 57;

class Steps {
 public:
  Steps(Pen& pen, const StepsView& view) : pen_(pen), p_(pen.p), view_(view) {}

  Command draw() {
    if (!view_.why_none.empty()) {
      pen_.canvas.fill({kLeft, 80, kRight - kLeft, 696}, p_.panel, 8);
      pen_.canvas.text({(kLeft + kRight) / 2, 420}, Align::center, kTitle, p_.dim, view_.why_none);
      return {};
    }
    const Command asked = draw_boxes();
    pen_.canvas.fill({kLeft, 180, kRight - kLeft, 596}, p_.panel, 8);
    draw_table();
    draw_frames();
    draw_swap();
    draw_travel();
    return asked;
  }

 private:
  void text(float x, float y, TextStyle style, Color color, std::string_view words) {
    pen_.canvas.text({x, y}, Align::left, style, color, words);
  }
  void page(Rect at, PageState state, std::string_view label, bool is_accessed = false) {
    draw_cell(pen_, at, state);
    const Color ink = state == PageState::absent ? p_.faint : ink_on(state, p_);
    const bool is_wide = pen_.canvas.width_of(kSourceBold, label) > at.w - 20;
    const float aside = letter_of(state).empty() || is_wide ? 0.0f : 6.0f;
    pen_.canvas.text({at.center().x - aside, at.center().y + (is_wide ? 0.0f : 6.0f)},
                     Align::center, is_wide ? kHex : kSourceBold, ink, label);
    pen_.canvas.text({at.right() - 5, at.bottom() - 5}, Align::right, kSmallBold, ink,
                     letter_of(state));
    if (is_accessed) pen_.canvas.disc({at.x + 6, at.y + 6}, 3, ink);
  }
  Command draw_boxes();
  void draw_table();
  void draw_frames();
  void draw_swap();
  void draw_disk();
  void draw_travel();
  // Of the disk's page, below the slots.
  float disk_top() const {
    const auto rows = static_cast<float>(std::max<std::size_t>(1, view_.swap.size()));
    return kRowTop + kRowPitch * rows + 56;
  }

  Pen& pen_;
  const Palette& p_;
  const StepsView& view_;
};

Command Steps::draw_boxes() {
  Command asked;
  const auto n = static_cast<float>(view_.steps.size());
  const float gap = 10, width = (kRight - kLeft - gap * (n - 1)) / n;
  float x = kLeft;
  for (std::size_t i = 0; i < view_.steps.size(); ++i) {
    const MicroStep& step = view_.steps[i];
    const Rect at{x, 80, width, 84};
    const bool is_now = i == view_.current, is_done = i < view_.current;
    const Control control = pen_.controls.control("step." + std::to_string(i), at);
    if (is_now) {
      pen_.canvas.fill(at, p_.ink, 6);
    } else if (is_done) {
      pen_.canvas.fill(at, p_.raised, 6);
    } else {
      pen_.canvas.outline(at, p_.rule, 1, 6);
    }
    focus_ring(pen_, at, control);
    if (control.is_clicked) asked = MicroStepTo{i};
    const Color ink = is_now ? p_.background : is_done ? p_.ink : p_.faint;
    const std::string title = std::to_string(i + 1) + "  " + step.title;
    text(x + 12, 112, kTitle, ink, pen_.canvas.shorten(kTitle, title, width - 20));
    if (is_done) {
      const Point tick[] = {{at.right() - 20, 90}, {at.right() - 16, 94}, {at.right() - 9, 86}};
      pen_.canvas.path(tick, p_.ink, 2);
    }
    text(x + 12, 144, kLabel, ink, pen_.canvas.shorten(kLabel, step.summary, width - 20));
    if (i > 0)
      pen_.canvas.triangle({x - gap / 2, 122}, 5, Direction::right,
                           is_done || is_now ? p_.ink : p_.faint);
    pen_.explain(at, step.sentence);
    x += width + gap;
  }
  return asked;
}

void Steps::draw_table() {
  const float x = kLeft + 24;
  text(x, 216, kTitle, p_.ink, view_.table_title);
  if (view_.table.empty()) {
    text(x, 260, kProse, p_.dim, "the kernel moves these bytes");
    return;
  }
  text(x, 252, kLabel, p_.dim, "page");
  text(x + 112, 252, kLabel, p_.dim, "is in");
  const char* const bits[] = {"P", "A", "D", "TLB"};
  const char* const means[] = {"present", "accessed", "dirty", "TLB"};
  const int columns = view_.has_tlb ? 4 : 3;
  const float first = x + (view_.has_tlb ? 214.0f : 244.0f);
  for (int i = 0; i < columns; ++i) {
    const float at = first + 32 * static_cast<float>(i);
    pen_.canvas.text({at, 252}, Align::center, kLabel, p_.dim, bits[i]);
    pen_.explain({at - 12, 236, 24, 22}, meaning_of(means[i]));
  }
  float y = 264;
  for (const TableRowView& row : view_.table) {
    if (row.is_current) {
      pen_.canvas.fill({x - 16, y, 340, 42}, p_.raised);
      pen_.canvas.fill({x - 16, y, 4, 42}, p_.ink);
    }
    const bool is_wide = pen_.canvas.width_of(kSourceBold, row.page) > 50;
    text(is_wide ? x - 8 : x, y + 28,
         is_wide          ? kHex
         : row.is_current ? kSourceBold
                          : kSource,
         p_.ink, row.page);
    const Rect cell{x + 54, y + 5, 44, 32};
    draw_cell(pen_, cell, row.state);
    pen_.canvas.text({cell.center().x, y + 27}, Align::center, {Face::words_bold, 16},
                     ink_on(row.state, p_), letter_of(row.state));
    text(x + 112, y + 27, kLabel, p_.ink, row.where);
    const bool set[] = {row.present, row.accessed, row.dirty, row.is_in_tlb};
    for (int i = 0; i < columns; ++i) {
      pen_.canvas.text({first + 32 * static_cast<float>(i), y + 27}, Align::center,
                       set[i] ? kSourceBold : kSource, set[i] ? p_.ink : p_.faint,
                       set[i] ? "1" : "0");
    }
    y += 46;
  }
}

void Steps::draw_frames() {
  const float x = 900;
  text(x, 216, kTitle, p_.ink, view_.frames_title);
  text(x, 252, kLabel, p_.dim, "frame");
  text(x + 62, 252, kLabel, p_.dim, "page");
  text(x + 154, 252, kLabel, p_.dim, "last used, uses of others ago");
  std::uint64_t most = 1;
  for (const FrameRowView& row : view_.frames) most = std::max(most, row.unused_for.value_or(0));
  float y = 264;
  for (const FrameRowView& row : view_.frames) {
    pen_.canvas.text({x + 44, y + 30}, Align::right, row.is_victim ? kSourceBold : kSource,
                     row.is_victim ? p_.ink : p_.dim, row.frame);
    page({x + 62, y, 72, 48}, row.state, row.page, row.is_accessed);
    if (row.is_target) pen_.canvas.outline(Rect{x + 62, y, 72, 48}.inset(-4), p_.ink, 3, 5);
    if (row.unused_for) {
      const float w = 176 * static_cast<float>(*row.unused_for) / static_cast<float>(most);
      pen_.canvas.fill({x + 154, y + 14, w, 18}, row.is_victim ? p_.ink : p_.outline);
      text(x + 164 + w, y + 30, row.is_victim ? kFigureBold : kFigure,
           row.is_victim ? p_.ink : p_.dim, std::to_string(*row.unused_for));
    }
    if (row.is_victim) pen_.canvas.cross({x + 418, y + 24}, 8, p_.ink, 3);
    y += kRowPitch;
  }
  float below = 744;
  for (const auto& line : pen_.canvas.wrap(kLabel, view_.frames_note, 460)) {
    text(x, below, kLabel, p_.ink, line);
    below += 22;
  }
}

void Steps::draw_swap() {
  const float x = 1392;
  text(x, 216, kTitle, p_.ink, "Swap");
  text(x, 252, kLabel, p_.dim, "slot");
  text(x + 60, 252, kLabel, p_.dim, "page");
  float y = 264;
  if (view_.swap.empty()) text(x, y + 30, kLabel, p_.faint, "empty");
  for (const SlotRowView& row : view_.swap) {
    pen_.canvas.text({x + 36, y + 30}, Align::right, kSource, row.is_target ? p_.ink : p_.dim,
                     row.slot);
    const Rect cell{x + 60, y, 72, 48};
    page(cell, PageState::swapped, row.page);
    if (row.is_target) pen_.canvas.outline(cell.inset(-4), p_.ink, 3, 5);
    y += kRowPitch;
  }
  if (view_.disk) draw_disk();
  y = 580;
  pen_.canvas.horizontal(x, y, 160, p_.rule);
  for (const auto& [label, figure] : view_.figures) {
    y += 34;
    text(x, y, kLabel, p_.dim, label);
    pen_.canvas.text({kRight - 16, y}, Align::right, {Face::mono_bold, 16}, p_.ink, figure);
  }
}

void Steps::draw_disk() {
  const float x = 1392;
  const float top = disk_top();
  text(x, top - 20, kTitle, p_.ink, pen_.canvas.shorten(kTitle, view_.disk->slot, 170));
  text(x + 146, top + 30, kLabel, p_.dim, "disk");
  const Rect cell{x + 60, top, 72, 48};
  pen_.canvas.fill(cell, p_.raised, 3);
  pen_.canvas.text({cell.center().x, cell.center().y + 6}, Align::center, kSourceBold, p_.ink,
                   view_.disk->page);
  pen_.canvas.outline(cell.inset(-4), p_.ink, 3, 5);
}

// A part of a way along its corners, from the beginning.
std::vector<Point> part_of_way(std::span<const Point> way, float part) {
  float length = 0;
  for (std::size_t i = 1; i < way.size(); ++i) {
    length += std::abs(way[i].x - way[i - 1].x) + std::abs(way[i].y - way[i - 1].y);
  }
  float left = length * part;
  std::vector<Point> points{way.front()};
  for (std::size_t i = 1; i < way.size() && left > 0; ++i) {
    const Point from = way[i - 1], to = way[i];
    const float leg = std::abs(to.x - from.x) + std::abs(to.y - from.y);
    if (leg <= 0) continue;
    const float share = std::min(1.0f, left / leg);
    points.push_back({from.x + (to.x - from.x) * share, from.y + (to.y - from.y) * share});
    left -= leg;
  }
  return points;
}

// The page on its way, with the number of the step that moves it.
void Steps::draw_travel() {
  if (!view_.travel) return;
  const TravelView& travel = *view_.travel;
  if (!travel.slot && !view_.disk) return;
  constexpr float kNumber = 13, kBend = 1370;
  const float at_frame = kRowTop + kRowPitch * static_cast<float>(travel.frame) + 24;
  const float at_place =
      travel.slot ? kRowTop + kRowPitch * static_cast<float>(*travel.slot) + 24 : disk_top() + 24;
  constexpr float kPlace = 1390;
  const Point out[] = {{1348, at_frame}, {kBend, at_frame}, {kBend, at_place}, {kPlace, at_place}};
  const Point in[] = {{kPlace, at_place}, {kBend, at_place}, {kBend, at_frame}, {1048, at_frame}};
  const std::span<const Point> way = travel.is_out ? std::span(out) : std::span(in);
  const std::string number = std::to_string(view_.current + 1);
  const float part = pen_.motion != nullptr ? pen_.motion->grown("travel." + number) : 1;
  const Color color = travel.is_out ? p_.written : travel.slot ? p_.swapped : p_.clean;
  const std::vector<Point> path = part_of_way(way, part);
  if (path.size() > 1) {
    if (p_.is_light) pen_.canvas.path(path, p_.ink, 6);
    pen_.canvas.path(path, color, 4);
  }
  if (part >= 1) {
    const Direction to = travel.is_out ? Direction::right : Direction::left;
    if (p_.is_light) pen_.canvas.triangle(path.back(), 12, to, p_.ink);
    pen_.canvas.triangle(path.back(), 10, to, color);
  }
  const Point begin{way.front().x + (travel.is_out ? -4.0f : 0.0f), way.front().y};
  pen_.canvas.disc(begin, kNumber, p_.ink);
  pen_.canvas.text({begin.x, begin.y + 5.5f}, Align::center, kSmallBold, p_.background, number);
}

}  // namespace

Command draw_steps(Pen& pen, const StepsView& view) {
  pen.panel("steps", "this access, step by step", {kLeft - 8, 72, kRight - kLeft + 16, 712});
  return Steps(pen, view).draw();
}

}  // namespace viz

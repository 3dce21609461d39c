// The steps above; page table, frames and swap below.

#include "viz/panels/steps_panel.h"

#include <algorithm>

#include "viz/panels/page_cell.h"

namespace viz {
namespace {

constexpr float kLeft = 528, kRight = 1576;

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
    return asked;
  }

 private:
  void text(float x, float y, TextStyle style, Color color, std::string_view words) {
    pen_.canvas.text({x, y}, Align::left, style, color, words);
  }
  void page(Rect at, PageState state, std::string_view label, bool is_accessed = false) {
    draw_cell(pen_.canvas, p_, at, state);
    const Color ink = state == PageState::absent ? p_.faint : ink_on(state, p_);
    pen_.canvas.text({at.center().x - (letter_of(state).empty() ? 0.0f : 6.0f), at.center().y + 6},
                     Align::center, kSourceBold, ink, label);
    pen_.canvas.text({at.right() - 5, at.bottom() - 5}, Align::right, kSmallBold, ink,
                     letter_of(state));
    if (is_accessed) pen_.canvas.disc({at.x + 6, at.y + 6}, 3, ink);
  }
  Command draw_boxes();
  void draw_table();
  void draw_frames();
  void draw_swap();

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
  const char* const bits[] = {"P", "A", "D"};
  const char* const means[] = {"present", "accessed", "dirty"};
  for (int i = 0; i < 3; ++i) {
    const float at = x + 244 + 32 * static_cast<float>(i);
    pen_.canvas.text({at, 252}, Align::center, kLabel, p_.dim, bits[i]);
    pen_.explain({at - 12, 236, 24, 22}, means[i]);
  }
  float y = 264;
  for (const TableRowView& row : view_.table) {
    if (row.is_current) {
      pen_.canvas.fill({x - 16, y, 340, 42}, p_.raised);
      pen_.canvas.fill({x - 16, y, 4, 42}, p_.ink);
    }
    text(x, y + 28, row.is_current ? kSourceBold : kSource, p_.ink, row.page);
    const Rect cell{x + 54, y + 5, 44, 32};
    draw_cell(pen_.canvas, p_, cell, row.state);
    pen_.canvas.text({cell.center().x, y + 27}, Align::center, {Face::words_bold, 16},
                     ink_on(row.state, p_), letter_of(row.state));
    text(x + 112, y + 27, kLabel, p_.ink, row.where);
    const bool set[] = {row.present, row.accessed, row.dirty};
    for (int i = 0; i < 3; ++i) {
      pen_.canvas.text({x + 244 + 32 * static_cast<float>(i), y + 27}, Align::center,
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
    if (row.unused_for) {
      const float w = 220 * static_cast<float>(*row.unused_for) / static_cast<float>(most);
      pen_.canvas.fill({x + 154, y + 14, w, 18}, row.is_victim ? p_.ink : p_.outline);
      text(x + 164 + w, y + 30, row.is_victim ? kFigureBold : kFigure,
           row.is_victim ? p_.ink : p_.dim, std::to_string(*row.unused_for));
    }
    if (row.is_victim) pen_.canvas.cross({x + 430, y + 24}, 8, p_.ink, 3);
    y += 57;
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
    y += 57;
  }
  y = 580;
  pen_.canvas.horizontal(x, y, 160, p_.rule);
  for (const auto& [label, figure] : view_.figures) {
    y += 34;
    text(x, y, kLabel, p_.dim, label);
    pen_.canvas.text({kRight - 24, y}, Align::right, kSourceBold, p_.ink, figure);
  }
}

}  // namespace

Command draw_steps(Pen& pen, const StepsView& view) {
  pen.panel("steps", "this access, step by step", {kLeft - 8, 72, kRight - kLeft + 16, 712});
  return Steps(pen, view).draw();
}

}  // namespace viz

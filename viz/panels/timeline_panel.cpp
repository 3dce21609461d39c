// Lanes or a map, under the names of the lines.

#include "viz/panels/timeline_panel.h"

#include <algorithm>

#include "viz/panels/cell_map.h"
#include "viz/panels/page_cell.h"

namespace viz {
namespace {

class TimelinePanel {
 public:
  TimelinePanel(Pen& pen, const TimelinePlace& place, const TimelineView& view)
      : pen_(pen),
        p_(pen.p),
        place_(place),
        left_(place.at.x + place.margin),
        right_(place.at.right()),
        top_(place.at.y),
        bottom_(place.at.bottom()),
        view_(view) {}

  void draw_names() {
    const float x = place_.at.x;
    pen_.canvas.text({x, top_ + 16}, Align::left, kStrong, p_.ink, view_.title);
    if (view_.lanes.size() == 3 || view_.lanes.size() == 4 || !has_lanes()) return;
    pen_.canvas.text({x, top_ + 42}, Align::left, kLabel, p_.dim,
                     pen_.canvas.shorten(kLabel, view_.note, narrow() ? 126 : 154));
    if (view_.note2.empty() || !narrow()) return;
    float y = top_ + 64;
    for (const auto& line : pen_.canvas.wrap(kLabel, view_.note2, 116)) {
      pen_.canvas.text({x, y}, Align::left, kLabel, p_.faint, line);
      y += 20;
    }
  }

  TimelineWish draw() {
    const Rect area{left_, top_, right_ - left_, bottom_ - top_};
    const Control drag = pen_.controls.control(place_.control, area, Kind::pointer);
    draw_lines();
    if (has_lanes() && view_.rows > 0) {
      draw_map();
    } else if (has_lanes()) {
      draw_lanes();
    }
    draw_cursor();
    TimelineWish wish;
    if (!view_.window.is_whole() && !place_.overview.empty()) wish.command = draw_overview();
    if (drag.wheel != 0) {
      wish.command = ZoomTime{(pen_.mouse.x - left_) / area.w, drag.wheel};
    } else if (drag.is_double_pressed) {
      wish.command = ShowAllTime{};
    } else if (drag.held_at) {
      wish.place = drag.held_at->x;
    }
    return wish;
  }

 private:
  // The whole run, and which part of it is in view.
  Command draw_overview() {
    const Rect all{left_, bottom_ + 4, right_ - left_, 12};
    const Control drag = pen_.controls.control(place_.overview, all, Kind::pointer);
    pen_.canvas.fill(all, p_.raised, 3);
    const auto left = static_cast<float>(view_.window.from);
    const auto width = static_cast<float>(view_.window.width());
    const Rect part{all.x + left * all.w, all.y, std::max(6.0f, width * all.w), all.h};
    pen_.canvas.fill(part, p_.outline, 3);
    pen_.canvas.fill({all.x + view_.now_of_all * all.w - 1.5f, all.y, 3, all.h}, p_.ink);
    pen_.canvas.text({left_ - 10, all.bottom()}, Align::right, kHex, p_.faint, "whole run");
    pen_.explain(all, "The whole run: drag to another part, double-click for all of it");
    if (drag.is_double_pressed) return ShowAllTime{};
    if (drag.held_at) return LookAtTime{drag.held_at->x};
    return {};
  }

  bool narrow() const { return view_.lanes.size() > 4 || view_.rows > 0; }
  float x_of(float part) const { return left_ + part * (right_ - left_); }

  // There is none where only the lines and the cursor fit.
  bool has_lanes() const { return bottom_ - top_ >= 60; }

  void draw_lines() {
    float free_from = 0;
    const auto current = std::find_if(view_.lines.begin(), view_.lines.end(),
                                      [](const TimelineLine& l) { return l.is_current; });
    const float current_x = current == view_.lines.end() ? right_ + 99 : x_of(current->x);
    for (const TimelineLine& line : view_.lines) {
      const float x = x_of(line.x);
      const TextStyle style{line.is_current ? Face::words_bold : Face::words, 16};
      const float width = pen_.canvas.width_of(style, line.label);
      // The current one's name goes before its neighbours'.
      const bool is_free =
          line.is_current || (x + 6 >= free_from && (x > current_x || x + width + 14 < current_x));
      const bool has_room = is_free && x + width < right_ + 16;
      const float top = has_room ? top_ : top_ + 24;
      pen_.canvas.vertical(x, top, bottom_ - top, p_.rule);
      if (!has_room) continue;
      pen_.canvas.text({x + 6, top_ + 14}, Align::left, style,
                       line.is_current ? p_.ink
                       : line.is_ahead ? p_.faint
                                       : p_.dim,
                       line.label);
      free_from = x + 6 + width + 14;
    }
    const float at = std::max(free_from, x_of(std::max(0.0f, view_.now)) + 14);
    if (view_.now < 0.999f && at < right_ - 90) {
      pen_.canvas.text({at, top_ + 14}, Align::left, kLabel, p_.faint,
                       view_.is_over ? "ended" : "not run yet");
    }
  }

  void draw_lanes() {
    const auto n = static_cast<float>(std::max<std::size_t>(1, view_.lanes.size()));
    const bool wide = !narrow();
    const bool roomy = view_.lanes.size() <= 2;
    const float top = top_ + (roomy ? 54 : wide ? 28 : 24);
    const float pitch = roomy ? 40 : wide ? 27 : std::min(14.0f, (bottom_ - top) / n);
    const float height = roomy ? 30 : wide ? 24 : std::max(4.0f, pitch - 3);
    float y = top;
    for (const TimelineLane& lane : view_.lanes) {
      if (wide && y + height > bottom_ + 1) break;
      draw_lane(lane, y, height, wide);
      y += pitch;
    }
  }

  void draw_segment(const TimelineSegment& s, float y, float height, bool wide) {
    const float from = x_of(s.from), to = x_of(s.to);
    const Rect at{from, y, std::max(1.0f, to - from), height};
    if (s.is_fault) {
      if (wide) pen_.canvas.fill(at, p_.background);
      pen_.canvas.outline(at, p_.minor_fault, 1, 2);
      if (wide && pen_.canvas.width_of(kLabel, s.label) < at.w - 28) {
        pen_.canvas.text({from + 20, y + height / 2 + 5}, Align::left, kLabel, p_.ink, s.label);
      }
      pen_.explain(at, s.label);
      return;
    }
    switch (s.state) {
      case PageState::absent:
        if (!wide) return;
        pen_.canvas.outline(at, p_.rule, 1, 2);
        if (at.w > 70)
          pen_.canvas.text({from + 12, y + height / 2 + 5}, Align::left, kLabel, p_.dim, "absent");
        break;
      case PageState::swapped:
        pen_.canvas.fill({from, y + height / 2 - 1.5f, at.w, 3}, p_.swapped);
        break;
      default:
        draw_cell(pen_.canvas, p_, at, s.state);
        if (wide && at.w > 20) {
          const bool says = s.state == PageState::being_written && at.w > 170;
          pen_.canvas.text({from + 10, y + height / 2 + 5}, Align::left, {Face::words_bold, 16},
                           ink_on(s.state, p_), letter_of(s.state));
          if (says) {
            pen_.canvas.text({from + 34, y + height / 2 + 5}, Align::left, kLabel,
                             ink_on(s.state, p_), "written to disk");
          }
        }
    }
    pen_.explain(at, words_of(s.state));
  }

  void draw_marks(const TimelineLane& lane, float y, float height, bool wide) {
    const float r = wide ? 9 : std::min(6.0f, height * 0.55f);
    for (const TimelineMark& m : lane.marks) {
      const Point at{x_of(m.x), y + height / 2};
      switch (m.mark) {
        case EventMark::major: pen_.canvas.disc(at, r, p_.major_fault); break;
        case EventMark::minor:
          pen_.canvas.disc(at, r, p_.background);
          pen_.canvas.ring(at, r, p_.minor_fault, wide ? 3 : 2);
          break;
        case EventMark::write_notify:
          pen_.canvas.disc(at, r, p_.background);
          pen_.canvas.diamond(at, r + 1, p_.dirty, 2);
          break;
        case EventMark::victim: pen_.canvas.cross(at, r * 0.7f, p_.ink, 2); break;
        case EventMark::write_back:
          if (wide) pen_.canvas.triangle({at.x, y - 5}, 7, Direction::down, p_.written);
          break;
      }
    }
  }

  void draw_lane(const TimelineLane& lane, float y, float height, bool wide) {
    if (wide && place_.names == TimelinePlace::Names::left) {
      pen_.canvas.text({place_.at.x, y + height / 2 + 6}, Align::left, kLabel, p_.ink,
                       pen_.canvas.shorten(kLabel, lane.name, 152));
    } else {
      pen_.canvas.text({left_ - 10, y + height / 2 + 5}, Align::right,
                       {lane.is_current ? Face::mono_bold : Face::mono, 14},
                       lane.is_current ? p_.ink : p_.faint, lane.name);
    }
    for (const TimelineSegment& s : lane.segments) draw_segment(s, y, height, wide);
    draw_marks(lane, y, height, wide);
    const float now = x_of(std::max(0.0f, view_.now));
    if (wide && now < right_ - 20)
      pen_.canvas.dashes(now + 12, y + height / 2, right_ - now - 12, p_.rule);
  }

  void draw_map() {
    const Rect at{left_, top_ + 24, right_ - left_, bottom_ - top_ - 24};
    draw_cell_map(pen_, place_.control, at, {view_.columns, view_.rows, view_.map});
  }

  void draw_cursor() {
    if (view_.now < 0 || view_.now > 1) return;
    const float x = x_of(view_.now);
    pen_.canvas.fill({x - 1.5f, top_ + 22, 3, bottom_ - top_ - 22}, p_.ink);
    pen_.canvas.triangle({x, top_ + 22}, 9, Direction::down, p_.ink);
    if (view_.cursor_label.empty() || !has_lanes() || view_.lanes.size() > 2 || narrow()) return;
    const float width = pen_.canvas.width_of(kLabel, view_.cursor_label);
    const bool left = x + 20 + width > right_;
    pen_.canvas.text({left ? x - 14 : x + 14, top_ + 46}, left ? Align::right : Align::left, kLabel,
                     p_.dim, view_.cursor_label);
  }

  Pen& pen_;
  const Palette& p_;
  const TimelinePlace& place_;
  float left_, right_, top_, bottom_;  // of the time
  const TimelineView& view_;
};

}  // namespace

TimelineWish draw_lanes(Pen& pen, const TimelinePlace& place, const TimelineView& view) {
  return TimelinePanel(pen, place, view).draw();
}

TimelineWish draw_timeline(Pen& pen, const TimelinePlace& place, const TimelineView& view) {
  constexpr float kEdge = 12;
  const Rect at = place.at.inset(-kEdge);
  pen.panel("timeline", "the timeline", {at.x, at.y, at.w, at.h + 2});
  TimelinePanel panel(pen, place, view);
  panel.draw_names();
  return panel.draw();
}

}  // namespace viz

// From left to right.

#include "viz/panels/header.h"

#include <algorithm>

namespace viz {
namespace {

constexpr float kHeight = 64, kTransport = 240;  // the width of its buttons

// A name with a triangle that opens a menu.
bool opener(Pen& pen, std::string_view name, float x, TextStyle style, Color color,
            std::string_view label, float& right) {
  const float width = pen.canvas.width_of(style, label);
  const Rect at{x - 8, 14, width + 36, 36};
  const bool pressed = plain_button(pen, name, at);
  pen.canvas.text({x, 39}, Align::left, style, color, label);
  pen.canvas.triangle({x + width + 16, 34}, 6, Direction::down, pen.p.dim);
  right = at.right();
  return pressed;
}

enum class Glyph { first, back, play, pause, forward, last };

void draw_glyph(Pen& pen, Rect at, Glyph glyph, Color ink) {
  const Point c = at.center();
  switch (glyph) {
    case Glyph::first:
      pen.canvas.fill({c.x - 9, c.y - 8, 3, 16}, ink);
      pen.canvas.triangle({c.x + 2, c.y}, 8, Direction::left, ink);
      break;
    case Glyph::back: pen.canvas.triangle(c, 8, Direction::left, ink); break;
    case Glyph::play: pen.canvas.triangle(c, 10, Direction::right, ink); break;
    case Glyph::pause:
      pen.canvas.fill({c.x - 7, c.y - 9, 5, 18}, ink);
      pen.canvas.fill({c.x + 2, c.y - 9, 5, 18}, ink);
      break;
    case Glyph::forward: pen.canvas.triangle(c, 8, Direction::right, ink); break;
    case Glyph::last:
      pen.canvas.triangle({c.x - 2, c.y}, 8, Direction::right, ink);
      pen.canvas.fill({c.x + 6, c.y - 8, 3, 16}, ink);
      break;
  }
}

// From `x`; where in the run it stands is told up to `end`.
Command draw_transport(Pen& pen, const HeaderView& view, float x, float end) {
  struct Item {
    const char* name;
    Glyph glyph;
    Command command;
    const char* tip;
  };
  const Item items[] = {
      {"first", Glyph::first, SeekEnd{false}, "to the beginning (Home)"},
      {"back", Glyph::back, StepBy{StepBy::Unit::access, -1}, "one access back (left arrow)"},
      {"play", view.is_playing ? Glyph::pause : Glyph::play, TogglePlay{},
       "play (space; + and - change the speed)"},
      {"forward", Glyph::forward, StepBy{StepBy::Unit::access, 1}, "one access on (right arrow)"},
      {"last", Glyph::last, SeekEnd{true}, "to the end (End)"}};
  Command asked;
  for (const Item& item : items) {
    const Rect at{x, 14, 40, 36};
    pen.canvas.fill(at, pen.p.raised, 5);
    if (view.can_step) {
      const Control control = pen.controls.control(item.name, at);
      focus_ring(pen, at, control);
      if (control.is_hovered) pen.canvas.outline(at, pen.p.outline, 1, 5);
      if (control.is_clicked) asked = item.command;
    } else {
      pen.controls.disabled(item.name, at);
    }
    draw_glyph(pen, at, item.glyph, view.can_step ? pen.p.ink : pen.p.faint);
    pen.explain(at, item.tip);
    x += 48;
  }
  constexpr float kLeast = 90;
  if (end - x - 12 >= kLeast) {
    pen.canvas.text({x + 12, 39}, Align::left, kLabel, pen.p.ink,
                    pen.canvas.shorten(kLabel, view.position, end - x - 12));
  }
  return asked;
}

// Down onto a tray: to be saved.
void draw_tray(Pen& pen, Point c) {
  pen.canvas.fill({c.x - 1, c.y - 11, 3, 11}, pen.p.ink);
  pen.canvas.triangle({c.x + 0.5f, c.y + 1}, 6, Direction::down, pen.p.ink);
  pen.canvas.fill({c.x - 10, c.y + 9, 21, 3}, pen.p.ink);
}

}  // namespace

HeaderAnswer draw_header(Pen& pen, const HeaderView& view) {
  // To the edges of a window that is wider than the grid.
  const float width = pen.canvas.size().x;
  pen.canvas.fill({-width, 0, 3 * width, kHeight}, pen.p.panel);
  const float shift = width - 1600;  // of what stands at the right
  HeaderAnswer answer;
  // The lesson and the machine give way to the buttons.
  const float buttons = 1058 + shift;
  const float transport = std::min(572.0f, buttons - kTransport);
  float right = 0;
  const std::string lesson = pen.canvas.shorten(kTitle, view.lesson, transport - 80);
  if (opener(pen, "lessons", 24, kTitle, pen.p.ink, lesson, right)) answer.menu = Menu::lessons;
  const float room = transport - right - 66;
  if (room > 60) {
    pen.canvas.vertical(right + 6, 18, 28, pen.p.rule);
    const std::string machine = pen.canvas.shorten(kLabel, view.machine, room);
    if (opener(pen, "machine", right + 26, kLabel, pen.p.dim, machine, right)) {
      answer.menu = Menu::machine;
    }
  }
  answer.command = draw_transport(pen, view, transport, buttons);
  const bool is_cut = !view.is_plugged && view.disaster == Disaster::power_cut;
  const bool is_killed = !view.is_plugged && view.disaster == Disaster::kill;
  const Rect plug{1358 + shift, 14, 130, 36}, kill{1267 + shift, 14, 78, 36},
      help{1549 + shift, 17, 30, 30};
  if (button(pen, "kill", kill, "kill -9", is_killed ? ButtonLook::quiet : ButtonLook::outlined,
             view.can_step)) {
    answer.command = is_killed ? Command{Show{Screen::main}} : Command{KillNow{}};
  }
  if (button(pen, "plug", plug, "Pull the plug", is_cut ? ButtonLook::quiet : ButtonLook::outlined,
             view.can_step)) {
    answer.command = is_cut ? Command{Show{Screen::main}} : Command{PullPlug{}};
  }
  pen.explain(kill, "The process dies here. What do its files hold?");
  pen.explain(plug, "The power fails here. What may the disk hold?");
  const Rect why{1176 + shift, 14, 78, 36};
  if (button(pen, "why", why, "Why?", view.is_apart ? ButtonLook::quiet : ButtonLook::outlined,
             view.has_story || view.is_apart)) {
    answer.command = Show{view.is_apart ? Screen::main : Screen::steps};
  }
  const Rect compare{1072 + shift, 14, 92, 36};
  if (button(pen, "compare", compare, "Compare",
             view.is_comparing ? ButtonLook::quiet : ButtonLook::outlined)) {
    answer.menu = Menu::compare;
  }
  pen.explain(compare, "Two runs side by side (B), or all strategies (C)");
  pen.explain(why, "This access, step by step: walk, fault, victim, read, map, retry (W)");
  const Rect save{1502 + shift, 14, 36, 36};
  if (plain_button(pen, "save", save)) answer.menu = Menu::save;
  draw_tray(pen, save.center());
  pen.explain(save, "Save or copy: pictures for slides, tables (S)");
  if (plain_button(pen, "help", help)) answer.menu = Menu::help;
  pen.canvas.ring(help.center(), 15, pen.p.outline, 1.5f);
  pen.canvas.text({help.center().x, 39}, Align::center, kTitle, pen.p.ink, "?");
  return answer;
}

}  // namespace viz

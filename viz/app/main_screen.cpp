// The main screen: the lesson, the two computers, and what of them there is room for.

#include "viz/app/app.h"
#include "viz/model/words.h"
#include "viz/panels/agreement_panel.h"
#include "viz/panels/computer_panel.h"
#include "viz/panels/legend.h"

namespace viz {
namespace {

ShownViews::Computers not_run(const Session& session) {
  ShownViews::Computers views;
  const Take& take = session.take();
  views.simulated.title = "Simulated computer";
  views.simulated.why_not = take.error ? "The program cannot be run: see the marked line."
                            : take.failed_before
                                ? "The program before it cannot be run, and leaves no files."
                                : running_text(take.progress ? take.progress->load() : 0);
  views.real.title = "This computer";
  views.real.why_not = "not run yet";
  views.agreement.verdict = "not run yet";
  views.agreement.walk = views.agreement.disk = Match::none;
  return views;
}

// Where the tabs stand in place of its title.
ComputerView untitled(ComputerView view) {
  view.title.clear();
  view.subtitle.clear();
  return view;
}

}  // namespace

MainLayout App::layout(const Pen& pen) const {
  const bool needs_lesson = is_editing() && tab_ == Tab::both;
  return main_layout(pen.canvas.size(), legend_height(pen.canvas),
                     needs_lesson ? Tab::simulated : tab_);
}

// The solid button, without its question.
Command App::draw_next(Pen& pen, Rect at) {
  const auto [label, command] = next_step();
  if (!button(pen, "next", at, label, ButtonLook::solid)) return {};
  if (!std::holds_alternative<DoNext>(command)) tab_ = Tab::simulated;  // the lesson comes back
  return command;
}

std::pair<std::string, Command> App::next_step() const {
  const Session::Next next = session_.next();
  if (next.is_ready) return {next.label, DoNext{}};
  return {"Answer the question", Show{Screen::main}};
}

// In place of the first title: which of the two is shown.
void App::draw_tabs(Pen& pen, const MainLayout& at, const ShownViews::Computers& views) {
  struct Choice {
    Tab tab;
    const char *name, *label;
    std::string_view tip;
    float width;
  };
  const Choice choices[] = {
      {Tab::simulated, "tab.simulated", "Simulated", views.simulated.subtitle, 104},
      {Tab::real, "tab.real", "This computer", views.real.subtitle, 132},
      {Tab::both, "tab.both", "Both", "both computers side by side, without the lesson", 62}};
  float x = at.tabs.x + 12;
  for (const Choice& choice : choices) {
    const Rect place{x, at.tabs.y + 8, choice.width, 34};
    const bool is_here = choice.tab == tab_;
    if (button(pen, choice.name, place, choice.label,
               is_here ? ButtonLook::quiet : ButtonLook::outlined)) {
      tab_ = choice.tab;
    }
    if (is_here) pen.canvas.fill({place.x + 6, place.bottom() + 3, place.w - 12, 3}, pen.p.ink);
    pen.explain(place, choice.tip);
    x += choice.width + 8;
  }
}

Command App::draw_computers(Pen& pen, const MainLayout& at) {
  const bool has_run = session_.player() != nullptr;
  const ShownViews::Computers views = has_run ? shown_.computers(session_) : not_run(session_);
  const bool has_tabs = at.tabs.w > 0;
  Command asked;
  if (at.simulated.w > 0) {
    asked = draw_computer(pen, at.simulated, at.detail,
                          has_tabs ? untitled(views.simulated) : views.simulated);
    pen.panel("simulated", "the simulated computer", at.simulated.inset(-8));
  }
  if (at.real.w > 0) {
    const bool is_first = has_tabs && at.simulated.w <= 0;
    draw_computer(pen, at.real, at.detail, is_first ? untitled(views.real) : views.real);
    pen.panel("this-computer", "this computer", at.real.inset(-8));
  }
  if (has_tabs) draw_tabs(pen, at, views);
  if (at.gutter.w > 0) {
    draw_gutter(pen, at.gutter, at.detail, views.agreement);
    const Rect both{at.simulated.x - 8, 72, at.real.right() - at.simulated.x + 16,
                    at.agreement.bottom() - 64};
    pen.panel("computers", "both computers", both);
  }
  if (at.simulated.w > 0 && !(has_tabs && tab_ == Tab::both)) {
    const Rect pages{at.simulated.right() - 126, at.simulated.y + 8, 106, 32};
    if (has_run && button(pen, "pages", pages, "All pages", ButtonLook::outlined)) {
      asked = Show{Screen::pages};
    }
    pen.explain(pages, "Every page of every file and array on one map (A)");
    const Rect memory{pages.x - 94, pages.y, 86, pages.h};
    if (has_run && button(pen, "memory", memory, "Memory", ButtonLook::outlined)) {
      asked = Show{Screen::memory};
    }
    pen.explain(memory, "What the program has mapped, by kind, line by line (R)");
  }
  draw_agreement(pen, at.agreement, views.agreement);
  pen.panel("agreement", "the agreement", at.agreement.inset(-8));
  return asked;
}

}  // namespace viz

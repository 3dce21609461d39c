// The screen of two runs side by side, and the list of what can be compared.

#include "viz/app/app.h"
#include "viz/model/beside_choice.h"
#include "viz/panels/beside_panel.h"
#include "viz/panels/menu.h"

namespace viz {

Command App::draw_beside_screen(Pen& pen) {
  const BesideAnswer answer =
      draw_beside(pen, shown_.beside(session_, beside_map_room(pen.canvas)));
  if (answer.opens_choices) menu_ = Menu::compare;
  return answer.command;
}

// Strategies first, where the lesson has some; then what can stand beside the run.
Command App::compare_menu(Pen& pen) {
  std::vector<MenuItem> items;
  std::vector<Command> commands;
  const bool is_beside = session_.screen() == Screen::beside;
  if (!session_.lessons()[session_.lesson()].strategies.empty()) {
    items.push_back({"compare.strategies", "All strategies", "table, bars, break-even (C)",
                     session_.screen() == Screen::compare});
    commands.emplace_back(Show{Screen::compare});
  }
  for (const BesideChoice& choice : beside_choices(session_.pages(), session_.page())) {
    items.push_back({"compare." + choice.name, choice.title, choice.name,
                     is_beside && choice.name == session_.beside_choice()});
    commands.emplace_back(ChooseBeside{choice.name});
  }
  const Point at = is_beside ? Point{984, 116} : Point{984, 60};
  const MenuAnswer answer = draw_menu(pen, at, 520, "Compare this run with", items);
  if (answer.chosen || answer.is_closed) menu_ = Menu::none;
  if (!answer.chosen) return {};
  const Command chosen = commands[*answer.chosen];
  if (std::holds_alternative<ChooseBeside>(chosen)) apply(chosen);
  return std::holds_alternative<ChooseBeside>(chosen) ? Command{Show{Screen::beside}} : chosen;
}

}  // namespace viz

// Lists over the screen: lessons, the machine, keys.

#include <fmt/format.h>

#include <array>

#include "viz/app/app.h"
#include "viz/model/words.h"
#include "viz/panels/menu.h"

namespace viz {

Command App::lessons_menu(Pen& pen) {
  std::vector<MenuItem> items;
  std::vector<Command> commands;
  for (std::size_t l = 0; l < session_.lessons().size(); ++l) {
    const lesson::Lesson& lesson = session_.lessons()[l];
    const bool is_here = l == session_.lesson();
    items.push_back({"lesson." + lesson.name, lesson.title, lesson.summary, is_here});
    commands.emplace_back(OpenLesson{l});
    for (std::size_t p = 0; is_here && p < session_.pages().size(); ++p) {
      items.push_back({fmt::format("page.{}", p),
                       fmt::format("      {}", session_.pages()[p].title),
                       session_.pages()[p].program.name, p == session_.page()});
      commands.emplace_back(OpenPage{p});
    }
  }
  const MenuAnswer answer = draw_menu(pen, {16, 60}, 980, "Lessons", items);
  if (answer.chosen || answer.is_closed) menu_ = Menu::none;
  return answer.chosen ? commands[*answer.chosen] : Command{};
}

Command App::machine_menu(Pen& pen) {
  std::vector<MenuItem> items;
  std::vector<std::string> settings;
  const sim::MachineConfig& now = session_.here().program.settings.machine;
  for (const std::uint64_t frames : {4u, 8u, 16u, 64u, 1024u, 262144u}) {
    items.push_back({fmt::format("frames.{}", frames),
                     fmt::format("{} frames", with_commas(frames)),
                     bytes_text(frames * now.page_size.count), now.frames.count == frames});
    settings.push_back(fmt::format("frames={}", frames));
  }
  constexpr std::array<std::pair<sim::PolicyKind, const char*>, 4> kVictims{
      {{sim::PolicyKind::lru, "victim: unused for longest"},
       {sim::PolicyKind::fifo, "victim: in memory for longest"},
       {sim::PolicyKind::clock, "victim: not accessed since the last round"},
       {sim::PolicyKind::random, "victim: drawn by lot"}}};
  for (const auto& [policy, victim] : kVictims) {
    const std::string name = sim::name_of(policy);
    items.push_back({"policy." + name, policy_text(policy), victim, now.policy == policy});
    settings.push_back("policy=" + name);
  }
  for (const unsigned entries : {0u, 16u, 64u}) {
    items.push_back({fmt::format("tlb.{}", entries),
                     entries == 0 ? "no TLB" : fmt::format("TLB of {} entries", entries),
                     entries == 0 ? "every access walks the page table" : "translations remembered",
                     now.tlb.entries == entries});
    settings.push_back(fmt::format("tlb_entries={}", entries));
  }
  const MenuAnswer answer = draw_menu(pen, {200, 60}, 420, "The simulated machine", items);
  if (answer.chosen || answer.is_closed) menu_ = Menu::none;
  return answer.chosen ? Command{SetMachine{settings[*answer.chosen]}} : Command{};
}

// What a key does, a click on its line does too, where that is one command.
Command App::help_menu(Pen& pen) {
  struct Line {
    const char *key, *what;
    Command command = {};
  };
  const std::array lines{
      Line{"→  ←", "one access on, back"},
      Line{"↓  ↑", "one line on, back"},
      Line{"Home  End", "beginning, end of the run"},
      Line{"Space", "play, stop", TogglePlay{}},
      Line{"+  -", "play faster, slower"},
      Line{"Enter", "what the solid button says", DoNext{}},
      Line{"1 2 3 4", "choose an answer"},
      Line{"Tab", "the next control"},
      Line{"E", "edit the program", Show{Screen::editor}},
      Line{"W", "this access, step by step", Show{Screen::steps}},
      Line{"A", "all pages on one map", Show{Screen::pages}},
      Line{"R", "memory by kind, line by line", Show{Screen::memory}},
      Line{"B", "two runs side by side", Show{Screen::beside}},
      Line{"C", "all strategies", Show{Screen::compare}},
      Line{"Page up  down", "zoom the timeline (wheel, + - 0 on it)"},
      Line{"P  K  F  X", "pull the plug, kill -9, fill the disk, empty the file"},
      Line{"T", "light or dark", ToggleTheme{}},
      Line{"M", preferences_.has_motion ? "stop single steps from moving" : "let single steps move",
           ToggleMotion{}},
      Line{"Ctrl +  Ctrl -  Ctrl 0", "larger, smaller, as it fits"},
      Line{"S", "save or copy: all that can be had", ToggleSave{}},
      Line{"Ctrl S  Ctrl G", "save a picture: PNG, SVG"},
      Line{"Ctrl E  Ctrl J", "save the table: CSV, JSON"},
      Line{"Ctrl C", "copy the table", CopyTable{}},
      Line{"Esc", "back; stop a run"}};
  std::vector<MenuItem> items;
  for (const Line& line : lines)
    items.push_back({fmt::format("help.{}", items.size()), line.what, line.key});
  const MenuAnswer answer = draw_menu(pen, {1100, 60}, 480, "Keys", items);
  if (answer.chosen || answer.is_closed) menu_ = Menu::none;
  return answer.chosen ? lines[*answer.chosen].command : Command{};
}

Command App::draw_menus(Pen& pen) {
  switch (menu_) {
    case Menu::none: return {};
    case Menu::lessons: return lessons_menu(pen);
    case Menu::machine: return machine_menu(pen);
    case Menu::help: return help_menu(pen);
    case Menu::compare: return compare_menu(pen);
    case Menu::save: return export_menu(pen);
  }
  return {};
}

}  // namespace viz

// pagewalk-gui: the classroom app, in a window or into a picture.

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <fstream>
#include <iostream>
#include <set>
#include <sstream>

#include "scenarios/manual/manual.h"
#include "scenarios/session/guarded_main.h"
#include "scenarios/session/process_start.h"
#include "scenarios/session/version.h"
#include "viz/app/app.h"
#include "viz/app/preferences_file.h"
#include "viz/app/run_window.h"
#include "viz/app/still.h"
#include "viz/model/narration.h"
#include "viz/platform/offscreen.h"

namespace {

constexpr const char* kExamples =
    "Examples:\n"
    "  pagewalk-gui\n"
    "  pagewalk-gui --lesson more-pages-than-frames --theme light\n"
    "  pagewalk-gui --lesson three-programs --program program-3 --at 4 --screenshot a.png\n"
    "  pagewalk-gui --lesson three-programs --at 3 --screenshot a.svg --panel simulated\n"
    "  pagewalk-gui --lesson more-pages-than-frames --at 5#14:1 --screen steps --step 4 \\\n"
    "    --screenshot a.png --theme light\n"
    "  pagewalk-gui --lesson rows-and-columns --program one-column --at 6 --screen pages \\\n"
    "    --panel map --screenshot map.svg\n"
    "  pagewalk-gui --lesson rows-and-columns --program one-column --at 6 --screen pages \\\n"
    "    --table ranges > pages.csv\n"
    "  pagewalk-gui --lesson more-pages-than-frames --screen beside --beside frames=9\n"
    "  pagewalk-gui --lesson three-programs --program program-3 --set tlb_entries=16\n"
    "  pagewalk-gui --lesson choose-a-strategy --screen compare --table break-even > a.csv";

struct Options {
  std::string lesson, page, place, screen, beside, picture, panel, table, state_file, size, theme;
  std::vector<std::string> settings;
  std::size_t step = 0;
  std::optional<int> scale;
  bool simulated_only = false, reset = false, as_json = false, no_motion = false;
};

int fail(const std::string& text) {
  std::cerr << "pagewalk-gui: " << text << '\n';
  return 2;
}

std::vector<lesson::Lesson> shipped() {
  std::vector<lesson::Lesson> lessons;
  for (const lesson::Shipped& text : lesson::shipped_lessons()) {
    auto parsed = lesson::parse(text.name, text.text);
    if (auto* lesson = std::get_if<lesson::Lesson>(&parsed)) lessons.push_back(std::move(*lesson));
  }
  return lessons;
}

struct Size {
  int width = 0, height = 0;
};

std::optional<Size> size_of(const std::string& text) {
  Size size;
  char x = 0;
  std::istringstream in(text);
  const bool is_size = (in >> size.width >> x >> size.height) && x == 'x' && in.peek() == EOF;
  if (!is_size || size.width < 320 || size.height < 200 || size.width > 16384 ||
      size.height > 16384) {
    return std::nullopt;
  }
  return size;
}

int take_picture(const Options& options, Size size, viz::App& app) {
  auto opened = viz::Offscreen::open(size.width, size.height);
  if (const auto* problem = std::get_if<viz::Problem>(&opened)) return fail(problem->text);
  auto& offscreen = std::get<viz::Offscreen>(opened);
  viz::Input nobody;
  nobody.mouse = {-1, -1};
  offscreen.set_factor(app.factor());
  const viz::Picture picture =
      offscreen.frame(app.background(), [&](viz::Canvas& canvas) { app.frame(canvas, nobody); });
  const auto place = viz::panel_place(app, options.panel);
  if (const auto* problem = std::get_if<viz::Problem>(&place)) {
    return fail("--panel: " + problem->text);
  }
  const viz::Rect pixels = offscreen.to_pixels(std::get<viz::Rect>(place));
  const auto problem = viz::save_png(
      options.panel.empty() ? picture : viz::part_of(picture, pixels), options.picture);
  return problem ? fail(problem->text) : 0;
}

int take_drawing(const Options& options, viz::App& app) {
  const auto drawing = viz::svg_of(app, options.panel);
  if (const auto* problem = std::get_if<viz::Problem>(&drawing)) return fail(problem->text);
  std::ofstream out(options.picture, std::ios::binary);
  out << std::get<std::string>(drawing);
  return out.flush() ? 0 : fail("the drawing " + options.picture + " cannot be written");
}

int print_table(const Options& options, const viz::App& app) {
  const auto format = options.as_json ? viz::TableFormat::json : viz::TableFormat::csv;
  const auto text = app.table_text({format, options.table});
  if (const auto* problem = std::get_if<viz::Problem>(&text)) {
    return fail("--table: " + problem->text);
  }
  std::cout << std::get<std::string>(text);
  return 0;
}

// Screens that show a moment of the run: without --at its end.
bool needs_moment(const Options& options) {
  static const std::set<std::string> kScreens{"plug", "kill", "disk-full", "truncation", "steps"};
  return kScreens.contains(options.screen);
}

// To the screen, at the moment that is shown.
std::optional<std::string> go_on(const Options& options, viz::App& app) {
  const viz::Session& session = app.session();
  if (needs_moment(options) && session.player() == nullptr) {
    return "--screen " + options.screen + ": the program cannot be run";
  }
  if (options.screen == "plug") app.apply(viz::PullPlug{});
  if (options.screen == "kill") app.apply(viz::KillNow{});
  if (options.screen == "disk-full") app.apply(viz::FillDisk{});
  if (options.screen == "truncation") app.apply(viz::EmptyFile{});
  if (options.screen == "steps") {
    const std::size_t steps = viz::micro_steps(*session.player()).size();
    if (options.step > std::max<std::size_t>(steps, 1))
      return fmt::format("--step {}: there are {}", options.step, steps);
    app.apply(viz::Show{viz::Screen::steps});
    app.apply(viz::MicroStepTo{std::max<std::size_t>(options.step, 1) - 1});
  }
  return std::nullopt;
}

// To where the options say; nothing when all is well, else what is wrong.
std::optional<std::string> go_to(const Options& options, viz::App& app) {
  viz::Session& session = app.session();
  if (!options.lesson.empty() && session.lessons()[session.lesson()].name != options.lesson) {
    return "--lesson " + options.lesson +
           ": there is none of that name; `pagewalk lessons` lists them";
  }
  if (!options.page.empty()) {
    std::string names;
    for (std::size_t p = 0; p < session.pages().size(); ++p) {
      if (session.pages()[p].program.name == options.page) session.apply(viz::OpenPage{p});
      names += " " + session.pages()[p].program.name;
    }
    if (session.here().program.name != options.page) {
      return "--program " + options.page + ": this lesson has" + names;
    }
  }
  for (const std::string& setting : options.settings) {
    session.apply(viz::SetMachine{setting});
    if (!session.message().empty()) return "--set " + setting + ": " + session.message();
  }
  if (options.screen == "compare") app.apply(viz::Show{viz::Screen::compare});
  if (options.screen == "pages") session.apply(viz::Show{viz::Screen::pages});
  if (options.screen == "memory") session.apply(viz::Show{viz::Screen::memory});
  if (options.screen == "beside") {
    session.wait();  // what is chosen is told of the program that is open
    app.apply(viz::Show{viz::Screen::beside});
    if (!options.beside.empty()) app.apply(viz::ChooseBeside{options.beside});
    if (!session.message().empty()) return "--beside " + options.beside + ": " + session.message();
    session.wait();
  }
  if (options.screen == "compare" && session.screen() != viz::Screen::compare) {
    session.wait();
    return "--screen compare: " + session.message();
  }
  if (options.place.empty() && !needs_moment(options)) return std::nullopt;
  session.wait();
  if (options.place.empty()) {
    session.apply(viz::SeekEnd{true});
    return go_on(options, app);
  }
  const auto place = session::parse_place(options.place);
  if (const auto* bad = std::get_if<std::string>(&place)) return "--at " + *bad;
  const auto tick = session.player() != nullptr
                        ? session.player()->film().tick_of(std::get<session::Place>(place))
                        : std::nullopt;
  if (!tick) return "--at " + options.place + ": the run does not come there";
  session.apply(viz::SeekTo{*tick});
  return go_on(options, app);
}

// Options that mean nothing without others.
std::optional<std::string> contradiction_in(const Options& options) {
  const std::string& picture = options.picture;
  if (!picture.empty() && !picture.ends_with(".png") && !picture.ends_with(".svg")) {
    return "--screenshot " + picture + ": the name must end in .png or .svg";
  }
  if (!options.panel.empty() && picture.empty()) return "--panel needs --screenshot FILE";
  if (options.as_json && options.table.empty()) return "--json needs --table NAME";
  if (options.step > 0 && options.screen != "steps") return "--step needs --screen steps";
  if (!options.beside.empty() && options.screen != "beside")
    return "--beside needs --screen beside";
  return std::nullopt;
}

void describe(CLI::App& cli, Options& options) {
  cli.add_option("--lesson", options.lesson, "open this lesson (`pagewalk lessons` lists them)");
  cli.add_option("--program", options.page, "and this program of it");
  cli.add_option("--at", options.place, "stand at this place: LINE[#TURN][:TOUCH]");
  cli.add_option("--screen", options.screen,
                 "main, steps, pages, plug, kill, disk-full, truncation, compare or beside")
      ->check(CLI::IsMember({"main", "steps", "pages", "memory", "plug", "kill", "disk-full",
                             "truncation", "compare", "beside"}));
  cli.add_option(
      "--beside", options.beside,
      "with --screen beside: another program of the lesson, or the same program on another "
      "machine, as NAME=VALUE (`pagewalk run --help` lists them)");
  cli.add_option("--step", options.step, "of --screen steps: which of them is lit, from 1")
      ->check(CLI::Range(1, 99));
  cli.add_option("--set", options.settings,
                 "run it on another machine: NAME=VALUE, such as tlb_entries=16");
  cli.add_option("--screenshot", options.picture,
                 "write a picture and end: FILE.png, or FILE.svg for slides; needs no display");
  cli.add_option("--panel", options.panel, "only this panel of it; a wrong name lists them");
  cli.add_option("--table", options.table, "print a table as CSV and end; a wrong name lists them");
  cli.add_flag("--json", options.as_json, "print the table as JSON");
  cli.add_option("--size", options.size, "of a PNG (1600x1000) or the window (1280x800)");
  cli.add_option("--scale", options.scale, "enlarge by so many per cent, as Ctrl + does")
      ->check(CLI::Range(100 + viz::kScaleStep * viz::kLeastScale,
                         100 + viz::kScaleStep * viz::kMostScale));
  cli.add_option("--theme", options.theme, "dark or light")
      ->check(CLI::IsMember({"dark", "light"}));
  cli.add_flag("--simulated-only", options.simulated_only, "run nothing on this computer");
  cli.add_flag("--no-motion", options.no_motion, "let single steps show their end at once");
  cli.add_flag("--reset", options.reset,
               "forget theme, scale, motion, window and lesson of the last time");
  cli.add_option("--state-file", options.state_file, "keep what is shown in this file, as JSON");
  cli.set_version_flag("--version", "Pagewalk " + std::string(session::version()), "version");
  manual::add_to(cli, "Pagewalk " + std::string(session::version()),
                 {"pagewalk lessons", {"--lesson"}});
  cli.footer(kExamples);
}

// An option's text that is empty says nothing: it is not as if the option were left away.
void refuse_empty_texts(CLI::App& cli) {
  for (CLI::Option* option : cli.get_options()) {
    if (option->get_items_expected_max() == 0) continue;  // a flag
    option->check([](const std::string& text) {
      return text.empty() ? "what follows is empty. Give it a text, or leave it away" : "";
    });
  }
}

int dispatch(int argc, char** argv) {
  CLI::App cli("The classroom app: see what memory does, step by step.", "pagewalk-gui");
  Options options;
  describe(cli, options);
  refuse_empty_texts(cli);
  try {
    cli.parse(argc, argv);
  } catch (const CLI::Success& asked) {
    return cli.exit(asked);  // --help
  } catch (const CLI::ParseError& wrong) {
    return fail(std::string(wrong.what()) + "; `pagewalk-gui --help` lists the options");
  }
  if (const auto wrong = contradiction_in(options)) return fail(*wrong);

  const bool is_picture = !options.picture.empty() || !options.table.empty();
  auto size = size_of(!options.size.empty() ? options.size : is_picture ? "1600x1000" : "1280x800");
  if (!size) return fail("--size " + options.size + ": write WIDTHxHEIGHT, such as 1600x1000");
  // A picture shows the same for everybody.
  const std::string kept = is_picture ? "" : viz::preferences_path();
  viz::Preferences preferences;
  if (!kept.empty() && !options.reset) preferences = viz::read_preferences(kept);
  if (options.size.empty() && preferences.width > 0 && preferences.height > 0) {
    size = Size{preferences.width, preferences.height};
  }
  if (options.scale) preferences.scale_steps = (*options.scale - 100) / viz::kScaleStep;
  if (options.no_motion) preferences.has_motion = false;
  if (!options.lesson.empty()) preferences.lesson = options.lesson;
  if (!options.theme.empty()) {
    preferences.theme = options.theme == "light" ? viz::Theme::light : viz::Theme::dark;
  }
  viz::App app(shipped(), {.on_real = !options.simulated_only}, preferences);
  if (const auto wrong = go_to(options, app)) return fail(*wrong);
  if (is_picture) {
    app.wait();
    if (!options.table.empty()) return print_table(options, app);
    if (options.picture.ends_with(".svg")) return take_drawing(options, app);
    return take_picture(options, *size, app);
  }
  const auto problem = viz::run_window(app, {size->width, size->height, options.state_file, kept});
  return problem ? fail(problem->text) : 0;
}

}  // namespace

int main(int argc, char** argv) {
  session::start_process();
  return session::guarded("pagewalk-gui", [&] { return dispatch(argc, argv); });
}

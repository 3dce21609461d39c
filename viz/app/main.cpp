// pagewalk-gui: the classroom app, in a window or into a picture.

#include <CLI/CLI.hpp>
#include <iostream>

#include "viz/app/app.h"
#include "viz/platform/offscreen.h"

namespace {

struct Options {
  std::string lesson, page, place, picture, panel, size = "1600x1000", theme;
  bool simulated_only = false;
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

int screenshot(const Options& options, viz::App& app) {
  int width = 0, height = 0;
  char x = 0;
  std::istringstream size(options.size);
  if (!(size >> width >> x >> height) || x != 'x' || width < 320 || height < 200) {
    return fail("--size " + options.size + ": write WIDTHxHEIGHT, such as 1600x1000");
  }
  auto opened = viz::Offscreen::open(width, height);
  if (const auto* problem = std::get_if<viz::Problem>(&opened)) return fail(problem->text);
  auto& offscreen = std::get<viz::Offscreen>(opened);
  viz::Input nobody;
  nobody.mouse = {-1, -1};
  const viz::Picture picture =
      offscreen.frame(app.background(), [&](viz::Canvas& canvas) { app.frame(canvas, nobody); });
  if (const auto problem = viz::save_png(picture, options.picture)) return fail(problem->text);
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App cli("The classroom app: see what memory does, step by step.", "pagewalk-gui");
  Options options;
  cli.add_option("--lesson", options.lesson, "open this lesson (pagewalk lessons lists them)");
  cli.add_option("--program", options.page, "and this program of it");
  cli.add_option("--at", options.place, "stand at this place: LINE[#TURN][:TOUCH]");
  cli.add_option("--screenshot", options.picture, "write a PNG and end; needs no display");
  cli.add_option("--size", options.size, "of the picture")->capture_default_str();
  cli.add_option("--theme", options.theme, "dark or light")
      ->check(CLI::IsMember({"dark", "light"}));
  cli.add_flag("--simulated-only", options.simulated_only, "run nothing on this computer");
  CLI11_PARSE(cli, argc, argv);

  auto lessons = shipped();
  viz::Preferences preferences;
  preferences.lesson = options.lesson;
  if (options.theme == "light") preferences.theme = viz::Theme::light;
  viz::App app(std::move(lessons), {.on_real = !options.simulated_only}, preferences);
  viz::Session& session = app.session();
  if (!options.lesson.empty() && session.lessons()[session.lesson()].name != options.lesson) {
    return fail("--lesson " + options.lesson +
                ": there is no such lesson; `pagewalk lessons` lists them");
  }
  for (std::size_t p = 0; p < session.pages().size(); ++p) {
    if (session.pages()[p].program.name == options.page) session.apply(viz::OpenPage{p});
  }
  session.wait();
  if (!options.place.empty()) {
    const auto place = session::parse_place(options.place);
    if (const auto* bad = std::get_if<std::string>(&place)) return fail("--at " + *bad);
    const auto tick = session.player()
                          ? session.player()->film().tick_of(std::get<session::Place>(place))
                          : std::nullopt;
    if (!tick) return fail("--at " + options.place + ": the run does not come there");
    session.apply(viz::SeekTo{*tick});
  }
  if (!options.picture.empty()) return screenshot(options, app);
  return fail("no window yet");
}

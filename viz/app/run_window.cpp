// Waits, draws, waits.

#include "viz/app/run_window.h"

#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <iostream>
#include <tuple>

#include "viz/app/preferences_file.h"
#include "viz/app/state_file.h"
#include "viz/app/still.h"
#include "viz/platform/window.h"

namespace viz {
namespace {

// Letters that are commands.
Command command_of(const Letter& letter) {
  if (letter.with_control) {
    switch (letter.character) {
      case '+':
      case '=': return ScaleBy{1};
      case '-': return ScaleBy{-1};
      case '0': return ScaleBy{0};
      case 's': return ExportPicture{PictureFormat::png, ""};
      case 'g': return ExportPicture{PictureFormat::svg, ""};
      case 'e': return ExportTable{TableFormat::csv, ""};
      case 'j': return ExportTable{TableFormat::json, ""};
      case 'c': return CopyTable{};
      case 'q': return Quit{};
      default: return {};
    }
  }
  switch (letter.character) {
    case '1':
    case '2':
    case '3':
    case '4': return Choose{static_cast<std::size_t>(letter.character - '1')};
    case '+': return ChangeSpeed{1};
    case '-': return ChangeSpeed{-1};
    case 't':
    case 'T': return ToggleTheme{};
    case 'm':
    case 'M': return ToggleMotion{};
    case 'p':
    case 'P': return PullPlug{};
    case 'k':
    case 'K': return KillNow{};
    case 'f':
    case 'F': return FillDisk{};
    case 'x':
    case 'X': return EmptyFile{};
    case 'e':
    case 'E': return Show{Screen::editor};
    case 'c':
    case 'C': return ShowOrLeave{Screen::compare};
    case 'b':
    case 'B': return ShowOrLeave{Screen::beside};
    case 'a':
    case 'A': return ShowOrLeave{Screen::pages};
    case 'r':
    case 'R': return ShowOrLeave{Screen::memory};
    case 'w':
    case 'W': return ShowOrLeave{Screen::steps};
    case 's':
    case 'S': return ToggleSave{};
    case '?': return ToggleHelp{};
    default: return {};
  }
}

// While the mouse is on the timeline.
std::optional<Command> zoom_of(const App& app, const Letter& letter) {
  if (!app.is_at_timeline() || letter.with_control) return std::nullopt;
  switch (letter.character) {
    case '+': return app.zoom_of_time(1);
    case '-': return app.zoom_of_time(-1);
    case '0': return ShowAllTime{};
    default: return std::nullopt;
  }
}

std::string utf8(char32_t c) {
  const auto byte = [](char32_t bits) { return static_cast<char>(bits); };
  if (c < 0x80) return {byte(c)};
  if (c < 0x800) return {byte(0xC0 | c >> 6), byte(0x80 | (c & 0x3F))};
  if (c < 0x10000)
    return {byte(0xE0 | c >> 12), byte(0x80 | (c >> 6 & 0x3F)), byte(0x80 | (c & 0x3F))};
  return {byte(0xF0 | c >> 18), byte(0x80 | (c >> 12 & 0x3F)), byte(0x80 | (c >> 6 & 0x3F)),
          byte(0x80 | (c & 0x3F))};
}

// The first name of its kind that is free in the current folder.
std::string free_name(const std::string& lesson, const char* ending) {
  for (int n = 1;; ++n) {
    std::string name = fmt::format("pagewalk-{}-{}.{}", lesson, n, ending);
    if (!std::filesystem::exists(name)) return name;
  }
}

std::optional<Problem> save_text(const std::string& text, const std::string& name) {
  std::ofstream out(name, std::ios::binary);
  out << text;
  if (!out.flush()) return Problem{name + ": cannot be written"};
  return std::nullopt;
}

class Loop {
 public:
  Loop(App& app, Window& window, const WindowOptions& options)
      : app_(app), window_(window), options_(options) {
    if (!options.state_file.empty()) state_.emplace(options.state_file);
    app_.on_news([] { Window::wake(); });
  }

  std::optional<Problem> run();

 private:
  void draw(const Input& input) {
    window_.show(app_.background(), app_.factor(),
                 [&](Canvas& canvas) { app_.frame(canvas, input); });
  }
  void grant();
  std::optional<Problem> save_picture(const ExportPicture&, const std::string& name);
  void take(const Letter&);

  App& app_;
  Window& window_;
  const WindowOptions& options_;
  std::optional<StateFile> state_;
};

void Loop::take(const Letter& letter) {
  if (!app_.is_editing()) {
    if (!letter.key) app_.apply(zoom_of(app_, letter).value_or(command_of(letter)));
  } else if (letter.key) {
    app_.edit_by(*letter.key);
  } else if (letter.with_control) {
    app_.edit_by(letter.character, window_.pasted());
    if (letter.character == U'q' || letter.character == U's') app_.apply(command_of(letter));
  } else {
    app_.type(utf8(letter.character));
  }
}

std::optional<Problem> Loop::save_picture(const ExportPicture& wanted, const std::string& name) {
  if (wanted.format == PictureFormat::svg) {
    auto drawn = svg_of(app_, wanted.panel);
    if (auto* problem = std::get_if<Problem>(&drawn)) return *problem;
    return save_text(std::get<std::string>(drawn), name);
  }
  Input nobody;
  nobody.mouse = {-1, -1};
  const Picture whole =
      window_.picture(app_.background(), [&](Canvas& canvas) { app_.frame(canvas, nobody); });
  if (wanted.panel.empty()) return save_png(whole, name);
  auto place = panel_place(app_, wanted.panel);
  if (auto* problem = std::get_if<Problem>(&place)) return *problem;
  return save_png(part_of(whole, window_.stage().to_pixels(std::get<Rect>(place))), name);
}

// What the app wished for.
void Loop::grant() {
  const App::Wish wish = app_.take_wish();
  const std::string lesson = app_.session().lessons()[app_.session().lesson()].name;
  std::string name;
  std::optional<Problem> problem;
  if (const auto* copied = std::get_if<App::CopyText>(&wish)) {
    window_.copy(copied->text);
  } else if (const auto* text = std::get_if<App::SaveText>(&wish)) {
    name = free_name(lesson, text->ending);
    problem = save_text(text->text, name);
  } else if (const auto* picture = std::get_if<ExportPicture>(&wish)) {
    const bool is_svg = picture->format == PictureFormat::svg;
    name = free_name(picture->panel.empty() ? lesson : lesson + "-" + picture->panel,
                     is_svg ? "svg" : "png");
    problem = save_picture(*picture, name);
  }
  if (!name.empty()) app_.session().tell(problem ? problem->text : "saved " + name);
}

std::optional<Problem> Loop::run() {
  // A control answers from its second frame on, so each event is followed by a quiet frame.
  int frames = 2;
  double last = Window::now();
  while (!window_.is_closed() && !app_.wants_to_quit()) {
    const bool moves = app_.session().is_playing() || app_.is_moving();
    // A run that is under way tells how far it has come.
    const bool is_running = app_.session().player() == nullptr && app_.session().is_busy();
    // At rest it looks twice a second whether a worker has something, without drawing: a wake from
    // another thread may get lost on its way through the display.
    window_.wait(frames > 0 ? 0 : moves ? 1.0 / 60 : is_running ? 0.25 : 0.5);
    if (is_running) frames = std::max(frames, 1);
    if (window_.has_news() || app_.poll()) frames = 3;
    const double now = Window::now();
    if (app_.pass(now - last) || app_.is_moving()) frames = std::max(frames, 1);
    last = now;
    Input input = window_.input();
    if (app_.is_editing()) input.keys.clear();  // they are among the letters
    for (const Letter& letter : window_.letters()) take(letter);
    if (frames == 0) continue;
    --frames;
    draw(input);
    grant();
    // Where controls are and what is shown belong together once nothing changes any more.
    const bool is_settled = frames == 0 || app_.session().is_playing() || app_.is_moving();
    if (!state_ || !is_settled) continue;
    if (auto problem = state_->write(app_, window_.stage())) return problem;
  }
  return std::nullopt;
}

}  // namespace

std::optional<Problem> run_window(App& app, const WindowOptions& options) {
  auto opened = Window::open("Pagewalk", options.width, options.height);
  if (auto* problem = std::get_if<Problem>(&opened)) return *problem;
  auto& window = std::get<Window>(opened);
  const auto problem = Loop(app, window, options).run();
  app.on_news({});
  if (!options.preferences.empty()) {
    Preferences kept = app.preferences();
    std::tie(kept.width, kept.height) = window.size();
    if (const auto lost = keep_preferences(kept, options.preferences)) {
      std::cerr << "pagewalk-gui: preferences are not kept: " << lost->text << '\n';
    }
  }
  return problem;
}

}  // namespace viz

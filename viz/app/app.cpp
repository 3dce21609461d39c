// Screens, menus and keys.

#include "viz/app/app.h"

#include <fmt/format.h>

#include "viz/model/aftermath_view.h"
#include "viz/model/compare_view.h"
#include "viz/model/words.h"
#include "viz/panels/compare_panel.h"
#include "viz/panels/computer_panel.h"
#include "viz/panels/editor_panel.h"
#include "viz/panels/legend.h"
#include "viz/panels/lesson_panel.h"
#include "viz/panels/memory_panel.h"
#include "viz/panels/plug_panel.h"
#include "viz/panels/steps_panel.h"
#include "viz/panels/timeline_panel.h"

namespace viz {

App::App(std::vector<lesson::Lesson> lessons, SessionOptions options, Preferences preferences)
    : session_(std::move(lessons), options), preferences_(std::move(preferences)) {
  int& scale = preferences_.scale_steps;
  scale = std::clamp(scale, kLeastScale, kMostScale);
  for (std::size_t i = 0; i < session_.lessons().size(); ++i) {
    if (session_.lessons()[i].name == preferences_.lesson && i != session_.lesson()) {
      session_.apply(OpenLesson{i});
    }
  }
}

namespace {

// After these the picture moves to what they lead to.
bool is_single_step(const Command& command) {
  return std::holds_alternative<StepBy>(command) || std::holds_alternative<DoNext>(command) ||
         std::holds_alternative<MicroStepTo>(command);
}

}  // namespace

void App::apply(const Command& command) {
  if (is_single_step(command)) motion_.step();
  if (std::holds_alternative<ToggleTheme>(command)) {
    preferences_.theme = preferences_.theme == Theme::dark ? Theme::light : Theme::dark;
  } else if (std::holds_alternative<ToggleMotion>(command)) {
    preferences_.has_motion = !preferences_.has_motion;
    session_.tell(preferences_.has_motion ? "single steps move" : "nothing moves");
  } else if (const auto* scale = std::get_if<ScaleBy>(&command)) {
    scale_by(scale->steps);
  } else if (std::holds_alternative<Quit>(command)) {
    wants_to_quit_ = true;
  } else if (const auto* picture = std::get_if<ExportPicture>(&command)) {
    wish_ = *picture;
  } else if (const auto* table = std::get_if<ExportTable>(&command)) {
    export_table(*table);
  } else if (const auto* copied = std::get_if<CopyTable>(&command)) {
    copy_table(*copied);
  } else if (std::holds_alternative<ToggleHelp>(command)) {
    menu_ = menu_ == Menu::help ? Menu::none : Menu::help;
  } else if (std::holds_alternative<ToggleSave>(command)) {
    menu_ = menu_ == Menu::save ? Menu::none : Menu::save;
  } else if (const auto* choice = std::get_if<Choose>(&command);
             choice != nullptr && session_.screen() == Screen::compare && study_) {
    study_->guess(choice->choice);
  } else {
    session_.apply(command);
    if (session_.screen() == Screen::compare) open_comparison();
  }
  preferences_.lesson = session_.lessons()[session_.lesson()].name;
}

float App::most_factor() const {
  const Screen screen = session_.screen();
  return screen == Screen::main || screen == Screen::editor ? kMostFactor : 1;
}

float App::factor() const {
  const int percent = 100 + kScaleStep * preferences_.scale_steps;
  return std::min(most_factor(), static_cast<float>(percent) / 100);
}

void App::scale_by(int steps) {
  int& now = preferences_.scale_steps;
  const float before = factor();
  const int wanted = steps == 0 ? 0 : std::clamp(now + steps, kLeastScale, kMostScale);
  const bool is_largest = steps > 0 && before >= most_factor();
  session_.tell(is_largest ? "this screen fills the window: it is at its largest" : "");
  if (!is_largest) now = wanted;
}

bool App::poll() {
  const bool is_new = session_.poll();
  return (study_ && study_->poll()) || is_new;
}

bool App::pass(double seconds) {
  constexpr double kFastest = 4;  // accesses a second; beyond it nothing could be followed
  const bool moved = session_.pass(seconds);
  if (moved && session_.accesses_a_second() <= kFastest) motion_.step();
  return moved;
}

void App::wait() {
  session_.wait();
  if (study_) study_->wait();
}

void App::on_news(const std::function<void()>& wake) {
  wake_ = wake;
  session_.on_news(wake);
  if (study_) study_->on_news(wake);
}

void App::open_comparison() {
  const lesson::Lesson& lesson = session_.lessons()[session_.lesson()];
  if (study_ && study_of_ == lesson.name) return;
  if (lesson.strategies.empty()) {
    session_.apply(Show{Screen::main});
    session_.tell("this lesson has no strategies; B puts another run beside this one");
    return;
  }
  auto made = CompareStudy::make(lesson, session_.runs_here() ? CompareStudy::Measure::this_computer
                                                              : CompareStudy::Measure::nothing);
  if (const auto* why = std::get_if<std::string>(&made)) {
    session_.apply(Show{Screen::main});
    session_.tell(*why);
    return;
  }
  study_ = std::get<std::unique_ptr<CompareStudy>>(std::move(made));
  study_of_ = lesson.name;
  if (wake_) study_->on_news(wake_);
}

HeaderView App::header_view() const {
  HeaderView view;
  view.lesson = session_.lessons()[session_.lesson()].title;
  view.machine = machine_text(session_.here().program.settings.machine);
  view.is_playing = session_.is_playing();
  view.is_plugged = session_.screen() != Screen::plug;
  view.disaster = session_.disaster();
  const Player* player = session_.player();
  view.can_step = player != nullptr;
  view.is_comparing = session_.screen() == Screen::compare || session_.screen() == Screen::beside;
  view.is_apart = session_.screen() == Screen::steps;
  view.has_story = player != nullptr && player->story() && !player->story()->is_past;
  if (player == nullptr) {
    view.position = session_.take().error           ? "not run: the program has an error"
                    : session_.take().failed_before ? "not run: no files yet"
                                                    : "running …";
    return view;
  }
  view.position = position_text(*player);
  if (session_.is_playing()) {
    view.position += fmt::format(", {} a second", session_.accesses_a_second());
  }
  return view;
}

namespace {

bool is_something(const Command& command) {
  return !std::holds_alternative<std::monostate>(command);
}

constexpr Rect kColumn{24, 80, 480, 696};

}  // namespace

Command App::draw_plug_screen(Pen& pen, const Player& player) {
  const Command lesson = draw_lesson(pen, kColumn, lesson_view(session_));
  const Disaster disaster = session_.disaster();
  Command plug;
  if (disaster == Disaster::kill || disaster == Disaster::power_cut) {
    PlugView view = shown_.plug(session_);
    if (disaster == Disaster::kill) view.killed.remark = remark_on_kill(session_.aftermath());
    plug = draw_plug(pen, view, disaster);
  } else {
    plug = draw_aftermath(pen, aftermath_view(player, disaster, session_.aftermath()), disaster);
  }
  return is_something(plug) ? plug : lesson;
}

// The card tells the micro-step instead of the question; the button goes to the next.
Command App::draw_steps_screen(Pen& pen, const Player& player) {
  const StepsView steps = steps_view(player, session_.micro_step());
  LessonView lesson = lesson_view(session_);
  const bool is_last = steps.current + 1 >= steps.steps.size();
  lesson.question = {};
  lesson.prose = session_.here().prose;
  if (!steps.steps.empty()) {
    lesson.question.question =
        fmt::format("Step {}: {}", steps.current + 1, steps.steps[steps.current].title);
    lesson.question.because = steps.steps[steps.current].sentence;
  }
  lesson.action =
      is_last ? "Back to the run"
              : fmt::format("Step {}: {}", steps.current + 2, steps.steps[steps.current + 1].title);
  lesson.is_action_ready = true;
  Command asked = draw_lesson(pen, kColumn, lesson);
  if (std::holds_alternative<DoNext>(asked)) {
    asked = is_last ? Command{Show{Screen::main}} : Command{MicroStepTo{steps.current + 1}};
  }
  const Command chosen = draw_steps(pen, steps);
  return is_something(chosen) ? chosen : asked;
}

Command App::draw_compare_screen(Pen& pen) {
  const CompareWish wish =
      draw_compare(pen, compare_view(*study_, session_.lessons()[session_.lesson()]));
  if (const auto* drag = std::get_if<DragSlider>(&wish)) study_->drag(drag->slider, drag->part);
  if (const auto* nudge = std::get_if<NudgeSlider>(&wish))
    study_->nudge(nudge->slider, nudge->steps);
  if (const auto* select = std::get_if<SelectStrategy>(&wish)) study_->select(select->strategy);
  if (const auto* guess = std::get_if<GuessStrategy>(&wish)) study_->guess(guess->strategy);
  if (std::holds_alternative<LeaveComparison>(wish)) return Show{Screen::main};
  return {};
}

Command App::draw_editor_column(Pen& pen, Rect column) {
  EditorView view{session_.edited(), 0, "", session_.here().title};
  if (session_.take().error) {
    view.error_line = session_.take().error->line;
    view.message = fmt::format("line {}: {}", view.error_line, session_.take().error->message);
  }
  const EditorAnswer answer = draw_editor(pen, column, view);
  if (answer.caret) session_.edited().place(answer.caret->line, answer.caret->column);
  return answer.command;
}

void App::type(std::string_view text) { session_.edited().insert(text); }

void App::edit_by(char32_t letter, const std::string& pasted) {
  TextEdit& text = session_.edited();
  switch (letter) {
    case U'\r': apply(RunEdited{}); break;
    case U'z': text.undo(); break;
    case U'y': text.redo(); break;
    case U'v': text.insert(pasted); break;
    case U'c':
      wish_ = CopyText{text.text()};
      session_.tell("copied the program");
      break;
    default: break;
  }
}

void App::edit_by(Key key) {
  using To = TextEdit::Motion;
  TextEdit& text = session_.edited();
  switch (key) {
    case Key::left: text.move(To::left); break;
    case Key::right: text.move(To::right); break;
    case Key::up: text.move(To::up); break;
    case Key::down: text.move(To::down); break;
    case Key::home: text.move(To::line_begin); break;
    case Key::end: text.move(To::line_end); break;
    case Key::page_up: text.move(To::text_begin); break;
    case Key::page_down: text.move(To::text_end); break;
    case Key::enter: text.new_line(); break;
    case Key::tab: text.indent(); break;
    case Key::backspace: text.erase_before(); break;
    case Key::erase: text.erase_after(); break;
    case Key::escape: apply(Show{Screen::main}); break;
    case Key::space:  // comes as a letter
    case Key::back_tab: break;
  }
}

Command App::draw_main(Pen& pen) {
  const Player* player = session_.player();
  if (session_.screen() == Screen::plug && player != nullptr) return draw_plug_screen(pen, *player);
  if (session_.screen() == Screen::steps && player != nullptr) {
    return draw_steps_screen(pen, *player);
  }
  if (shows_beside()) return draw_beside_screen(pen);
  if (session_.screen() == Screen::pages && player != nullptr) {
    return draw_pages_screen(pen, *player);
  }
  if (session_.screen() == Screen::memory && player != nullptr) {
    const auto [action, act] = next_step();
    return draw_memory(pen, shown_.memory(session_), action, act);
  }
  const MainLayout at = layout(pen);
  Command asked;
  if (at.lesson.w <= 0) {
    asked = draw_next(pen, at.next);
  } else {
    asked = is_editing() ? draw_editor_column(pen, at.lesson)
                         : draw_lesson(pen, at.lesson, lesson_view(session_));
  }
  const Command shown = draw_computers(pen, at);
  return is_something(shown) ? shown : asked;
}

// Around the moment that is shown, where it is in view.
Command App::zoom_of_time(double notches) const {
  const Player* player = session_.player();
  if (player == nullptr) return {};
  const Beside* beside = session_.beside();
  const Timeline& timeline = session_.timeline();
  const double place = beside != nullptr
                           ? beside->window().place_of(beside->x(*player))
                           : timeline.window().place_of(timeline.axis().x_of(player->tick()));
  return ZoomTime{std::clamp(place, 0.0, 1.0), notches};
}

bool App::is_at_timeline() const {
  return controls_.is_pointed_at("timeline") || controls_.is_pointed_at("beside.timeline");
}

Command App::draw_time(Pen& pen) {
  TimelinePlace place;
  const bool is_main = session_.screen() == Screen::main || is_editing();
  if (is_main) place.at = layout(pen).timeline;
  const TimelineWish wish = draw_timeline(pen, place, shown_.timeline(session_));
  if (wish.place) return SeekTo{session_.timeline().tick_at(*wish.place)};
  return wish.command;
}

Command App::draw_screen(Pen& pen) {
  const bool compares = session_.screen() == Screen::compare && study_;
  Command asked = compares ? draw_compare_screen(pen) : draw_main(pen);
  if (session_.player() != nullptr && !compares && !shows_beside()) {
    const Command moved = draw_time(pen);
    if (is_something(moved)) asked = moved;
  }
  if ((compares || shows_beside()) && !session_.message().empty()) {
    pen.canvas.text({1576, 946}, Align::right, kLabel, pen.p.ink, session_.message());
  }
  draw_legend(pen);
  const HeaderAnswer header = draw_header(pen, header_view());
  if (header.menu != Menu::none) menu_ = menu_ == header.menu ? Menu::none : header.menu;
  if (is_something(header.command)) asked = header.command;
  return asked;
}

Command App::keys(const std::vector<Key>& keys) {
  Command asked;
  for (const Key key : keys) {
    switch (key) {
      case Key::left: asked = StepBy{StepBy::Unit::access, -1}; break;
      case Key::right: asked = StepBy{StepBy::Unit::access, 1}; break;
      case Key::down: asked = StepBy{StepBy::Unit::line, 1}; break;
      case Key::up: asked = StepBy{StepBy::Unit::line, -1}; break;
      case Key::home: asked = SeekEnd{false}; break;
      case Key::end: asked = SeekEnd{true}; break;
      case Key::space: asked = TogglePlay{}; break;
      case Key::page_up: asked = zoom_of_time(1); break;
      case Key::page_down: asked = zoom_of_time(-1); break;
      case Key::enter: asked = DoNext{}; break;
      case Key::escape:
        if (session_.screen() != Screen::main) {
          asked = Show{Screen::main};
        } else if (session_.player() == nullptr && session_.is_busy()) {
          asked = CancelRun{};
        }
        break;
      default: break;
    }
    apply(asked);
    asked = {};
  }
  return asked;
}

void App::frame(Canvas& canvas, const Input& input) {
  controls_.begin_frame(input);
  Controls covered;  // what lies under a menu answers nothing
  Input nothing;
  nothing.mouse = {-1, -1};
  covered.begin_frame(nothing);
  motion_.begin_frame(preferences_.has_motion ? input.seconds : std::nullopt);
  const bool has_menu = menu_ != Menu::none;
  Pen pen{canvas, palette(preferences_.theme), has_menu ? covered : controls_,
          has_menu ? Point{-1, -1} : input.mouse};
  pen.motion = &motion_;
  const Command asked = draw_screen(pen);
  panels_ = pen.panels;
  draw_tip(pen);
  Command chosen;
  if (has_menu) {
    Pen over{canvas, palette(preferences_.theme), controls_, input.mouse};
    chosen = draw_menus(over);
  }
  motion_.end_frame();
  controls_.end_frame();
  apply(asked);
  apply(chosen);
  if (!has_menu && !is_editing()) (void)keys(controls_.keys());
}

}  // namespace viz

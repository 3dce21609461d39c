// The app without a window: draws one frame after another from what the user did. A window and a
// picture maker both drive it.

#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "viz/app/shown_views.h"
#include "viz/draw/controls.h"
#include "viz/draw/typeface.h"
#include "viz/model/compare_study.h"
#include "viz/model/session.h"
#include "viz/model/tables.h"
#include "viz/panels/header.h"
#include "viz/panels/main_layout.h"
#include "viz/panels/pen.h"

namespace viz {

// By how much the user may enlarge what fits the window.
inline constexpr int kScaleStep = 5;                     // per cent
inline constexpr int kLeastScale = -10, kMostScale = 7;  // steps
static_assert(1 + 0.01f * kScaleStep * kMostScale <= kMostFactor + 0.001f);

// What is kept from one start to the next.
struct Preferences {
  Theme theme = Theme::dark;
  int scale_steps = 0;  // added to the scale that fits the window
  std::string lesson;   // its name
  bool has_motion = true;
  int width = 0, height = 0;  // of the window as it was; 0: not known
};

class App {
 public:
  App(std::vector<lesson::Lesson> lessons, SessionOptions, Preferences);

  // One frame. The canvas is cleared to background() before.
  void frame(Canvas&, const Input&);
  Color background() const { return palette(preferences_.theme).background; }
  // Takes what the workers have finished; true when something is new.
  bool poll();
  void wait();  // until nothing is running
  // Time passes while playing; true when something moved.
  bool pass(double seconds);
  // Whether the next frame looks different though nothing happens: a fill fades, an arrow grows.
  bool is_moving() const { return motion_.is_moving(); }
  // By how much what fits the window is enlarged: the user's wish, as far as the screen can.
  float factor() const;
  Tab tab() const { return tab_; }
  void on_news(const std::function<void()>& wake);
  const CompareStudy* study() const { return study_.get(); }
  const Preferences& preferences() const { return preferences_; }
  Session& session() { return session_; }
  const Session& session() const { return session_; }
  const Controls& controls() const { return controls_; }
  bool wants_to_quit() const { return wants_to_quit_; }
  // What the window has to do: set by a command, taken once.
  struct SaveText {
    const char* ending = "csv";
    std::string text;
  };
  struct CopyText {
    std::string text;
  };
  using Wish = std::variant<std::monostate, ExportPicture, SaveText, CopyText>;
  Wish take_wish() { return std::exchange(wish_, Wish{}); }

  void apply(const Command&);
  // What + and - do there is zoom.
  bool is_at_timeline() const;
  Command zoom_of_time(double notches) const;
  // While the program is edited, what is typed goes there.
  bool is_editing() const { return session_.screen() == Screen::editor; }
  void type(std::string_view text);
  // Of a letter with Ctrl; `pasted` is what the clipboard holds.
  void edit_by(char32_t letter, const std::string& pasted);
  void edit_by(Key);
  // Of the screen that is shown, the foremost first.
  std::vector<Table> tables() const { return tables_of(session_, study_.get()); }
  // As text. A problem: which tables there are.
  std::variant<std::string, Problem> table_text(const ExportTable&) const;
  // Of the frame drawn last.
  const std::vector<NamedPanel>& panels() const { return panels_; }

 private:
  Command draw_screen(Pen&);
  Command draw_main(Pen&);
  Command draw_computers(Pen&, const MainLayout&);
  void draw_tabs(Pen&, const MainLayout&, const ShownViews::Computers&);
  Command draw_next(Pen&, Rect);
  // What the solid button says and does where the question is not in view: to it, while it waits.
  std::pair<std::string, Command> next_step() const;
  MainLayout layout(const Pen&) const;
  float most_factor() const;
  void scale_by(int steps);
  Command draw_plug_screen(Pen&, const Player&);
  Command draw_steps_screen(Pen&, const Player&);
  Command draw_pages_screen(Pen&, const Player&);
  Command draw_beside_screen(Pen&);
  Command draw_time(Pen&);
  Command draw_editor_column(Pen&, Rect column);
  Command draw_compare_screen(Pen&);
  void open_comparison();
  Command draw_menus(Pen&);
  Command lessons_menu(Pen&);
  Command machine_menu(Pen&);
  Command help_menu(Pen&);
  Command compare_menu(Pen&);
  Command export_menu(Pen&);
  void export_table(const ExportTable&);
  void copy_table(const CopyTable&);
  Command keys(const std::vector<Key>&);
  HeaderView header_view() const;
  bool shows_beside() const {
    return session_.screen() == Screen::beside && session_.player() != nullptr;
  }

  Session session_;
  std::unique_ptr<CompareStudy> study_;  // of the lesson that is open
  std::string study_of_;
  std::function<void()> wake_;
  ShownViews shown_;
  Preferences preferences_;
  Controls controls_;
  Motion motion_;
  Tab tab_ = Tab::simulated;
  Menu menu_ = Menu::none;
  std::vector<NamedPanel> panels_;
  Wish wish_;
  bool wants_to_quit_ = false;
};

}  // namespace viz

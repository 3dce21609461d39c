// The app's state and what can be done with it: lessons, films, where the viewer stands, what was
// guessed. Commands go in, views come out. Knows no window.

#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "viz/model/aftermath_study.h"
#include "viz/model/beside_study.h"
#include "viz/model/commands.h"
#include "viz/model/computer_view.h"
#include "viz/model/lesson_pages.h"
#include "viz/model/source_view.h"
#include "viz/model/take.h"
#include "viz/model/text_edit.h"
#include "viz/model/timeline_view.h"
#include "viz/model/worker.h"

namespace viz {

struct SessionOptions {
  bool on_real = true;  // also run programs on this computer
};

class Session {
 public:
  // Requires: at least one lesson.
  explicit Session(std::vector<lesson::Lesson> lessons, SessionOptions = {});

  void apply(const Command&);
  // Takes what the worker has finished; true when something is new.
  bool poll();
  // Time passes while playing; true when something moved.
  bool pass(double seconds);
  // Until every run is done: for pictures and tests.
  void wait();
  // Called on another thread when poll() has something to take.
  void on_news(const std::function<void()>& wake) {
    worker_.on_finished(wake);
    aftermaths_.on_news(wake);
    besides_.on_news(wake);
  }

  // Where it stands.
  const std::vector<lesson::Lesson>& lessons() const { return lessons_; }
  std::size_t lesson() const { return lesson_; }
  std::size_t page() const { return page_; }
  const std::vector<LessonPage>& pages() const { return pages_; }
  const LessonPage& here() const { return pages_[page_]; }
  const Take& take() const { return takes_[page_]; }
  // None until the film is there.
  const Player* player() const { return player_ ? &*player_ : nullptr; }
  const Timeline& timeline() const { return timeline_; }
  // On the screen of all pages: what was clicked there.
  const std::optional<sim::PageName>& page_looked_at() const { return page_looked_at_; }
  const std::optional<std::uint32_t>& object_mapped() const { return object_mapped_; }
  Screen screen() const { return screen_; }
  bool is_playing() const { return is_playing_; }
  double accesses_a_second() const { return speed_; }
  bool is_busy() const { return worker_.is_busy(); }
  std::size_t micro_step() const { return micro_step_; }
  std::uint64_t draw_seed() const { return draw_seed_; }
  bool runs_here() const { return options_.on_real; }
  Disaster disaster() const { return disaster_; }
  // What becomes of the program after the disaster that is shown; null while it is computed, and
  // where it cannot be or need not be.
  const Aftermath* aftermath() const;
  // What stands side by side with the run, on that screen: null while it is being made, and where
  // it cannot be. By its name, as ChooseBeside takes it.
  const Beside* beside() const;
  const BesideStudy& beside_study() const { return besides_; }
  const std::string& beside_choice() const { return beside_choice_; }
  // Neither run that is shown goes on from here.
  bool is_over() const;
  // The program's text, as far as it was changed.
  TextEdit& edited() { return edited_; }
  const TextEdit& edited() const { return edited_; }
  bool is_edited() const { return edited_.text() != here().program.source; }

  // A question's guess: the index of a choice.
  std::optional<std::size_t> guess(std::size_t question) const;
  // The question that the moment is about, and whether it waits for an answer.
  std::optional<std::size_t> question() const;
  bool is_open(std::size_t question) const;

  // What the solid button does now.
  struct Next {
    enum class Kind : std::uint8_t {
      nothing,
      start,
      stop,
      run,
      find_out,
      page,
      lesson
    } kind = Kind::nothing;
    Tick to = 0;
    std::string label;
    bool is_ready = true;
    std::size_t page = 0;  // of Kind::page
  };
  Next next() const;

  // What went wrong, or was done, last: for the user.
  const std::string& message() const { return message_; }
  void tell(std::string text) { message_ = std::move(text); }

 private:
  void strike(Disaster);
  AftermathStudy::Key aftermath_key() const;
  void want_aftermath();
  // What has another meaning side by side; false: nothing has.
  bool apply_beside(const Command&);
  void choose_beside(const std::string& choice);
  bool is_beside_wanted() const;
  void want_beside();
  BesideJob beside_job() const;
  Beside* beside_to_move();
  bool step_beside(const StepBy&);
  bool play_beside(Tick due);
  void arrive();
  void open_lesson(std::size_t);
  void open_page(std::size_t);
  void start_film(std::size_t page);
  void stop_runs();
  void start_real(std::size_t page);
  void enter_film();
  void go(Tick);
  void step(const StepBy&);
  void seek_line(std::uint32_t line);
  void choose(std::size_t choice);
  void do_next();
  void run_edited();
  void keep_to_what_is_true();
  void set_machine(const std::string& assignment);
  std::optional<std::size_t> page_of(const std::string& program) const;
  Tick stop_before(Tick target) const;

  std::vector<lesson::Lesson> lessons_;
  SessionOptions options_;
  std::size_t lesson_ = 0, page_ = 0;
  std::vector<LessonPage> pages_;
  std::vector<Take> takes_;
  std::optional<Player> player_;
  Timeline timeline_;
  std::optional<sim::PageName> page_looked_at_;
  std::optional<std::uint32_t> object_mapped_;
  Screen screen_ = Screen::main;
  bool is_playing_ = false;
  double speed_ = 4;
  double since_step_ = 0;
  std::size_t micro_step_ = 0;
  std::uint64_t draw_seed_ = 1;
  Disaster disaster_ = Disaster::power_cut;
  TextEdit edited_;
  std::string message_;
  // By lesson's name, page and question.
  std::map<std::string, std::size_t> guesses_;
  AftermathStudy aftermaths_;
  std::string beside_choice_;
  BesideStudy besides_;
  Worker worker_;  // last: its jobs end before the rest goes
};

LessonView lesson_view(const Session&);

}  // namespace viz

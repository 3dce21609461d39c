// The program changed by the user, and the machine that it runs on.

#include "viz/model/beside_choice.h"
#include "viz/model/session.h"

namespace viz {

// The page's program is replaced, with all that came of it: programs after it start anew.
void Session::run_edited() {
  stop_runs();
  pages_[page_].program.source = edited_.text();
  keep_to_what_is_true();
  for (std::size_t p = page_; p < takes_.size(); ++p) takes_[p] = {};
  const TextEdit text = edited_;
  open_page(page_);
  edited_ = text;
  if (takes_[page_].error) screen_ = Screen::editor;
}

// What the lesson says and asks is about its own program on its own machine.
void Session::keep_to_what_is_true() {
  LessonPage original = pages_of(lessons_[lesson_])[page_];
  LessonPage& page = pages_[page_];
  const bool is_same_text = page.program.source == original.program.source;
  const bool is_same_machine = page.program.settings.machine == original.program.settings.machine;
  if (is_same_text && is_same_machine) {
    page.prose = original.prose;
    page.after = original.after;
    page.questions = original.questions;
    return;
  }
  page.prose =
      is_same_text
          ? "The same program on another machine. The lesson's questions are about its own."
          : "The program as you changed it. The lesson's questions are about its own.";
  page.after.clear();
  page.questions.clear();
}

void Session::set_machine(const std::string& assignment) {
  const auto settings = with_setting(here().program.settings, assignment);
  if (const auto* problem = std::get_if<std::string>(&settings)) return tell(*problem);
  pages_[page_].program.settings = std::get<session::Settings>(settings);
  run_edited();
}

}  // namespace viz

// Commands into changes of state.

#include "viz/model/session.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <thread>

#include "viz/model/overload.h"
#include "viz/model/words.h"

namespace viz {
Session::Session(std::vector<lesson::Lesson> lessons, SessionOptions options)
    : lessons_(std::move(lessons)), options_(options) {
  open_lesson(0);
}

void Session::apply(const Command& command) {
  if (apply_beside(command)) return want_beside();
  std::visit(
      Overload{
          [&](const OpenLesson& c) { open_lesson(std::min(c.lesson, lessons_.size() - 1)); },
          [&](const OpenPage& c) { open_page(std::min(c.page, pages_.size() - 1)); },
          [&](const StepBy& c) { step(c); },
          [&](const SeekTo& c) { go(c.tick); },
          [&](const SeekLine& c) { seek_line(c.line); },
          [&](const SeekEnd& c) {
            if (player_) go(c.is_end ? player_->film().ticks() : 0);
          },
          [&](const TogglePlay&) { is_playing_ = !is_playing_ && player_ && !is_over(); },
          [&](const ChangeSpeed& c) {
            speed_ = std::clamp(c.by > 0 ? speed_ * 2 : speed_ / 2, 0.5, 65536.0);
          },
          [&](const Choose& c) { choose(c.choice); },
          [&](const DoNext&) { do_next(); },
          [&](const Show& c) { screen_ = c.screen; },
          [&](const ShowOrLeave& c) { screen_ = screen_ == c.screen ? Screen::main : c.screen; },
          [&](const EditSource& c) { edited_ = TextEdit(c.text); },
          [&](const RunEdited&) { run_edited(); },
          [&](const CancelRun&) {
            stop_runs();
            message_ = "stopped";
          },
          [&](const SetMachine& c) { set_machine(c.assignment); },
          [&](const KillNow&) { strike(Disaster::kill); },
          [&](const PullPlug&) { strike(Disaster::power_cut); },
          [&](const FillDisk&) { strike(Disaster::disk_full); },
          [&](const EmptyFile&) { strike(Disaster::truncation); },
          [&](const DrawAgain&) { ++draw_seed_; },
          [&](const MicroStepTo& c) { micro_step_ = c.step; },
          [&](const ZoomTime& c) {
            if (player_) timeline_.zoom(player_->film(), c.place, c.notches);
          },
          [&](const ShowAllTime&) {
            if (player_) timeline_.show(player_->film(), {});
          },
          [&](const LookAtTime& c) {
            if (player_) timeline_.show(player_->film(), timeline_.window().around(c.x));
          },
          [&](const LookAtPage& c) {
            page_looked_at_ = c.page;
            screen_ = Screen::pages;
          },
          [&](const MapOnly& c) { object_mapped_ = c.object; },
          [](const auto&) {},  // the window's
      },
      command);
  want_aftermath();
  want_beside();
}

bool Session::poll() {
  const bool is_new = worker_.take_finished() > 0;
  if (is_new) want_aftermath();
  const bool is_beside_new = besides_.poll();
  if (is_new || is_beside_new) want_beside();
  return aftermaths_.poll() || is_new || is_beside_new;
}

void Session::wait() {
  while (worker_.is_busy() || aftermaths_.is_busy() || besides_.is_busy()) {
    if (!poll()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
}

bool Session::pass(double seconds) {
  if (!is_playing_ || !player_) return false;
  since_step_ += seconds;
  const auto due = static_cast<Tick>(since_step_ * speed_);
  if (due == 0) return false;
  since_step_ -= static_cast<double>(due) / speed_;
  if (play_beside(due)) return true;
  const Tick target = stop_before(std::min(player_->tick() + due, player_->film().ticks()));
  const bool moved = target != player_->tick();
  go(target);
  if (!moved || is_over()) is_playing_ = false;
  want_aftermath();
  return true;
}

void Session::open_lesson(std::size_t lesson) {
  worker_.cancel();
  lesson_ = lesson;
  pages_ = pages_of(lessons_[lesson_]);
  takes_.assign(pages_.size(), {});
  beside_choice_.clear();
  open_page(0);
}

void Session::open_page(std::size_t page) {
  if (page != page_) beside_choice_.clear();
  page_ = page;
  player_.reset();
  is_playing_ = false;
  if (screen_ != Screen::beside) screen_ = Screen::main;
  message_.clear();
  edited_ = TextEdit(here().program.source);
  start_film(page);
}

// What was under way can be started again.
void Session::stop_runs() {
  worker_.cancel();
  for (Take& take : takes_) {
    if (take.stage == Take::Stage::filming) take = {};
    if (take.stage == Take::Stage::filmed) take.is_real_asked = false;
  }
}

std::optional<std::size_t> Session::page_of(const std::string& program) const {
  for (std::size_t p = 0; p < pages_.size(); ++p) {
    if (pages_[p].program.name == program) return p;
  }
  return std::nullopt;
}

// The program before it comes first: it leaves the files.
void Session::start_film(std::size_t page) {
  Take& take = takes_[page];
  if (take.stage == Take::Stage::filmed || take.stage == Take::Stage::complete) {
    if (page == page_) enter_film();
    if (!take.is_real_asked) start_real(page);
    return;
  }
  if (take.stage == Take::Stage::filming) return;
  const LessonPage& at = pages_[page];
  const auto before = at.program.after.empty() ? std::nullopt : page_of(at.program.after);
  if (before) start_film(*before);
  if (before && takes_[*before].stage == Take::Stage::failed) {
    take.stage = Take::Stage::failed;
    take.failed_before = before;
    return;
  }
  auto compiled = session::compile_program(at.program.source, at.program.name + ".py");
  if (const auto* bad = std::get_if<python::CompileProblem>(&compiled)) {
    take.stage = Take::Stage::failed;
    take.error = SourceError{bad->line, bad->column, bad->message};
    return;
  }
  take.program = std::get<python::Program>(std::move(compiled));
  take.stage = Take::Stage::filming;
  auto film = std::make_shared<std::shared_ptr<const Film>>();
  const auto progress = std::make_shared<std::atomic<std::uint64_t>>(0);
  take.progress = progress;
  take.begun = std::chrono::steady_clock::now();
  // Pages and takes stay where they are until the worker was cancelled.
  worker_.submit(
      [this, &take, &at, before, film, progress](const Worker::Unwanted& unwanted) {
        session::Files files;
        if (before && takes_[*before].film) files = takes_[*before].film->played().left.files;
        *film = make_film({.program = *take.program,
                           .settings = at.program.settings,
                           .files = std::move(files),
                           .interrupted =
                               [&](std::uint64_t touches) {
                                 *progress = touches;
                                 return unwanted();
                               },
                           .stop = at.program.stop});
        // The next job on this thread may start from it.
        take.film = *film;
      },
      [this, &take, page] {
        take.stage = Take::Stage::filmed;
        for (const lesson::Prediction& question : pages_[page].questions) {
          take.asked.push_back(ask(question, *take.film));
        }
        if (page == page_) enter_film();
        start_real(page);
      });
}

void Session::start_real(std::size_t page) {
  Take& take = takes_[page];
  const LessonPage& at = pages_[page];
  if (!options_.on_real || at.program.on == lesson::ProgramBlock::Computers::simulated) return;
  const auto before = at.program.after.empty() ? std::nullopt : page_of(at.program.after);
  take.is_real_asked = true;
  auto real = std::make_shared<std::shared_ptr<const RealTake>>();
  const bool is_cut = at.program.stop && at.program.stop->how == session::Stop::How::power_cut;
  worker_.submit(
      [this, &take, &at, before, real, is_cut](const Worker::Unwanted& unwanted) {
        if (is_cut) return;  // this computer's power is not cut
        session::Files files;
        if (before && takes_[*before].film) files = takes_[*before].film->played().left.files;
        *real = make_real_take({.program = *take.program,
                                .settings = at.program.settings,
                                .files = std::move(files),
                                .film = *take.film,
                                .interrupted = unwanted,
                                .stop = at.program.stop});
      },
      [&take, real] {
        take.real = *real;
        take.stage = Take::Stage::complete;
      });
}

void Session::enter_film() {
  player_.emplace(takes_[page_].film);
  timeline_ = Timeline(player_->film());
  page_looked_at_.reset();
  object_mapped_.reset();
}

void Session::go(Tick tick) {
  message_.clear();
  if (!player_) return;
  player_->go(std::min(tick, player_->film().ticks()));
  if (Beside* beside = beside_to_move()) beside->follow(*player_);
  arrive();
}

void Session::arrive() {
  micro_step_ = 0;
  timeline_.follow(player_->film(), player_->tick());
}

void Session::step(const StepBy& c) {
  if (!player_) return;
  is_playing_ = false;
  go(after_step(*player_, c));
}

void Session::seek_line(std::uint32_t line) {
  if (!player_) return;
  if (const auto tick = next_run_of(*player_, line)) go(*tick);
}

void Session::choose(std::size_t choice) {
  const auto q = question();
  if (!q || !is_open(*q) || choice >= here().questions[*q].choices.size()) return;
  guesses_[fmt::format("{}/{}/{}", lessons_[lesson_].name, here().program.name, *q)] = choice;
}

std::optional<std::size_t> Session::guess(std::size_t q) const {
  const auto found =
      guesses_.find(fmt::format("{}/{}/{}", lessons_[lesson_].name, here().program.name, q));
  if (found == guesses_.end()) return std::nullopt;
  return found->second;
}

bool Session::is_open(std::size_t q) const {
  const Asked& asked = take().asked[q];
  return player_ && player_->tick() >= asked.at && player_->tick() < asked.reveal;
}

// One that waits comes first, then the answer that has just come out, then what is guessed and told
// next, then the last that was told.
std::optional<std::size_t> Session::question() const {
  std::optional<std::size_t> guessed, told;
  for (std::size_t q = 0; player_ && q < take().asked.size(); ++q) {
    const Tick reveal = take().asked[q].reveal;
    if (is_open(q) && !guess(q)) return q;
    if (is_open(q) && (!guessed || reveal < take().asked[*guessed].reveal)) guessed = q;
    if (player_->tick() >= reveal && (!told || reveal >= take().asked[*told].reveal)) told = q;
  }
  const bool is_new = told && player_->tick() == take().asked[*told].reveal;
  return guessed && !is_new ? guessed : told;
}

// Not past a question that waits for its answer.
Tick Session::stop_before(Tick target) const {
  if (screen_ == Screen::beside) return target;  // it has no questions
  for (std::size_t q = 0; q < take().asked.size(); ++q) {
    const Asked& asked = take().asked[q];
    const bool is_ahead = player_->tick() < asked.at || (player_->tick() == asked.at && !guess(q));
    if (is_ahead && !guess(q)) target = std::min(target, std::max(asked.at, player_->tick()));
  }
  return target;
}

Session::Next Session::next() const {
  if (!player_ && take().stage == Take::Stage::waiting) {
    return {Next::Kind::start, 0, "Run the program", true};
  }
  if (const auto before = take().failed_before) {
    return {Next::Kind::page, 0, fmt::format("Go to: {}", pages_[*before].title), true, *before};
  }
  if (!player_ && take().error) return {Next::Kind::nothing, 0, "Edit the program", false};
  if (!player_) {
    // Not under the hand of who presses on to the next program.
    constexpr auto kLong = std::chrono::milliseconds(700);
    const bool is_long = std::chrono::steady_clock::now() - take().begun > kLong;
    return {Next::Kind::stop, 0, is_long ? "Stop the run" : "Running …", is_long};
  }
  const Film& film = player_->film();
  const Tick now = player_->tick();
  if (const auto q = question(); q && is_open(*q)) {
    const std::size_t v = film.next_visit(now);
    const bool has_line = v < film.visits().size();
    const Tick reveal = take().asked[*q].reveal;
    const Tick to = guess(*q) ? stop_before(reveal) : reveal;
    if (to < reveal) return {Next::Kind::run, to, "Run on to the question", true};
    return {Next::Kind::find_out, to,
            has_line ? fmt::format("Run line {} and find out", film.visits()[v].line)
                     : std::string("Find out"),
            guess(*q).has_value()};
  }
  if (now >= film.ticks()) {
    if (page_ + 1 < pages_.size()) {
      return {Next::Kind::page, 0, fmt::format("Next: {}", pages_[page_ + 1].title), true,
              page_ + 1};
    }
    const std::size_t following = (lesson_ + 1) % lessons_.size();
    return {Next::Kind::lesson, 0, fmt::format("Next lesson: {}", lessons_[following].title), true};
  }
  // Line by line at first; a loop's later turns in one go.
  std::size_t v = film.next_visit(now);
  if (now > 0 && !player_->is_at_line_end()) v = film.visit_at(now);
  const std::size_t first = v;
  while (v + 1 < film.visits().size() && film.visits()[v].turn > 1) ++v;
  const Tick end = film.after(v).first_tick;
  const Tick to = stop_before(end);
  const std::uint32_t line = film.visits()[v].line;
  std::string label =
      v == first ? fmt::format("Run line {}", line) : fmt::format("Run on through line {}", line);
  if (v + 1 == film.visits().size() && v != first) label = "Run to the end";
  if (to < end) label = "Run on to the question";
  return {Next::Kind::run, to, label, true};
}

void Session::do_next() {
  const Next next = this->next();
  if (!next.is_ready) return;
  is_playing_ = false;
  switch (next.kind) {
    case Next::Kind::nothing: break;
    case Next::Kind::start: open_page(page_); break;
    case Next::Kind::stop: apply(CancelRun{}); break;
    case Next::Kind::run:
    case Next::Kind::find_out: go(next.to); break;
    case Next::Kind::page: open_page(next.page); break;
    case Next::Kind::lesson: open_lesson((lesson_ + 1) % lessons_.size()); break;
  }
}

}  // namespace viz

// Runs the program on a computer that is recorded, and notes where each line begins.

#include <fmt/format.h>

#include "scenarios/session/conductor.h"
#include "viz/model/film.h"

namespace viz {
namespace {

std::span<const std::byte> bytes_of(const std::string& text) {
  return std::as_bytes(std::span(text.data(), text.size()));
}

}  // namespace

// What a run tells goes on to the session's recorder, which makes the steps that are compared.
class FilmMaker final : public session::RunSink {
 public:
  FilmMaker(Film& film, const FilmJob& job)
      : film_(film),
        steps_(session::ComputerKind::simulated, job.settings.machine, job.settings.max_steps) {
    film_.settings_ = job.settings;
    film_.source_ = job.program.lines;
    sim::Machine machine(job.settings.machine);
    for (const auto& [name, bytes] : job.files) {
      SIM_CHECK(machine.install_file(name, bytes_of(bytes)).ok());  // plain names
    }
    film_.recording_ = std::make_unique<Recording>(machine);
  }

  void make(const FilmJob&);

  void line_begins(std::uint32_t line) override {
    waiting_.reset();
    open_visit(here(line));
    steps_.line_begins(line);
  }
  void line_goes_on(std::uint32_t line) override {
    waiting_ = here(line);
    waiting_->goes_on = true;
    steps_.line_goes_on(line);
  }
  void happened(std::span<const sim::Event>) override;
  void printed(session::Stream stream, std::string_view text) override {
    if (stream == session::Stream::out) resume();
    film_.output_ += text;
    steps_.printed(stream, text);
  }
  void file_now(std::string_view name, const session::FileTruths& truths) override {
    steps_.file_now(name, truths);
  }
  void observed(const sim::Observation& seen) override { steps_.observed(seen); }
  void named(std::uint32_t object, std::string_view name) override { steps_.named(object, name); }
  void array(std::string_view variable, const numpy::ArrayLook& look) override;
  void note(const session::Note& note) override { steps_.note(note); }
  void file(std::string_view name, const session::FileTruths& truths) override {
    steps_.file(name, truths);
  }
  void ended(const session::Ending& ending) override { steps_.ended(ending); }

 private:
  std::uint64_t bytes_taken() const;
  bool make_room(std::uint64_t most_bytes);
  Visit here(std::uint32_t line) const;
  void open_visit(Visit);
  void resume() {
    if (waiting_) open_visit(*std::exchange(waiting_, std::nullopt));
  }

  Film& film_;
  session::Recorder steps_;
  std::optional<Visit> waiting_;  // of a line that goes on, until something happens in it
  std::unordered_map<std::uint32_t, LineFigures> lines_;
  std::unordered_map<std::uint32_t, std::uint64_t> turns_;
  real::EvictionList evictions_;
  std::uint64_t ns_ = 0;
  bool is_over_ = false;  // the program's last line has run
};

// What grows with the run, roughly.
std::uint64_t FilmMaker::bytes_taken() const {
  return film_.recording_->log().capacity() + film_.visits_.capacity() * sizeof(Visit) +
         film_.events_.capacity() * (sizeof(sim::Event) + sizeof(std::uint64_t)) +
         film_.history_.capacity() + film_.output_.capacity();
}

// What was stored is forgotten first, oldest first and a quarter at a time. False: nothing is left
// to forget.
bool FilmMaker::make_room(std::uint64_t most_bytes) {
  const std::uint64_t taken = bytes_taken();
  if (taken <= most_bytes) return true;
  film_.recording_->forget_contents(taken - most_bytes + most_bytes / 4);
  return bytes_taken() <= most_bytes;
}

Visit FilmMaker::here(std::uint32_t line) const {
  Visit visit;
  visit.line = line;
  visit.begin = film_.recording_->end();
  visit.first_event = film_.events_.size();
  visit.begin_ns = ns_;
  visit.dirty_before = film_.history_.dirty_file_pages();
  visit.output_before = film_.output_.size();
  if (!film_.visits_.empty()) {
    const Visit& last = film_.visits_.back();
    visit.first_tick =
        last.first_tick + std::max<std::uint64_t>(1, visit.begin.touch - last.begin.touch);
  }
  return visit;
}

void FilmMaker::open_visit(Visit visit) {
  if (is_over_) return;
  if (visit.line == 0) {  // what the interpreter does at its end is not part of the film
    film_.end_ = visit;
    is_over_ = true;
    return;
  }
  std::uint64_t& turns = turns_[visit.line];
  if (!visit.goes_on) ++turns;
  visit.turn = turns;
  visit.line_before = lines_[visit.line];
  film_.visits_of_[visit.line].push_back(film_.visits_.size());
  film_.visits_.push_back(visit);
}

void FilmMaker::happened(std::span<const sim::Event> events) {
  steps_.happened(events);
  evictions_.take(events);
  if (is_over_ || events.empty()) return;
  resume();
  for (const sim::Event& e : events) {
    ns_ += sim::cost_of(e).count;
    film_.history_.take(e, film_.events_.size());
    if (e.kind == sim::EventKind::access || e.kind == sim::EventKind::tlb_miss) continue;
    if (!film_.visits_.empty()) lines_[film_.visits_.back().line].add(e);
    film_.totals_.add(e);
    film_.events_.push_back(e);
    film_.event_ns_.push_back(ns_);
  }
}

void FilmMaker::array(std::string_view variable, const numpy::ArrayLook& look) {
  if (!film_.visits_.empty()) {
    film_.arrays_.push_back({film_.visits_.size() - 1, std::string(variable), look});
  }
}

void FilmMaker::make(const FilmJob& job) {
  Recording& recording = *film_.recording_;
  session::EventRelay relay(*this);
  sim::EventStream events(relay);
  recording.machine().attach(&events);
  bool is_full = false;
  conduct({.program = job.program,
           .computer = recording.computer(),
           .events = events,
           .sink = *this,
           .budget = {job.settings.max_steps, job.settings.max_time},
           .interrupted =
               [&] {
                 is_full = !make_room(job.most_bytes);
                 return is_full || job.interrupted(recording.end().touch);
               },
           .stop = job.stop},
          relay);
  recording.machine().attach(nullptr);
  if (!is_over_) film_.end_ = here(0);
  film_.ticks_ = film_.end_.first_tick;
  sim::Machine last = recording.machine();
  std::optional<session::PowerCut> cut;
  if (steps_.run().ending.kind == session::EndKind::power_cut) {
    cut = session::describe(last.after_power_cut(), job.settings.machine.seed);
  }
  last.exit();  // what a killed process leaves
  film_.played_ = session::played(steps_.take(), session::files_left(last));
  film_.played_.run.power_cut = std::move(cut);
  film_.played_.evictions = std::move(evictions_);
  if (is_full) {
    film_.played_.run.ending.message = fmt::format(
        "the recording stops here: it holds {} MiB, the most it may", job.most_bytes >> 20);
  }
}

std::shared_ptr<const Film> make_film(const FilmJob& job) {
  auto film = std::make_shared<Film>();
  FilmMaker(*film, job).make(job);
  return film;
}

}  // namespace viz

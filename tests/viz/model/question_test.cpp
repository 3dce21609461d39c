// A question is asked before anything gives its answer away, and the answer is the run's.

#include <doctest/doctest.h>

#include "tests/viz/model/films.h"
#include "viz/model/lesson_pages.h"
#include "viz/model/question.h"

namespace {

using namespace viz;
using viz_tests::film_of;
using viz_tests::script;

lesson::Prediction about(const std::string& pointer) {
  return {.question = "?", .choices = {}, .of = "", .answer = pointer, .because = ""};
}

constexpr const char* kMajor = "/computers/0/totals/faults/major";
constexpr const char* kFlush = "/computers/0/totals/write_backs/flush";

TEST_CASE("faults are asked for before the line that takes them, and told after it") {
  const auto film = film_of(script("change a map"));
  const Asked asked = ask(about(kMajor), *film);
  CHECK(asked.at == film->tick_of({.line = 3}));
  CHECK(asked.reveal == film->tick_of({.line = 4}));
  CHECK(asked.answer == "1");
}

TEST_CASE("write-backs are asked for before the flush") {
  const auto film = film_of(script("change a map"));
  const Asked asked = ask(about(kFlush), *film);
  CHECK(asked.at == film->tick_of({.line = 4}));
  CHECK(asked.reveal == film->ticks());
  CHECK(asked.answer == "1");
}

TEST_CASE("write-backs by eviction are no reason to ask for those by flush") {
  const auto film = film_of(script("evict a file"));
  CHECK(film->run().totals.write_backs[static_cast<int>(sim::WriteBackReason::eviction)] > 0);
  const Asked flush = ask(about(kFlush), *film);
  CHECK(flush.at == film->tick_of({.line = 7}));
  CHECK(ask(about("/computers/0/totals/write_backs/eviction"), *film).at < flush.at);
}

TEST_CASE("what lines do not add up to is asked for before the last line") {
  const auto film = film_of(script("change a map"));
  const Asked asked = ask(about("/computers/0/files/data.bin/program_size"), *film);
  CHECK(asked.at == film->visits().back().first_tick);
  CHECK(asked.reveal == film->ticks());
  CHECK(asked.answer == "16");
}

TEST_CASE("a question that the run has no answer to says so") {
  CHECK(ask(about("/no/such"), *film_of(script("change a map"))).answer == "not known");
}

TEST_CASE("law: before the question nothing of the figure is there, at the end all of it") {
  for (const viz_tests::Script& s : viz_tests::scripts()) {
    CAPTURE(s.name);
    const auto film = film_of(s);
    const Asked asked = ask(about(kMajor), *film);
    CHECK(asked.at < asked.reveal);
    CHECK(asked.reveal <= film->ticks());
    CHECK(film->totals(asked.at).major == 0);
    CHECK(std::to_string(film->totals(asked.reveal).major) == asked.answer);
  }
}

TEST_CASE("law: each question of each shipped lesson stands on the page of its program") {
  for (const lesson::Shipped& text : lesson::shipped_lessons()) {
    CAPTURE(text.name);
    const auto parsed = lesson::parse(text.name, text.text);
    const auto& lesson = std::get<lesson::Lesson>(parsed);
    std::size_t asked = 0, found = 0;
    for (const lesson::Block& block : lesson.blocks) {
      if (std::holds_alternative<lesson::Prediction>(block)) ++asked;
    }
    for (const LessonPage& page : pages_of(lesson)) {
      CHECK_FALSE(page.title.empty());
      for (const lesson::Prediction& question : page.questions) {
        CHECK(question.of == page.program.name);
        ++found;
      }
    }
    CHECK(found == asked);
  }
}

}  // namespace

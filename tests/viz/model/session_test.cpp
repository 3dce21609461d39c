// What a user can do without a window: open, step, answer, edit, stop, change the machine.

#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>
#include <thread>

#include "tests/viz/model/lessons.h"

namespace {

using namespace viz;

using viz_tests::kSimulatedOnly;
using viz_tests::open;
using viz_tests::shipped;

void edit(Session& session, const std::string& source) {
  session.apply(EditSource{source});
  session.apply(RunEdited{});
  session.wait();
}

TEST_CASE("it opens on the first lesson, with one thing to do") {
  Session session(shipped(), kSimulatedOnly);
  session.wait();
  CHECK(session.lesson() == 0);
  CHECK(session.page() == 0);
  REQUIRE(session.player() != nullptr);
  CHECK(session.player()->tick() == 0);
  CHECK(session.next().kind == Session::Next::Kind::run);
  CHECK(session.next().is_ready);
  CHECK(lesson_view(session).action == "Run line 1");
}

TEST_CASE("a step by access and one back, a step by line and one back, lead to where they began") {
  Session session(shipped(), kSimulatedOnly);
  open(session, "three-programs", "program-3");
  const Film& film = session.player()->film();
  using enum StepBy::Unit;
  for (Tick tick = 0; tick < film.ticks(); ++tick) {
    CHECK(session.player()->tick() == tick);
    session.apply(StepBy{access, 1});
    session.apply(StepBy{access, -1});
    CHECK(session.player()->tick() == tick);
    session.apply(StepBy{access, 1});
  }
  session.apply(StepBy{access, 1});
  CHECK(session.player()->tick() == film.ticks());
  session.apply(SeekEnd{false});
  session.apply(StepBy{access, -1});
  CHECK(session.player()->tick() == 0);
  std::vector<Tick> stops;
  for (std::size_t v = 0; v < film.visits().size(); ++v) {
    stops.push_back(session.player()->tick());
    session.apply(StepBy{line, 1});
    CHECK(session.player()->tick() == film.after(v).first_tick);
  }
  for (; !stops.empty(); stops.pop_back()) {
    session.apply(StepBy{line, -1});
    CHECK(session.player()->tick() == stops.back());
  }
}

TEST_CASE("a line that is clicked is gone to, turn after turn, and then the first again") {
  Session session(shipped(), kSimulatedOnly);
  open(session, "more-pages-than-frames", "eight-frames");
  const Film& film = session.player()->film();
  const auto& visits = film.visits_of(5);
  REQUIRE(visits.size() == 30);
  for (const std::size_t v : visits) {
    session.apply(SeekLine{5});
    CHECK(session.player()->tick() == film.after(v).first_tick);
  }
  session.apply(SeekLine{5});
  CHECK(session.player()->tick() == film.after(visits.front()).first_tick);
  const Tick here = session.player()->tick();
  session.apply(SeekLine{99});
  CHECK(session.player()->tick() == here);
}

TEST_CASE("commands beyond the ends stop at the ends") {
  Session session(shipped(), kSimulatedOnly);
  session.apply(StepBy{});  // before there is a film
  session.apply(SeekTo{5});
  session.apply(SeekLine{1});
  session.apply(TogglePlay{});
  session.apply(Choose{0});
  session.apply(DoNext{});
  CHECK_FALSE(session.is_playing());
  session.wait();
  session.apply(SeekTo{1'000'000});
  CHECK(session.player()->tick() == session.player()->film().ticks());
  session.apply(OpenPage{1000});
  CHECK(session.page() + 1 == session.pages().size());
  session.apply(OpenLesson{1000});
  CHECK(session.lesson() + 1 == session.lessons().size());
  session.wait();
}

TEST_CASE("the one button leads through each shipped lesson to its end, questions and all") {
  Session session(shipped(), kSimulatedOnly);
  for (std::size_t l = 0; l < session.lessons().size(); ++l) {
    CAPTURE(session.lessons()[l].name);
    REQUIRE(session.lesson() == l);
    std::size_t questions = 0, answered = 0;
    for (const LessonPage& page : session.pages()) questions += page.questions.size();
    int presses = 0;
    for (; session.lesson() == l && presses < 500; ++presses) {
      session.wait();
      CAPTURE(session.page());
      CAPTURE(lesson_view(session).question.question);
      REQUIRE(session.player() != nullptr);
      if (!session.next().is_ready) {
        const auto q = session.question();
        REQUIRE(q);
        const LessonView view = lesson_view(session);
        CHECK(view.question.is_open);
        for (const ChoiceView& choice : view.question.choices) CHECK_FALSE(choice.is_answer);
        session.apply(Choose{0});
        REQUIRE(session.guess(*q) == std::size_t{0});
        ++answered;
      }
      REQUIRE(session.next().is_ready);
      const bool finds_out = session.next().kind == Session::Next::Kind::find_out;
      const Tick before = session.player()->tick();
      const std::size_t page = session.page();
      session.apply(DoNext{});
      if (session.lesson() != l || session.page() != page) continue;
      CHECK(session.player()->tick() > before);
      if (!finds_out) continue;
      const LessonView view = lesson_view(session);
      if (view.question.is_open) continue;  // the next one is due already
      const auto is_answer = [](const ChoiceView& c) { return c.is_answer; };
      CHECK(std::count_if(view.question.choices.begin(), view.question.choices.end(), is_answer) ==
            1);
    }
    CHECK(presses < 500);
    CHECK(answered == questions);
    if (l + 1 == session.lessons().size()) break;
  }
}

TEST_CASE("a choice that the question does not have is not taken") {
  Session session(shipped(), kSimulatedOnly);
  open(session, "three-programs", "program-1");
  session.apply(SeekTo{session.take().asked.front().at});
  REQUIRE(session.question() == std::size_t{0});
  REQUIRE(session.here().questions.front().choices.size() == 2);
  session.apply(Choose{3});
  CHECK_FALSE(session.guess(0));
  session.apply(Choose{1});
  CHECK(session.guess(0) == std::size_t{1});
}

TEST_CASE("playing goes on by time, stops before a question, and at the end") {
  Session session(shipped(), kSimulatedOnly);
  open(session, "three-programs", "program-3");
  CHECK_FALSE(session.pass(10));
  session.apply(TogglePlay{});
  CHECK(session.is_playing());
  CHECK_FALSE(session.pass(0.1));  // at four accesses a second
  CHECK(session.pass(0.2));
  CHECK(session.player()->tick() == 1);
  (void)session.pass(100);
  CHECK(session.player()->tick() == session.take().asked.front().at);
  (void)session.pass(100);
  CHECK_FALSE(session.is_playing());
  session.apply(Choose{0});
  session.apply(SeekTo{session.take().asked.back().at});
  session.apply(Choose{0});
  session.apply(TogglePlay{});
  for (int i = 0; i < 5; ++i) (void)session.pass(100);
  CHECK(session.player()->tick() == session.player()->film().ticks());
  CHECK_FALSE(session.is_playing());
}

TEST_CASE("an edited program runs in place of the lesson's, and those after it on its files") {
  Session session(shipped(), kSimulatedOnly);
  open(session, "three-programs", "program-1");
  edit(session,
       "import numpy as np\nnp.arange(8, dtype=np.int32).tofile('data.bin')\nprint('hello')\n");
  REQUIRE(session.player() != nullptr);
  CHECK(session.player()->film().output() == "hello\n");
  session.apply(OpenPage{1});
  session.wait();
  REQUIRE(session.player() != nullptr);
  CHECK(session.player()->film().played().left.files.at("data.bin").size() == 64);
}

TEST_CASE("a syntax error is told with its line, and put right the program runs again") {
  Session session(shipped(), kSimulatedOnly);
  session.wait();
  const std::string good = session.here().program.source;
  edit(session, "import numpy as np\nx = 1\ny = = 2\n");
  CHECK(session.player() == nullptr);
  REQUIRE(session.take().error);
  CHECK(session.take().error->line == 3);
  CHECK_FALSE(session.take().error->message.empty());
  const LessonView view = lesson_view(session);
  REQUIRE(view.lines.size() == 3);
  CHECK(view.lines[2].is_wrong);
  CHECK_FALSE(view.is_action_ready);
  edit(session, good);
  CHECK_FALSE(session.take().error);
  CHECK(session.player() != nullptr);
}

TEST_CASE("a program whose files another was to leave says so while that one has an error") {
  Session session(shipped(), kSimulatedOnly);
  open(session, "three-programs", "program-1");
  const std::string good = session.here().program.source;
  edit(session, "x = (\n");
  REQUIRE(session.take().error);
  session.apply(OpenPage{1});
  REQUIRE(session.here().program.after == "program-1");
  CHECK(session.player() == nullptr);
  REQUIRE(session.take().failed_before);
  CHECK(session.pages()[*session.take().failed_before].program.name == "program-1");
  CHECK(lesson_view(session).prose.find("program-1") != std::string::npos);
  CHECK(lesson_view(session).is_action_ready);
  session.apply(DoNext{});
  CHECK(session.here().program.name == "program-1");
  CHECK(session.take().error);
  edit(session, good);
  session.apply(OpenPage{1});
  session.wait();
  REQUIRE(session.player() != nullptr);
  CHECK(session.player()->film().ticks() > 1);
}

TEST_CASE("an empty program runs, and is over") {
  Session session(shipped(), kSimulatedOnly);
  session.wait();
  edit(session, "");
  REQUIRE(session.player() != nullptr);
  CHECK(session.player()->film().ticks() == 0);
  CHECK(lesson_view(session).lines.empty());
  session.apply(StepBy{});
  session.apply(SeekEnd{true});
  CHECK(session.next().kind == Session::Next::Kind::page);
}

class Stopwatch {
 public:
  double seconds() const {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
  }

 private:
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

void start_endless(Session& session) {
  session.wait();
  session.apply(EditSource{"while True:\n    pass\n"});
  session.apply(RunEdited{});
  std::this_thread::sleep_for(std::chrono::milliseconds(50));  // so that it runs
  REQUIRE(session.is_busy());
}

TEST_CASE("an endless program blocks nothing: another lesson opens within a second") {
  Session session(shipped(), kSimulatedOnly);
  start_endless(session);
  const Stopwatch watch;
  session.apply(OpenLesson{1});
  session.wait();
  CHECK(watch.seconds() < 1);
  CHECK(session.player() != nullptr);
  CHECK(session.pages()[0].program.source.find("while True") == std::string::npos);
}

TEST_CASE("a long run tells how far it is, and the one button stops it") {
  Session session(shipped(), kSimulatedOnly);
  session.wait();
  session.apply(SetMachine{"max_steps=10G"});  // the usual budget is spent within a second
  session.wait();
  session.apply(EditSource{"import numpy as np\na = np.zeros(4096)\nwhile True:\n    a[:] = 1\n"});
  session.apply(RunEdited{});
  CHECK_FALSE(session.next().is_ready);  // it may be over in a moment
  std::this_thread::sleep_for(std::chrono::milliseconds(900));
  REQUIRE(session.take().progress);
  const std::uint64_t some = session.take().progress->load();
  CHECK(some > 0);
  CHECK(session.next().kind == Session::Next::Kind::stop);
  REQUIRE(session.next().is_ready);
  std::this_thread::sleep_for(std::chrono::milliseconds(100));
  CHECK(session.take().progress->load() > some);
  session.apply(DoNext{});
  CHECK_FALSE(session.is_busy());
  CHECK(session.next().kind == Session::Next::Kind::start);
  CHECK(session.message() == "stopped");
}

TEST_CASE("a run that is cancelled is over within a second, and can be started again") {
  Session session(shipped(), kSimulatedOnly);
  const std::string good = session.here().program.source;
  start_endless(session);
  const Stopwatch watch;
  session.apply(CancelRun{});
  CHECK(watch.seconds() < 1);
  CHECK_FALSE(session.is_busy());
  CHECK(session.message() == "stopped");
  CHECK(lesson_view(session).action == "Run the program");
  session.apply(DoNext{});
  CHECK(session.is_busy());
  session.apply(EditSource{good});
  session.apply(RunEdited{});
  session.wait();
  CHECK(session.player() != nullptr);
}

TEST_CASE("a machine's setting is tried at once, and a bad one is told and changes nothing") {
  Session session(shipped(), kSimulatedOnly);
  open(session, "more-pages-than-frames", "eight-frames");
  const auto major = [&] {
    const Film& film = session.player()->film();
    return film.totals(film.ticks()).major;
  };
  CHECK(major() == 20);
  for (const char* bad : {"frames=many", "frames", "colour=red", "policy=best"}) {
    CAPTURE(bad);
    session.apply(SetMachine{bad});
    session.wait();
    CHECK_FALSE(session.message().empty());
    CHECK(major() == 20);
  }
  session.apply(SetMachine{"frames=10"});
  session.wait();
  CHECK(session.message().empty());
  CHECK(major() == 0);
}

TEST_CASE("disasters are shown at the moment that was gone to, and leave it as it is") {
  Session session(shipped(), kSimulatedOnly);
  open(session, "three-programs", "program-3");
  session.apply(SeekTo{4});
  session.apply(KillNow{});
  CHECK(session.screen() == Screen::plug);
  CHECK(session.disaster() == Disaster::kill);
  session.apply(PullPlug{});
  CHECK(session.disaster() == Disaster::power_cut);
  const auto seed = session.draw_seed();
  session.apply(DrawAgain{});
  CHECK(session.draw_seed() != seed);
  session.apply(Show{Screen::main});
  CHECK(session.screen() == Screen::main);
  CHECK(session.player()->tick() == 4);
}

TEST_CASE(
    "this computer agrees with the simulated one at the end of every line of program 1 to 3") {
  Session session(shipped());
  for (const char* program : {"program-1", "program-2", "program-2-seek", "program-3"}) {
    CAPTURE(program);
    open(session, "three-programs", program);
    REQUIRE(session.take().stage == Take::Stage::complete);
    REQUIRE(session.take().real);
    REQUIRE(session.take().real->why_not == "");
    CHECK(session.take().real->agreement.unexplained.empty());
    const Film& film = session.player()->film();
    for (std::size_t v = 0; v < film.visits().size(); ++v) {
      CAPTURE(film.visits()[v].line);
      session.apply(SeekTo{film.after(v).first_tick});
      const AgreementView view = agreement_view(*session.player(), session.take().real.get());
      CHECK(view.verdict.starts_with("all "));
      for (const FigureView& figure : view.figures) {
        CAPTURE(figure.label);
        CHECK(figure.simulated == figure.real);
      }
    }
  }
}

}  // namespace

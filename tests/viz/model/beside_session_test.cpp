// Side by side in a session: what is chosen is made, and what moves the one run moves the other.

#include <set>

#include "tests/viz/model/lessons.h"
#include "viz/model/beside_choice.h"
#include "viz/model/beside_view.h"
#include "viz/model/tables.h"

namespace {

using namespace viz;
using viz_tests::kSimulatedOnly;
using viz_tests::open;
using viz_tests::shipped;

constexpr MapRoom kRoom{576, 78, 3, 16};

void put_beside(Session& session, const std::string& choice) {
  session.apply(Show{Screen::beside});
  session.apply(ChooseBeside{choice});
  session.wait();
  REQUIRE(session.beside() != nullptr);
}

void check_same_access(const Session& session) {
  CHECK(session.beside()->right().tick() == session.player()->tick());
}

TEST_CASE("the next program stands beside, at the last one the program before") {
  Session session(shipped(), kSimulatedOnly);
  open(session, "more-pages-than-frames", "eight-frames");
  session.apply(Show{Screen::beside});
  CHECK(session.beside() == nullptr);
  CHECK(beside_view(session, kRoom).right.is_running);
  session.wait();
  REQUIRE(session.beside() != nullptr);
  CHECK(session.beside_choice() == "nine-frames");
  CHECK(session.beside()->pace() == Pace::access);
  session.apply(OpenPage{session.pages().size() - 1});
  session.wait();
  CHECK(session.screen() == Screen::beside);
  CHECK(session.beside_choice() == "there-and-back");
  REQUIRE(session.beside() != nullptr);
}

TEST_CASE("whatever moves the run that is open moves the other, access by access") {
  Session session(shipped(), kSimulatedOnly);
  open(session, "more-pages-than-frames", "eight-frames");
  put_beside(session, "frames=9");
  using enum StepBy::Unit;
  for (const Command& command : std::vector<Command>{
           StepBy{access, 1}, StepBy{line, 1}, StepBy{line, 1}, StepBy{line, 1}, StepBy{access, 1},
           StepBy{line, -1}, SeekLine{5}, SeekLineBeside{4}, SeekBoth{0.5}, SeekEnd{true},
           StepBy{access, -1}, SeekTo{20}, DoNext{}, SeekEnd{false}, StepBy{access, 1}}) {
    const Tick before = session.player()->tick();
    session.apply(command);
    CHECK(session.player()->tick() != before);
    check_same_access(session);
  }
  session.apply(TogglePlay{});
  CHECK(session.pass(2));
  check_same_access(session);
  CHECK(session.player()->tick() == 9);  // at four accesses a second
}

TEST_CASE("a question does not stop two runs side by side") {
  Session session(shipped(), kSimulatedOnly);
  open(session, "more-pages-than-frames", "eight-frames");
  put_beside(session, "nine-frames");
  session.apply(TogglePlay{});
  (void)session.pass(1e6);
  CHECK(session.is_over());
  CHECK_FALSE(session.is_playing());
}

TEST_CASE("by time the longer run is stepped, played and taken back alone") {
  Session session(shipped(), kSimulatedOnly);
  open(session, "rows-and-columns", "rows");
  put_beside(session, "columns");
  CHECK(session.beside()->is_in_step());
  session.apply(SetPace{Pace::time});
  const Film& rows = session.player()->film();
  session.apply(SeekTo{rows.ticks()});
  const Tick there = session.beside()->right().tick();
  CHECK(there < session.beside()->right().film().ticks());
  CHECK(session.beside()->ns() == session.player()->simulated_ns());
  session.apply(StepBy{});
  CHECK(session.beside()->right().tick() == there + 1);
  session.apply(StepBy{StepBy::Unit::line, 1});
  CHECK(session.beside()->right().is_at_line_end());
  CHECK(session.player()->tick() == rows.ticks());
  session.apply(TogglePlay{});
  REQUIRE(session.is_playing());
  const Tick before = session.beside()->right().tick();
  CHECK(session.pass(1));
  CHECK(session.beside()->right().tick() == before + 4);
  for (int i = 0; i < 3 && session.player()->tick() == rows.ticks(); ++i) {
    session.apply(StepBy{StepBy::Unit::line, -1});
  }
  CHECK(session.player()->tick() < rows.ticks());  // led back by the other
  session.apply(SeekEnd{true});
  CHECK(session.is_over());
  CHECK(beside_view(session, kRoom).is_over);
}

TEST_CASE("the one button runs both to their ends, wherever they are, and back to the beginning") {
  Session session(shipped(), kSimulatedOnly);
  open(session, "more-pages-than-frames", "eight-frames");
  put_beside(session, "frames=16");
  for (const Pace pace : {Pace::access, Pace::time}) {
    session.apply(SetPace{pace});
    for (const Tick tick : {0, 15, 79}) {
      CAPTURE(tick);
      session.apply(SeekTo{tick});
      session.apply(DoNext{});
      CHECK(session.is_over());
      CHECK(session.player()->tick() == session.player()->film().ticks());
      session.apply(DoNext{});
      CHECK(session.player()->tick() == 0);
      CHECK(session.beside()->right().tick() == 0);
    }
  }
}

TEST_CASE("what is chosen is kept while it stays, and made anew when the run is another") {
  Session session(shipped(), kSimulatedOnly);
  open(session, "more-pages-than-frames", "eight-frames");
  put_beside(session, "frames=9");
  const Film* film = &session.beside()->right().film();
  session.apply(Show{Screen::main});
  CHECK(session.beside() == nullptr);
  session.apply(SeekTo{7});
  session.apply(Show{Screen::beside});
  REQUIRE(session.beside() != nullptr);
  CHECK(&session.beside()->right().film() == film);
  CHECK(session.beside()->right().tick() == 7);
  session.apply(SetMachine{"frames=4"});
  session.wait();
  CHECK(session.screen() == Screen::beside);
  REQUIRE(session.beside() != nullptr);
  CHECK(session.beside_choice() == "frames=9");
  CHECK(session.player()->film().settings().machine.frames.count == 4);
  CHECK(session.beside()->right().film().settings().machine.frames.count == 9);
}

TEST_CASE("a program that needs another's files gets them") {
  Session session(shipped(), kSimulatedOnly);
  open(session, "three-programs", "program-1");
  put_beside(session, "program-3");
  const Film& film = session.beside()->right().film();
  CHECK(film.run().ending.kind == session::EndKind::finished);
  CHECK(film.all_ns() > 0);
}

TEST_CASE("what cannot stand beside is told, and what stood there stays") {
  Session session(shipped(), kSimulatedOnly);
  open(session, "more-pages-than-frames", "eight-frames");
  put_beside(session, "frames=9");
  for (const char* bad : {"frames=none", "colour=red", "no-such-program", "page_size=3"}) {
    CAPTURE(bad);
    session.apply(ChooseBeside{bad});
    CHECK_FALSE(session.message().empty());
    CHECK(session.beside_choice() == "frames=9");
    CHECK(session.beside() != nullptr);
  }
}

TEST_CASE("a program that does not end can be stopped, and another chosen") {
  Session session(shipped(), kSimulatedOnly);
  open(session, "more-pages-than-frames", "nine-frames");
  session.apply(EditSource{"while True:\n    pass\n"});
  session.apply(RunEdited{});
  session.apply(OpenPage{0});
  while (session.player() == nullptr) (void)session.poll();
  session.apply(Show{Screen::beside});
  session.apply(ChooseBeside{"nine-frames"});
  CHECK(session.beside_study().is_busy());
  session.apply(CancelRun{});
  session.wait();
  CHECK(session.beside() == nullptr);
  CHECK(beside_view(session, kRoom).right.why_not == "stopped");
  CHECK_FALSE(beside_view(session, kRoom).right.is_running);
  session.apply(ChooseBeside{"frames=9"});
  session.wait();
  CHECK(session.beside() != nullptr);
}

TEST_CASE("a program with a mistake says where it is") {
  Session session(shipped(), kSimulatedOnly);
  open(session, "more-pages-than-frames", "nine-frames");
  session.apply(EditSource{"x = = 1\n"});
  session.apply(RunEdited{});
  session.apply(OpenPage{0});
  session.wait();
  session.apply(Show{Screen::beside});
  session.apply(ChooseBeside{"nine-frames"});
  session.wait();
  CHECK(session.beside() == nullptr);
  CHECK(beside_view(session, kRoom).right.why_not.find("line 1") != std::string::npos);
}

TEST_CASE("how many times as long is told of times that differ, and of no others") {
  Session session(shipped(), kSimulatedOnly);
  open(session, "rows-and-columns", "columns");
  put_beside(session, "columns-that-fit");
  session.apply(SeekEnd{true});
  CHECK(beside_view(session, kRoom).said.find("times as long") != std::string::npos);
  put_beside(session, "tlb_entries=64");  // what waits for the disk does not notice
  session.apply(SeekEnd{true});
  CHECK(beside_view(session, kRoom).said.find("times as long") == std::string::npos);
}

TEST_CASE("every choice of every program of every lesson can be had, under a title of its own") {
  std::vector<lesson::Lesson> lessons = shipped();
  for (const lesson::Lesson& lesson : lessons) {
    CAPTURE(lesson.name);
    const std::vector<LessonPage> pages = pages_of(lesson);
    for (std::size_t p = 0; p < pages.size(); ++p) {
      std::set<std::string> names;
      for (const BesideChoice& choice : beside_choices(pages, p)) {
        CAPTURE(choice.name);
        CHECK(names.insert(choice.name).second);
        CHECK(choice.name != pages[p].program.name);
        CHECK(choice.title == title_of(choice.name, pages));
        if (!is_setting(choice.name)) continue;
        const auto settings = with_setting(pages[p].program.settings, choice.name);
        REQUIRE(std::holds_alternative<session::Settings>(settings));
        CHECK_FALSE(std::get<session::Settings>(settings) == pages[p].program.settings);
      }
      CHECK(names.size() > 5);
      CHECK(names.contains(beside_default(pages, p)));
    }
  }
}

TEST_CASE("the smaller figure of each pair is marked, and the table has both whole") {
  Session session(shipped(), kSimulatedOnly);
  open(session, "rows-and-columns", "columns");
  put_beside(session, "columns-that-fit");
  session.apply(SeekEnd{true});
  const BesideView view = beside_view(session, kRoom);
  CHECK(view.left.faults == "262,144");
  CHECK(view.right.faults == "512");
  for (const BesideFigure& figure : view.figures) {
    CAPTURE(figure.label);
    if (figure.label == "major faults") {
      CHECK(figure.left == "261,632");
      CHECK(figure.right == "0");
      CHECK(figure.less == Less::right);
    }
    if (figure.label == "minor faults") CHECK(figure.less == Less::neither);
  }
  const std::vector<Table> tables = tables_of(session, nullptr);
  REQUIRE(tables.front().name == "beside");
  bool is_there = false;
  for (const auto& row : tables.front().rows) {
    if (std::get<std::string>(row[0]) != "major faults") continue;
    is_there = true;
    CHECK(std::get<std::uint64_t>(row[1]) == 261632);
    CHECK(std::get<std::uint64_t>(row[2]) == 0);
  }
  CHECK(is_there);
}

TEST_CASE("in every lesson the same program on another machine goes access by access") {
  Session session(shipped(), kSimulatedOnly);
  for (const lesson::Lesson& lesson : shipped()) {
    CAPTURE(lesson.name);
    for (const LessonPage& page : pages_of(lesson)) {
      CAPTURE(page.program.name);
      if (page.program.stop) continue;
      open(session, lesson.name, page.program.name);
      put_beside(session, "policy=fifo");
      CHECK(session.beside()->is_in_step());
      session.apply(Show{Screen::main});
    }
  }
}

}  // namespace

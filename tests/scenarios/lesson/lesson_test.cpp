// Lessons: the shipped ones, and what is refused.

#include "scenarios/lesson/lesson.h"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "scenarios/lesson/answer.h"

namespace lesson {
namespace {

std::string refusal(std::string_view text) {
  const auto parsed = parse("test", text);
  const auto* problem = std::get_if<Problem>(&parsed);
  return problem == nullptr ? "" : problem->message;
}

bool contains(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

const std::string kFront = "+++\ntitle = \"T\"\n+++\n";
const std::string kProgram = "```python name=a\nx = 1\n```\n";

TEST_CASE("every shipped lesson can be read, and its predictions are of its programs") {
  REQUIRE_FALSE(shipped_lessons().empty());
  for (const Shipped& shipped : shipped_lessons()) {
    CAPTURE(std::string(shipped.name));
    const auto parsed = parse(shipped.name, shipped.text);
    const auto* lesson = std::get_if<Lesson>(&parsed);
    REQUIRE(lesson != nullptr);
    CHECK_FALSE(lesson->summary.empty());
  }
}

TEST_CASE("prose, programs and predictions keep their order and text") {
  const auto parsed =
      parse("test", kFront + "# Head\n\nSome *prose* and `code`.\n\n- item\n\n" + kProgram +
                        "```predict\nquestion = \"Q\"\nof = \"a\"\n"
                        "answer = \"/totals\"\n```\n```\nlisting\n```\n");
  const auto& lesson = std::get<Lesson>(parsed);
  REQUIRE(lesson.blocks.size() == 6);
  CHECK(std::get<Heading>(lesson.blocks[0]).spans[0].text == "Head");
  const auto& spans = std::get<Paragraph>(lesson.blocks[1]).spans;
  REQUIRE(spans.size() == 5);
  CHECK(spans[1].style == SpanStyle::emphasis);
  CHECK(spans[3].style == SpanStyle::code);
  CHECK(std::get<ListItem>(lesson.blocks[2]).marker == "-");
  CHECK(std::get<ProgramBlock>(lesson.blocks[3]).source == "x = 1\n");
  CHECK(std::get<Prediction>(lesson.blocks[4]).answer == "/totals");
  CHECK(std::get<Listing>(lesson.blocks[5]).text == "listing\n");
}

TEST_CASE("an answer is looked up; what leads nowhere has none") {
  const nlohmann::ordered_json run = {{"list", {1, 2}}, {"text", "printed\n"}, {"a/b~c", 5}};
  CHECK(answer_at(run, "/list/1") == 2);
  CHECK(answer_at(run, "/text") == "printed");
  CHECK(answer_at(run, "/a~1b~0c") == 5);
  for (const char* nowhere : {"/list/2", "/list/", "/list/-", "/list/01", "/text/0", "/none"}) {
    CAPTURE(nowhere);
    CHECK_FALSE(problem_with_pointer(nowhere));
    CHECK(answer_at(run, nowhere).is_null());
  }
}

TEST_CASE("the front matter sets the machine") {
  const auto parsed = parse("test", "+++\ntitle = \"T\"\n[machine]\nframes = 9\n+++\n" + kProgram);
  CHECK(std::get<Lesson>(parsed).settings.machine.frames == sim::Pages{9});
}

TEST_CASE("a program's line sets its own machine over the lesson's, where it runs, and its end") {
  const auto parsed =
      parse("test", "+++\ntitle = \"T\"\n[machine]\nframes = 9\nseed = 5\n+++\n" + kProgram +
                        "```python name=b after=a frames=7 on=sim kill=3#2\nx\n```\n"
                        "```python name=c power-cut=4:1 dirty_ratio=50\nx\n```\n");
  const auto& lesson = std::get<Lesson>(parsed);
  const ProgramBlock& a = *lesson.program("a");
  CHECK(a.settings.machine.frames == sim::Pages{9});
  CHECK(a.on == ProgramBlock::Computers::both);
  const ProgramBlock& b = *lesson.program("b");
  CHECK(b.settings.machine.frames == sim::Pages{7});
  CHECK(b.settings.machine.seed == 5);
  CHECK(b.on == ProgramBlock::Computers::simulated);
  CHECK(b.stop->how == session::Stop::How::killed);
  CHECK(b.stop->place == session::Place{3, 2});
  const ProgramBlock& c = *lesson.program("c");
  CHECK(c.stop->how == session::Stop::How::power_cut);
  CHECK(c.on == ProgramBlock::Computers::simulated);
}

TEST_CASE("strategies keep their order and have a label") {
  const auto parsed =
      parse("test",
            "+++\ntitle = \"T\"\n[[strategy]]\nprogram = \"b\"\nlabel = \"second\"\n"
            "[[strategy]]\nprogram = \"a\"\n+++\n" +
                kProgram + "```python name=b\nx = 2\n```\n");
  const auto& strategies = std::get<Lesson>(parsed).strategies;
  REQUIRE(strategies.size() == 2);
  CHECK(strategies[0].program == "b");
  CHECK(strategies[0].label == "second");
  CHECK(strategies[1].label == "a");
}

TEST_CASE("a program's line that says nothing sensible is refused with the reason") {
  const auto line = [](const std::string& words) {
    return refusal(kFront + kProgram + "```python name=b " + words + "\nx\n```\n");
  };
  CHECK(contains(line("frams=9"), "frames"));
  CHECK(contains(line("on=real"), "on= takes sim"));
  CHECK(contains(line("kill=x"), "place"));
  CHECK(contains(line("kill=1 power-cut=1"), "a run ends once"));
  CHECK(contains(line("dirty_ratio=9"), "Add on=sim"));
  CHECK(contains(line("frames=0"), "frames"));
  CHECK(contains(refusal(kFront + "```python name=p power-cut=1\nx\n```\n"
                                  "```python name=b after=p\nx\n```\n"),
                 "possible disks"));
  CHECK(contains(refusal("+++\ntitle = \"T\"\n[[strategy]]\nprogram = \"z\"\n+++\n" + kProgram),
                 "not there"));
}

TEST_CASE("what is no lesson is refused with the reason") {
  CHECK(contains(refusal("# Just prose\n"), "front matter"));
  CHECK(contains(refusal("+++\n+++\n" + kProgram), "title"));
  CHECK(contains(refusal("+++\ntitle = \n+++\n" + kProgram), "TOML"));
  CHECK(contains(refusal(kFront + "no program\n"), "no program"));
  CHECK(contains(refusal(kFront + kProgram + kProgram), "two programs"));
  CHECK(contains(refusal(kFront + "```python name=b after=a\nx\n```\n"), "no earlier program"));
  CHECK(contains(refusal("+++\ntitle = \"T\"\n[machine]\nframs = 9\n+++\n" + kProgram), "frames"));
  CHECK(contains(refusal(kFront + kProgram + "```predict\nquestion = \"Q\"\n```\n"), "needs"));
  CHECK(contains(refusal(kFront + kProgram +
                         "```predict\nquestion = \"Q\"\nof = \"z\"\nanswer = \"/totals\"\n```\n"),
                 "no program"));
}

}  // namespace
}  // namespace lesson

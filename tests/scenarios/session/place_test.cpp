// Places: how they are written, and where they are in a run.

#include "scenarios/session/place.h"

#include <doctest/doctest.h>

#include "scenarios/session/play.h"

namespace session {
namespace {

std::optional<Place> place(std::string_view text) {
  auto parsed = parse_place(text);
  const Place* found = std::get_if<Place>(&parsed);
  return found == nullptr ? std::nullopt : std::optional(*found);
}

TEST_CASE("a place is LINE[#TURN][:TOUCH], and is shown as it is written") {
  CHECK(place("4") == Place{4, 1, {}});
  CHECK(place("4#3") == Place{4, 3, {}});
  CHECK(place("4:0") == Place{4, 1, 0});
  CHECK(place("12#3:70") == Place{12, 3, 70});
  for (const char* text : {"4", "4#3", "4:0", "12#3:70"}) CHECK(name_of(*place(text)) == text);
}

TEST_CASE("what is no place is told with the way a place is written") {
  for (const char* text : {"", "x", "0", "-1", "4#", "4#0", "4:", "4:x", ":3", "#2", "4:1#2", " 4",
                           "4 ", "99999999999", "4#99999999999999999999999"}) {
    CAPTURE(text);
    const auto parsed = parse_place(text);
    const std::string* problem = std::get_if<std::string>(&parsed);
    REQUIRE(problem != nullptr);
    CHECK(problem->find("LINE[#TURN][:TOUCH]") != std::string::npos);
  }
}

// Making the map writes the file's last byte: a touch.
constexpr std::uint64_t kMaking = 1;
// Line 4 stores to three pages; line 8 calls a function that stores to one.
constexpr const char* kProgram =
    "import numpy as np\n"
    "mm = np.memmap('data.bin', dtype=np.uint8, mode='w+', shape=4096 * 8)\n"
    "for i in range(3):\n"
    "    mm[0:3 * 4096:4096] = i + 1\n"
    "def one(at):\n"
    "    mm[at] = 9\n"
    "    return at\n"
    "mm[5 * 4096] = one(4096 * 4) + mm[one(4096 * 6)]\n"
    "print('over')\n";

Run run_to(const std::string& text, Stop::How how = Stop::How::killed) {
  auto compiled = compile_program(kProgram, "prog.py");
  const auto& program = std::get<python::Program>(compiled);
  return play_simulated({.program = program,
                         .settings = {},
                         .files = {},
                         .stop = Stop{how, place(text).value()}})
      .run;
}

std::string bytes_at(const Run& run, const std::vector<std::uint64_t>& pages) {
  std::string text;
  const std::string& bytes = run.survived.at("data.bin").first_bytes;
  for (const std::uint64_t page : pages) text += static_cast<char>('0' + bytes.at(page));
  return text;
}

TEST_CASE("a run stops just before a line's turn") {
  const Run first = run_to("4");
  CHECK(first.ending.kind == EndKind::killed);
  CHECK(first.ending.line == 4);
  CHECK(first.steps.back().line == 3);
  CHECK(bytes_at(first, {0}) == "0");
  const Run third = run_to("4#3");
  CHECK(bytes_at(third, {0}) == "2");
  CHECK(third.note_on(topic::place_not_reached) == nullptr);
}

TEST_CASE("with TOUCH a run stops after that many touches of that turn") {
  for (std::uint64_t touches = 0; touches <= 3; ++touches) {
    const Run run = run_to("4#2:" + std::to_string(touches));
    CHECK(run.ending.kind == EndKind::killed);
    CHECK(run.totals.touches == kMaking + 3 + touches);
  }
}

TEST_CASE("touches of a function that the line calls are not the line's") {
  // one() stores twice; the line itself loads once and stores once.
  CHECK(run_to("8:1").totals.touches == kMaking + 9 + 2 + 1);
  CHECK(run_to("8:2").totals.touches == kMaking + 9 + 2 + 2);
  CHECK(run_to("6#2:1").totals.touches == kMaking + 9 + 2);
}

TEST_CASE("a place that is not reached is said so, with what there was") {
  const auto why = [](const char* text) {
    const Run run = run_to(text);
    CHECK(run.ending.kind == EndKind::finished);
    return run.note_on(topic::place_not_reached)->text;
  };
  CHECK(why("4#4") == "the program ended after 3 executions of line 4");
  CHECK(why("77") == "the program ended after 0 executions of line 77");
  CHECK(why("4:4") == "that execution of line 4 makes only 3 touches itself");
  CHECK(why("8:3") == "that execution of line 8 makes only 2 touches itself");
}

TEST_CASE("nothing is printed and no handler runs after the place") {
  CHECK(run_to("9").steps.back().output.empty());
  const char* guarded =
      "import numpy as np\n"
      "mm = np.memmap('data.bin', dtype=np.uint8, mode='w+', shape=4096)\n"
      "try:\n"
      "    mm[0] = 1\n"
      "    mm[1] = 2\n"
      "finally:\n"
      "    mm[2] = 3\n"
      "    print('handled')\n";
  auto compiled = compile_program(guarded, "prog.py");
  const Played played = play_simulated({.program = std::get<python::Program>(compiled),
                                        .settings = {},
                                        .files = {},
                                        .stop = Stop{Stop::How::killed, Place{5, 1, 0}}});
  const std::string& bytes = played.left.files.at("data.bin");
  CHECK(bytes.substr(0, 3) == std::string("\1\0\0", 3));
  for (const Step& step : played.run.steps) CHECK(step.output.empty());
}

}  // namespace
}  // namespace session

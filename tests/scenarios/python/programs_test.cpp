// Every program in programs/ prints what CPython 3.11 printed, tracebacks included, however its run
// is cut and wherever it is copied.

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "sim/core/rng.h"
#include "tests/scenarios/python/run_program.h"

namespace python {
namespace {

std::string read_file(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

std::vector<std::filesystem::path> programs() {
  std::vector<std::filesystem::path> paths;
  for (const auto& entry : std::filesystem::directory_iterator(PYTHON_PROGRAMS)) {
    if (entry.path().extension() == ".py") paths.push_back(entry.path());
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

std::string result_of(Evaluator& evaluator, const RecordedSurroundings& surroundings) {
  return surroundings.output + "-----\n" + evaluator.error_text();
}

TEST_CASE("programs print what CPython printed") {
  REQUIRE(programs().size() > 20);
  for (const auto& path : programs()) {
    CAPTURE(path.filename().string());
    const Program program = program_of(read_file(path), {}, path.filename().string());
    NoComputer computer;
    RecordedSurroundings surroundings;
    Evaluator evaluator(program, computer, surroundings);
    evaluator.run();
    CHECK(result_of(evaluator, surroundings) ==
          read_file(std::filesystem::path(path).replace_extension(".expected")));
  }
}

TEST_CASE("a run in slices of any size gives the same output in as many steps") {
  sim::Rng rng(7);
  for (const auto& path : programs()) {
    CAPTURE(path.filename().string());
    const Program program = program_of(read_file(path), {}, path.filename().string());
    NoComputer computer;
    RecordedSurroundings whole_surroundings, cut_surroundings;
    Evaluator whole(program, computer, whole_surroundings);
    whole.run();
    Evaluator cut(program, computer, cut_surroundings);
    while (cut.run(1 + rng.below(200)) == RunState::more) {
    }
    CHECK(result_of(cut, cut_surroundings) == result_of(whole, whole_surroundings));
    CHECK(cut.steps() == whole.steps());
  }
}

TEST_CASE("a copy made in the middle of a run ends as the original does") {
  sim::Rng rng(11);
  for (const auto& path : programs()) {
    const Program program = program_of(read_file(path), {}, path.filename().string());
    NoComputer computer;
    RecordedSurroundings measured;
    Evaluator length(program, computer, measured);
    length.run();
    for (int trial = 0; trial < 4; ++trial) {
      const std::uint64_t steps = 1 + rng.below(length.steps());
      CAPTURE(path.filename().string());
      CAPTURE(steps);
      RecordedSurroundings first_surroundings;
      Evaluator first(program, computer, first_surroundings);
      first.run(steps);
      RecordedSurroundings second_surroundings = first_surroundings;
      Evaluator second(first, computer, second_surroundings);
      first.run();
      second.run();
      CHECK(result_of(second, second_surroundings) == result_of(first, first_surroundings));
      CHECK(second.steps() == first.steps());
    }
  }
}

}  // namespace
}  // namespace python

// Programs of programs/*.txt print what the real NumPy printed (record/record.py).

#include <doctest/doctest.h>

#include <fstream>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "scenarios/numpy/module.h"
#include "scenarios/python/evaluator.h"
#include "sim/machine.h"

namespace numpy {
namespace {

class Collected final : public python::Surroundings {
 public:
  void write_stdout(std::string_view text) override { printed += text; }
  void write_stderr(std::string_view text) override { warned += text; }
  void before_first_use(std::string_view) override {}
  bool must_stop() override { return false; }
  std::string printed;
  std::string warned;
};

using Parts = std::vector<std::pair<std::string, std::string>>;

Parts parts_of(const std::string& file_name) {
  std::ifstream file(std::string(PAGEWALK_NUMPY_TESTS) + "/programs/" + file_name);
  REQUIRE_MESSAGE(file.is_open(), file_name);
  Parts parts;
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("== ")) {
      parts.emplace_back(line.substr(3), "");
    } else {
      parts.back().second += line + "\n";
    }
  }
  return parts;
}

// "prog.py:3: RuntimeWarning: text" and the source line after it, as "?? RuntimeWarning: text",
// each once. A warning's own further lines stay.
std::string warnings_of(const std::string& text) {
  std::istringstream stream(text);
  std::string all;
  for (std::string line; std::getline(stream, line);) {
    if (line.starts_with("prog.py:")) {
      const std::string entry = "?? " + line.substr(line.find(": ") + 2) + "\n";
      if (all.find(entry) == std::string::npos) all += entry;
    } else if (!line.starts_with("  ") || line.starts_with("    np.array(value)")) {
      if (all.find(line + "\n") == std::string::npos) all += line + "\n";
    }
  }
  return all;
}

std::string outcome_of(const std::string& source) {
  auto compiled = python::compile("import numpy as np\n" + source, "prog.py", {module()});
  if (const auto* problem = std::get_if<python::CompileProblem>(&compiled)) {
    return "does not compile: " + problem->message + "\n";
  }
  sim::Machine machine{sim::MachineConfig{}};
  Collected surroundings;
  python::Evaluator evaluator(std::get<python::Program>(compiled), machine, surroundings);
  const python::RunState state = evaluator.run();
  std::string text = surroundings.printed;
  if (!text.empty() && text.back() != '\n') text += "\n";
  if (state == python::RunState::raised)
    text += "!! " + evaluator.error_line() + "\n";
  else if (state != python::RunState::finished)
    text += "## " + evaluator.error_text() + "\n";
  evaluator.shut_down();
  return text + warnings_of(surroundings.warned);
}

// Warnings of a program, each line once: the order of the same warning's repetitions is not told.
std::string without_repetitions(const std::string& text) {
  std::istringstream stream(text);
  std::string all;
  for (std::string line; std::getline(stream, line);) {
    const bool is_tail = all.find("\n?? ") != std::string::npos;
    if (is_tail && all.find(line + "\n") != std::string::npos) continue;
    all += line + "\n";
  }
  return all;
}

void check_programs(const std::string& name) {
  const Parts programs = parts_of(name + ".txt");
  const Parts expected = parts_of(name + ".expected");
  REQUIRE(programs.size() == expected.size());
  for (std::size_t k = 0; k < programs.size(); ++k) {
    CAPTURE(programs[k].first);
    CHECK(outcome_of(programs[k].second) == without_repetitions(expected[k].second));
  }
}

}  // namespace

TEST_CASE("arrays and scalars print as NumPy prints them") { check_programs("printing"); }
TEST_CASE("dtypes, promotion and casts are NumPy's") { check_programs("types"); }
TEST_CASE("arrays are created as by NumPy") { check_programs("creation"); }
TEST_CASE("indexing reads and writes what NumPy does") { check_programs("indexing"); }
TEST_CASE("operators and ufuncs give NumPy's results, warnings and errors") {
  check_programs("ufuncs");
}
TEST_CASE("reductions give NumPy's results to the last bit") { check_programs("reductions"); }
TEST_CASE("random numbers are NumPy's bit for bit, whatever was drawn before") {
  check_programs("random");
}
TEST_CASE("shapes, joining, sorting and conversions are NumPy's") { check_programs("shapes"); }

}  // namespace numpy

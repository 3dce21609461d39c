// Runs a program's text without a computer and keeps what it said.

#pragma once

#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "scenarios/python/evaluator.h"
#include "tests/scenarios/python/no_computer.h"

namespace python {

class RecordedSurroundings final : public Surroundings {
 public:
  void write_stdout(std::string_view text) override { output += text; }
  void write_stderr(std::string_view text) override { errors += text; }
  void before_first_use(std::string_view) override {}
  bool must_stop() override { return stop; }

  std::string output, errors;
  bool stop = false;
};

inline CompileProblem problem_in(std::string_view source, std::vector<NativeModule> modules = {}) {
  auto compiled = compile(source, "prog.py", std::move(modules));
  REQUIRE(std::holds_alternative<CompileProblem>(compiled));
  return std::get<CompileProblem>(std::move(compiled));
}

inline Program program_of(std::string_view source, std::vector<NativeModule> modules = {},
                          std::string name = "prog.py") {
  auto compiled = compile(source, std::move(name), std::move(modules));
  if (const auto* problem = std::get_if<CompileProblem>(&compiled)) {
    FAIL_CHECK(problem->message << " in line " << problem->line);
  }
  REQUIRE(std::holds_alternative<Program>(compiled));
  return std::get<Program>(std::move(compiled));
}

struct Ran {
  RunState state = RunState::more;
  std::string output, error_text, error_line;
  std::uint64_t steps = 0;
  std::uint32_t line = 0;
};

inline Ran run_program(std::string_view source, Limits limits = {},
                       std::vector<NativeModule> modules = {}) {
  const Program program = program_of(source, std::move(modules));
  NoComputer computer;
  RecordedSurroundings surroundings;
  Evaluator evaluator(program, computer, surroundings, limits);
  Ran ran;
  ran.state = evaluator.run();
  ran.output = surroundings.output;
  ran.error_text = evaluator.error_text();
  ran.error_line = evaluator.error_line();
  ran.steps = evaluator.steps();
  ran.line = evaluator.line();
  evaluator.shut_down();
  return ran;
}

}  // namespace python

// Runs a program without a computer, as `python3 FILE` would: for comparing against CPython.

#include <cstdio>
#include <fstream>
#include <iostream>
#include <sstream>

#include "scenarios/python/evaluator.h"
#include "tests/scenarios/python/no_computer.h"

namespace {

class Console final : public python::Surroundings {
 public:
  void write_stdout(std::string_view text) override { std::cout << text; }
  void write_stderr(std::string_view text) override { std::cerr << text; }
  void before_first_use(std::string_view) override {}
  bool must_stop() override { return false; }
};

int report(const python::CompileProblem& problem, const char* file) {
  if (problem.kind == python::CompileProblem::Kind::unsupported) {
    std::cerr << file << ":" << problem.line << ":" << problem.column
              << ": not supported: " << problem.message << "\n";
    if (!problem.instead.empty()) std::cerr << "  instead: " << problem.instead << "\n";
    return 2;
  }
  std::cerr << "  File \"" << file << "\", line " << problem.line << "\n    " << problem.source_line
            << "\n"
            << problem.type << ": " << problem.message << "\n";
  return 1;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::cerr << "usage: python_probe FILE\n";
    return 2;
  }
  std::ifstream file(argv[1], std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  auto compiled = python::compile(text.str(), argv[1], {});
  if (const auto* problem = std::get_if<python::CompileProblem>(&compiled)) {
    return report(*problem, argv[1]);
  }
  python::NoComputer computer;
  Console console;
  python::Evaluator evaluator(std::get<python::Program>(compiled), computer, console);
  const python::RunState state = evaluator.run();
  std::cout.flush();
  std::cerr << evaluator.error_text();
  evaluator.shut_down();
  switch (state) {
    case python::RunState::finished: return evaluator.exit_status();
    case python::RunState::unsupported: return 2;
    default: return 1;
  }
}

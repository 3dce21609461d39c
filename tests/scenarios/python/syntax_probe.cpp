// Prints what compiling a file says, in one line: for comparing with CPython's compile().

#include <fstream>
#include <iostream>
#include <sstream>

#include "scenarios/python/evaluator.h"

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  std::ifstream file(argv[1], std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  const auto compiled = python::compile(text.str(), "sc.py", {});
  const auto* problem = std::get_if<python::CompileProblem>(&compiled);
  if (problem == nullptr) {
    std::cout << "ok\n";
    return 0;
  }
  const bool unsupported = problem->kind == python::CompileProblem::Kind::unsupported;
  std::cout << (unsupported ? "Unsupported" : problem->type) << ": " << problem->message << " "
            << problem->line << " " << problem->column << "\n";
  return 1;
}

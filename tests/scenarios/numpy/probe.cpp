// Runs a program file on the textbook machine: for trying things out by hand.

#include <cstdio>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>

#include "scenarios/numpy/module.h"
#include "scenarios/python/evaluator.h"
#include "sim/machine.h"

namespace {

class Console final : public python::Surroundings {
 public:
  void write_stdout(std::string_view text) override { std::cout << text; }
  void write_stderr(std::string_view text) override { std::cerr << text; }
  void before_first_use(std::string_view) override {}
  bool must_stop() override { return false; }
};

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  std::ifstream file(argv[1]);
  const std::string source{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  auto compiled = python::compile(source, argv[1],
                                  {numpy::module(), numpy::os_module(), numpy::file_builtins()});
  if (const auto* problem = std::get_if<python::CompileProblem>(&compiled)) {
    std::cerr << "line " << problem->line << ": " << problem->message << "\n";
    return 2;
  }
  sim::Machine machine{sim::MachineConfig{}};
  Console console;
  python::Evaluator evaluator(std::get<python::Program>(compiled), machine, console);
  const auto state = evaluator.run();
  if (state != python::RunState::finished) std::cerr << evaluator.error_text() << "\n";
  evaluator.shut_down();
  return state == python::RunState::finished ? 0 : 1;
}

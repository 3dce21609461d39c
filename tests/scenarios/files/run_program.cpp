// See run_program.h.

#include "tests/scenarios/files/run_program.h"

#include <doctest/doctest.h>

#include <fstream>

#include "scenarios/numpy/module.h"

namespace numpy {

python::Program compiled(std::string_view source) {
  auto result = python::compile(source, "prog.py", {module(), os_module(), file_builtins()});
  if (const auto* problem = std::get_if<python::CompileProblem>(&result)) {
    FAIL("line " << problem->line << ": " << problem->message);
  }
  return std::get<python::Program>(std::move(result));
}

ProgramResult run_program(std::string_view source, sim::Computer& computer) {
  PrintedText surroundings;
  const python::Program program = compiled(source);
  python::Evaluator evaluator(program, computer, surroundings);
  ProgramResult result;
  result.state = evaluator.run();
  if (result.state == python::RunState::raised) result.error = evaluator.error_line();
  if (result.state == python::RunState::unsupported) result.error = evaluator.error_text();
  if (result.state == python::RunState::died) result.signal = evaluator.signal();
  evaluator.shut_down();
  result.printed = surroundings.text();
  return result;
}

ProgramResult run_program(std::string_view source) {
  sim::Machine machine{sim::MachineConfig{}};
  return run_program(source, machine);
}

std::optional<std::string> file_bytes(sim::Computer& computer, std::string_view name) {
  const auto stat = computer.stat(name);
  if (!stat.ok()) return std::nullopt;
  const auto bytes = computer.bytes_of(name, sim::Truth::cache, sim::FileOffset(0), stat->size);
  REQUIRE_MESSAGE(bytes.bytes.has_value(), bytes.why_not);
  return std::string(reinterpret_cast<const char*>(bytes.bytes->data()), bytes.bytes->size());
}

std::string Part::text() const {
  std::string all;
  for (const std::string& line : lines) all += line + "\n";
  return all;
}

std::vector<Part> parts_of_file(const std::string& file_name) {
  std::ifstream file(std::string(PAGEWALK_FILES_TESTS) + "/" + file_name);
  REQUIRE_MESSAGE(file.is_open(), file_name);
  std::vector<Part> parts;
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("== ")) {
      parts.push_back({line.substr(3), {}});
    } else if (!parts.empty()) {
      parts.back().lines.push_back(line);
    }
  }
  return parts;
}

}  // namespace numpy

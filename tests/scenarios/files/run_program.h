// Runs a program of the language on the simulated computer, for the tests of this folder.

#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/python/evaluator.h"
#include "sim/core/computer.h"
#include "sim/machine.h"

namespace numpy {

struct ProgramResult {
  python::RunState state = python::RunState::more;
  std::string printed;
  std::string error;  // the traceback's last line, or what is unsupported
  int signal = 0;
};

// The text as Surroundings take it; announces nothing and never stops a run.
class PrintedText final : public python::Surroundings {
 public:
  void write_stdout(std::string_view text) override { text_ += text; }
  void write_stderr(std::string_view) override {}
  void before_first_use(std::string_view name) override { names_.emplace_back(name); }
  bool must_stop() override { return false; }

  const std::string& text() const { return text_; }
  const std::vector<std::string>& names() const { return names_; }

 private:
  std::string text_;
  std::vector<std::string> names_;
};

// Requires: the text is a program of the subset (a test fails otherwise).
python::Program compiled(std::string_view source);
ProgramResult run_program(std::string_view source, sim::Computer&);
ProgramResult run_program(std::string_view source);  // on a fresh textbook machine

// The file as every reader gets it; nothing if there is none.
std::optional<std::string> file_bytes(sim::Computer&, std::string_view name);

// Of a file beside the tests: the parts that begin with a line "== NAME".
struct Part {
  std::string name;
  std::vector<std::string> lines;
  std::string text() const;
};
std::vector<Part> parts_of_file(const std::string& file_name);

}  // namespace numpy

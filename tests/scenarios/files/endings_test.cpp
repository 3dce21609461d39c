// How short programs on files end, held against a recording of CPython and NumPy
// (record_endings.py): what they print, the last line of the traceback or the signal, and the files
// they leave.

#include <doctest/doctest.h>

#include <csignal>
#include <cstring>

#include "tests/scenarios/files/run_program.h"

namespace numpy {
namespace {

const std::int32_t kFourInts[] = {0, 1, 2, 3};

std::string with_new_lines(std::string line) {
  for (std::size_t at = line.find(" ; "); at != std::string::npos; at = line.find(" ; ", at)) {
    line.replace(at, 3, "\n");
  }
  return line + "\n";
}

std::string name_of_signal(int signal) {
  if (signal == SIGBUS) return "SIGBUS";
  if (signal == SIGSEGV) return "SIGSEGV";
  return "signal " + std::to_string(signal);
}

std::string ending_of(const std::string& program) {
  sim::Machine machine{sim::MachineConfig{}};
  REQUIRE(machine.install_file("d.bin", std::as_bytes(std::span(kFourInts))).ok());
  const ProgramResult result =
      run_program("import os\nimport numpy as np\n" + with_new_lines(program), machine);
  std::string text;
  for (std::size_t from = 0; from < result.printed.size();) {
    const std::size_t end = std::min(result.printed.find('\n', from), result.printed.size());
    text += "> " + result.printed.substr(from, end - from) + "\n";
    from = end + 1;
  }
  if (result.signal != 0) text += "! " + name_of_signal(result.signal) + "\n";
  if (!result.error.empty()) text += "! " + result.error + "\n";
  for (const std::string& name : machine.list_files()) {
    const std::uint64_t size = machine.stat(name)->size.count;
    if (name == "d.bin" && size == sizeof kFourInts) continue;
    text += "= " + name + " " + std::to_string(size) + "\n";
  }
  return text;
}

TEST_CASE("programs on files print, fail and leave files as under CPython and NumPy") {
  const std::vector<Part> recorded = parts_of_file("endings.txt");
  REQUIRE(recorded.size() > 200);
  for (const Part& part : recorded) {
    CAPTURE(part.name);
    CHECK(ending_of(part.name) == part.text());
  }
}

}  // namespace
}  // namespace numpy

// The calls a program makes on its files, held against a recording of CPython and NumPy under
// strace (record_system_calls.py).

#include <doctest/doctest.h>

#include "tests/scenarios/files/run_program.h"
#include "tests/scenarios/files/watched_computer.h"

namespace numpy {
namespace {

std::string recorded(const std::vector<std::string>& calls, const std::string& printed) {
  std::string text;
  for (const std::string& call : calls) text += call + "\n";
  for (std::size_t from = 0; from < printed.size();) {
    const std::size_t end = std::min(printed.find('\n', from), printed.size());
    text += "> " + printed.substr(from, end - from) + "\n";
    from = end + 1;
  }
  return text;
}

TEST_CASE("files are read, written, sought and mapped as CPython and NumPy do it") {
  const std::vector<Part> programs = parts_of_file("programs.txt");
  const std::vector<Part> expected = parts_of_file("system_calls.txt");
  REQUIRE(programs.size() == expected.size());
  REQUIRE(programs.size() > 20);
  for (std::size_t i = 0; i < programs.size(); ++i) {
    REQUIRE(programs[i].name == expected[i].name);
    CAPTURE(programs[i].name);
    sim::Machine machine{sim::MachineConfig{}};
    WatchedComputer computer(machine);
    const ProgramResult result = run_program(programs[i].text(), computer);
    CHECK(result.error == "");
    CHECK(recorded(computer.calls(), result.printed) == expected[i].text());
  }
}

}  // namespace
}  // namespace numpy

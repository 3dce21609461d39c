// What the recordings cannot show: names that are refused, copies of a running program, and what
// becomes of pending bytes.

#include <doctest/doctest.h>

#include <algorithm>

#include "tests/scenarios/files/run_program.h"
#include "tests/scenarios/files/watched_computer.h"

namespace numpy {
namespace {

using python::RunState;

std::string repeated_int(std::int32_t n, std::size_t times) {
  std::string bytes;
  for (std::size_t i = 0; i < times; ++i) {
    bytes.append(reinterpret_cast<const char*>(&n), sizeof n);
  }
  return bytes;
}

TEST_CASE("a name that leads out of the scratch directory is refused, not looked for") {
  for (const char* name : {"a/b", "../x", "/etc/passwd", ".", "..", "./a/b", "/scratch/../x"}) {
    CAPTURE(name);
    const ProgramResult result = run_program("open('" + std::string(name) + "', 'rb')\n");
    CHECK(result.state == RunState::unsupported);
    CHECK(result.error.find("would leave the scratch directory") != std::string::npos);
  }
}

TEST_CASE("the scratch directory can be spelled out") {
  const ProgramResult result = run_program(
      "import numpy as np\n"
      "np.arange(3).tofile('./d.bin')\n"
      "m = np.memmap('d.bin', dtype=int)\n"
      "print(m.filename, np.fromfile(m.filename, dtype=int))\n");
  CHECK(result.printed == "/scratch/d.bin [0 1 2]\n");
}

TEST_CASE("the surroundings hear of each name before the computer does") {
  sim::Machine machine{sim::MachineConfig{}};
  PrintedText surroundings;
  const python::Program program = compiled(
      "import os\n"
      "import numpy as np\n"
      "open('a.bin', 'wb').close()\n"
      "os.rename('a.bin', 'b.bin')\n"
      "print(os.path.exists('c.bin'))\n"
      "np.save('d', np.arange(3))\n");
  python::Evaluator evaluator(program, machine, surroundings);
  CHECK(evaluator.run() == RunState::finished);
  for (const char* name : {"a.bin", "b.bin", "c.bin", "d.npy"}) {
    CAPTURE(name);
    CHECK(std::count(surroundings.names().begin(), surroundings.names().end(), name) >= 1);
  }
}

// Runs a program until it has printed "here", copies it with its machine, and runs both on.
struct Twins {
  explicit Twins(std::string_view source)
      : program(compiled(source)), evaluator(program, machine, surroundings) {
    while (surroundings.text().find("here") == std::string::npos) {
      REQUIRE(evaluator.run(1) == RunState::more);
    }
    copied_machine.emplace(machine);
    watched.emplace(*copied_machine);
    copy.emplace(evaluator, *watched, copied_surroundings);
  }
  void finish_both() {
    CHECK(evaluator.run() == RunState::finished);
    evaluator.shut_down();
    CHECK(copy->run() == RunState::finished);
    copy->shut_down();
  }

  python::Program program;
  sim::Machine machine{sim::MachineConfig{}};
  PrintedText surroundings;
  python::Evaluator evaluator;
  std::optional<sim::Machine> copied_machine;
  std::optional<WatchedComputer> watched;
  PrintedText copied_surroundings;
  std::optional<python::Evaluator> copy;
};

TEST_CASE("a copied program has its own file buffer, and copying makes no system call") {
  Twins twins(
      "f = open('d.bin', 'wb+')\n"
      "f.write(b'pending')\n"
      "print('here')\n"
      "f.write(b' more')\n"
      "f.close()\n");
  CHECK(twins.watched->calls().empty());
  twins.finish_both();
  CHECK(file_bytes(twins.machine, "d.bin") == "pending more");
  CHECK(file_bytes(*twins.copied_machine, "d.bin") == "pending more");
}

TEST_CASE("a copied program has its own memmap and its own files") {
  Twins twins(
      "import numpy as np\n"
      "m = np.memmap('d.bin', dtype=np.int32, mode='w+', shape=(4,))\n"
      "m[:] = 7\n"
      "print('here')\n"
      "m += 1\n"
      "m.flush()\n");
  CHECK(twins.copy->run() == RunState::finished);
  CHECK(file_bytes(twins.machine, "d.bin") == repeated_int(7, 4));
  CHECK(file_bytes(*twins.copied_machine, "d.bin") == repeated_int(8, 4));
  CHECK(twins.watched->calls() == std::vector<std::string>{"msync 16"});
  twins.copy->shut_down();
}

TEST_CASE("a program killed by a signal loses what its files had not written") {
  sim::Machine machine{sim::MachineConfig{}};
  const ProgramResult result = run_program(
      "import os\n"
      "import numpy as np\n"
      "f = open('lost.bin', 'wb')\n"
      "f.write(b'hello')\n"
      "m = np.memmap('d.bin', dtype=np.int32, mode='w+', shape=(4,))\n"
      "os.truncate('d.bin', 0)\n"
      "m[0] = 1\n",
      machine);
  CHECK(result.state == RunState::died);
  CHECK(file_bytes(machine, "lost.bin") == "");
}

TEST_CASE("a map is cut at the page size of the computer") {
  sim::MachineConfig config;
  config.page_size = sim::Bytes(16);
  sim::Machine machine{config};
  WatchedComputer computer(machine);
  const ProgramResult result = run_program(
      "import numpy as np\n"
      "np.arange(12, dtype=np.int32).tofile('d.bin')\n"
      "m = np.memmap('d.bin', dtype=np.int32, mode='r', offset=20)\n"
      "print(m)\n",
      computer);
  CHECK(result.printed == "[ 5  6  7  8  9 10 11]\n");
  const auto& calls = computer.calls();
  CHECK(std::count(calls.begin(), calls.end(), "mmap 32 shared r 16") == 1);
}

}  // namespace
}  // namespace numpy

// The module's tables agree with each other and with the real module.

#include "scenarios/numpy/module.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "scenarios/python/evaluator.h"
#include "sim/machine.h"

namespace numpy {
namespace {

class Silent final : public python::Surroundings {
 public:
  void write_stdout(std::string_view text) override { printed += text; }
  void write_stderr(std::string_view) override {}
  void before_first_use(std::string_view) override {}
  bool must_stop() override { return false; }
  std::string printed;
};

}  // namespace

TEST_CASE("every supported name is in the module, and the real module has it") {
  const auto real = module().real_names();
  CHECK(std::ranges::is_sorted(real));
  std::string program = "import numpy as np\n";
  for (const std::string_view name : module().supported_names()) {
    CAPTURE(name);
    CHECK(std::ranges::binary_search(real, name));
    program += "x = np." + std::string(name) + "\n";
  }
  const auto compiled = python::compile(program, "prog.py", {module()});
  REQUIRE(std::holds_alternative<python::Program>(compiled));
  sim::Machine machine{sim::MachineConfig{}};
  Silent surroundings;
  python::Evaluator evaluator(std::get<python::Program>(compiled), machine, surroundings);
  evaluator.run();
  CHECK_MESSAGE(evaluator.state() == python::RunState::finished, evaluator.error_text());
  evaluator.shut_down();
}

TEST_CASE(
    "an array's look: its elements, and the mapping that its pages, or its owner's, live in") {
  const auto compiled = python::compile(
      "import numpy as np\na = np.zeros(4)\nb = np.zeros(4)\nv = a[1:]\nn = 5\ne = np.zeros(0)\n",
      "prog.py", {module()});
  sim::Machine machine{sim::MachineConfig{}};
  Silent surroundings;
  python::Evaluator evaluator(std::get<python::Program>(compiled), machine, surroundings);
  REQUIRE(evaluator.run() == python::RunState::finished);
  const auto globals = evaluator.globals();
  const auto look = [&](std::string_view wanted) {
    for (const auto& [name, value] : globals) {
      if (name == wanted) return look_of(value);
    }
    return std::optional<ArrayLook>();
  };
  REQUIRE(look("a").has_value());
  REQUIRE(look("b").has_value());
  REQUIRE(look("v").has_value());
  CHECK(look("a")->dtype == "float64");
  CHECK(look("a")->kind == 'f');
  CHECK(look("a")->shape == std::vector<std::uint64_t>{4});
  CHECK(look("v")->object == look("a")->object);
  CHECK(look("v")->data == look("a")->data + sim::Bytes{8});
  CHECK(look("b")->object != look("a")->object);
  CHECK_FALSE(look("n").has_value());
  CHECK_FALSE(look("e").has_value());
}

}  // namespace numpy

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

TEST_CASE("an array's memory object is that of its mapping, a view's that of its owner") {
  const auto compiled = python::compile(
      "import numpy as np\na = np.zeros(4)\nb = np.zeros(4)\nv = a[1:]\nn = 5\ne = np.zeros(0)\n",
      "prog.py", {module()});
  sim::Machine machine{sim::MachineConfig{}};
  Silent surroundings;
  python::Evaluator evaluator(std::get<python::Program>(compiled), machine, surroundings);
  REQUIRE(evaluator.run() == python::RunState::finished);
  const auto globals = evaluator.globals();
  const auto object_of = [&](std::string_view wanted) {
    for (const auto& [name, value] : globals) {
      if (name == wanted) return memory_object_of(value);
    }
    return std::optional<std::uint32_t>();
  };
  REQUIRE(object_of("a").has_value());
  CHECK(object_of("v") == object_of("a"));
  CHECK(object_of("b") != object_of("a"));
  CHECK_FALSE(object_of("n").has_value());
  CHECK_FALSE(object_of("e").has_value());
}

}  // namespace numpy

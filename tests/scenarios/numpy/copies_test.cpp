// A copied evaluator on a copied machine goes on by itself: arrays, views and iterators with it.

#include <doctest/doctest.h>

#include <string>

#include "scenarios/numpy/module.h"
#include "scenarios/python/evaluator.h"
#include "sim/machine.h"

namespace numpy {
namespace {

class Collected final : public python::Surroundings {
 public:
  void write_stdout(std::string_view text) override { printed += text; }
  void write_stderr(std::string_view) override {}
  void before_first_use(std::string_view) override {}
  bool must_stop() override { return false; }
  std::string printed;
};

const std::string kProgram = R"(
import numpy as np
np.set_printoptions(precision=3)
a = np.arange(12.0) / 7
m = a.reshape(3, 4)
t = m.T
row = m[1]
flags = a.flags
rng = np.random.default_rng(4)
d = {"m": m, "row": row, 1: np.float32(2.5)}
for k, x in enumerate(a):
    row[k % 4] += x + rng.integers(3, dtype=np.int32)
    t[k % 4, 0] = k
    a = a * 1.5 if k % 3 == 0 else a
print(a, m, t, d, flags.writeable, row.base is t.base, np.shares_memory(m, t), a.sum())
)";

}  // namespace

TEST_CASE("a copy made anywhere in a program ends as the original does") {
  const auto compiled = python::compile(kProgram, "prog.py", {module()});
  REQUIRE(std::holds_alternative<python::Program>(compiled));
  const auto& program = std::get<python::Program>(compiled);
  sim::Machine machine{sim::MachineConfig{}};
  Collected surroundings;
  python::Evaluator evaluator(program, machine, surroundings);
  std::vector<std::string> ends;
  while (evaluator.run(37) == python::RunState::more) {
    sim::Machine other = machine;
    Collected others;
    others.printed = surroundings.printed;
    python::Evaluator copy(evaluator, other, others);
    REQUIRE_MESSAGE(copy.run() == python::RunState::finished, copy.error_text());
    copy.shut_down();
    ends.push_back(others.printed);
  }
  REQUIRE_MESSAGE(evaluator.state() == python::RunState::finished, evaluator.error_text());
  evaluator.shut_down();
  CHECK(ends.size() > 3);
  for (const std::string& end : ends) CHECK(end == surroundings.printed);
}

TEST_CASE("changes of a copy's array are the copy's alone") {
  const auto compiled = python::compile(
      "import numpy as np\na = np.zeros(3)\nb = a[1:]\nfor i in range(50):\n    b += 1\n",
      "prog.py", {module()});
  const auto& program = std::get<python::Program>(compiled);
  sim::Machine machine{sim::MachineConfig{}};
  Collected surroundings;
  python::Evaluator evaluator(program, machine, surroundings);
  evaluator.run(60);
  sim::Machine other = machine;
  python::Evaluator copy(evaluator, other, surroundings);
  const auto touches = machine.touches();
  CHECK(copy.run() == python::RunState::finished);
  CHECK(machine.touches() == touches);
  CHECK(other.touches() > touches);
  copy.shut_down();
  evaluator.shut_down();
}

}  // namespace numpy

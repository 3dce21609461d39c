// What each operation touches, and in which order: that of a plain loop over the elements.

#include <doctest/doctest.h>

#include <string>

#include "scenarios/numpy/module.h"
#include "scenarios/numpy/ndarray.h"
#include "scenarios/python/error.h"
#include "scenarios/python/evaluator.h"
#include "tests/scenarios/numpy/logging_computer.h"

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

// Remembers how long the log was when the last line began.
class LastLine final : public python::LineListener {
 public:
  explicit LastLine(const LoggingComputer& computer) : computer_(computer) {}
  void before_line(std::uint32_t) override { start = computer_.log.size(); }
  void back_on_line(std::uint32_t) override {}
  std::size_t start = 0;

 private:
  const LoggingComputer& computer_;
};

// The touches of a program's last line: "a0" for a read of element 0 of the array named a, "c0="
// for a write, "?" where no name's array lies. Only arrays that own their memory are named.
std::string touches_of_last_line(const std::string& source) {
  const auto compiled = python::compile("import numpy as np\n" + source, "prog.py", {module()});
  REQUIRE(std::holds_alternative<python::Program>(compiled));
  LoggingComputer computer;
  Silent surroundings;
  std::string text;
  {
    python::Evaluator evaluator(std::get<python::Program>(compiled), computer, surroundings);
    LastLine listener(computer);
    evaluator.set_line_listener(&listener);
    const auto state = evaluator.run();
    REQUIRE_MESSAGE(state == python::RunState::finished, evaluator.error_text());
    const std::vector<Touch> log(computer.log.begin() + std::ptrdiff_t(listener.start),
                                 computer.log.end());
    const auto globals = evaluator.globals();
    for (const Touch& touch : log) {
      std::string name = "?";
      for (const auto& [global, value] : globals) {
        const NdArray* a = array_if(value);
        if (a == nullptr || !a->owns_data() || a->size() == 0) continue;
        const std::uint64_t offset = touch.address.index - a->data().index;
        if (offset >= a->nbytes().count) continue;
        name = global + std::to_string(offset / static_cast<std::uint64_t>(a->itemsize()));
      }
      if (!text.empty()) text += " ";
      text += name + (touch.access == sim::Access::write ? "=" : "");
    }
    evaluator.shut_down();
  }
  CHECK(computer.live_mappings() == 0);
  return text;
}

const std::string kTwo = "a = np.arange(3)\nb = np.arange(3)\n";

}  // namespace

TEST_CASE("zeros and empty touch nothing") {
  CHECK(touches_of_last_line("a = np.zeros(4)") == "");
  CHECK(touches_of_last_line("a = np.empty(4)") == "");
  CHECK(touches_of_last_line("a = np.zeros((2, 3), dtype=np.int8)") == "");
}

TEST_CASE("ones, full, arange and array store each element once, in order") {
  for (const char* made : {"np.ones(3)", "np.full(3, 7)", "np.arange(3)", "np.array([1, 2, 3])",
                           "np.linspace(0, 1, 3)"}) {
    CAPTURE(made);
    CHECK(touches_of_last_line(std::string("a = ") + made) == "a0= a1= a2=");
  }
}

TEST_CASE("a sum of two arrays goes element by element") {
  CHECK(touches_of_last_line(kTwo + "c = a + b") == "a0 b0 c0= a1 b1 c1= a2 b2 c2=");
}

TEST_CASE("a number is no operand in memory") {
  CHECK(touches_of_last_line(kTwo + "c = a * 2 ") == "a0 c0= a1 c1= a2 c2=");
  CHECK(touches_of_last_line(kTwo + "c = 1.5 - a") == "a0 c0= a1 c1= a2 c2=");
}

TEST_CASE("working in place reads and writes the same element") {
  CHECK(touches_of_last_line(kTwo + "a += b") == "a0 b0 a0= a1 b1 a1= a2 b2 a2=");
  CHECK(touches_of_last_line(kTwo + "a[1] += 1") == "a1 a1=");
  CHECK(touches_of_last_line(kTwo + "a[::2] *= 3") == "a0 a0= a2 a2=");
}

TEST_CASE("an operand of another type is converted without more touches") {
  CHECK(touches_of_last_line("a = np.ones(2, dtype=np.int8)\nb = np.ones(2, dtype='>f8')\n"
                             "c = a + b") == "a0 b0 c0= a1 b1 c1=");
}

TEST_CASE("a copy reads, then writes, element by element") {
  CHECK(touches_of_last_line(kTwo + "b[:] = a") == "a0 b0= a1 b1= a2 b2=");
  CHECK(touches_of_last_line(kTwo + "c = a.copy()") == "a0 c0= a1 c1= a2 c2=");
  CHECK(touches_of_last_line(kTwo + "c = a.astype(np.float32)") == "a0 c0= a1 c1= a2 c2=");
}

TEST_CASE("filling writes only") {
  CHECK(touches_of_last_line(kTwo + "a[:] = 0") == "a0= a1= a2=");
}

TEST_CASE("views touch nothing") {
  CHECK(touches_of_last_line(kTwo + "c = a[1:]") == "");
  CHECK(touches_of_last_line("a = np.arange(4)\nc = a.reshape(2, 2).T") == "");
}

TEST_CASE("reductions read each element once, in order of memory") {
  CHECK(touches_of_last_line(kTwo + "s = a.sum()") == "a0 a1 a2");
  CHECK(touches_of_last_line(kTwo + "s = a.max()") == "a0 a1 a2");
  CHECK(touches_of_last_line("a = np.ones((2, 2))\ns = a.sum()") == "a0 a1 a2 a3");
  CHECK(touches_of_last_line("a = np.ones((2, 2))\ns = a.T.sum()") == "a0 a1 a2 a3");
}

TEST_CASE("a reduction of rows writes each result after its row") {
  CHECK(touches_of_last_line("a = np.ones((2, 2))\nc = a.sum(axis=1)") == "a0 a1 c0= a2 a3 c1=");
}

TEST_CASE("a reduction of columns adds row after row in the result's memory") {
  CHECK(touches_of_last_line("a = np.ones((2, 2))\nc = a.sum(axis=0)") ==
        "a0 c0= a1 c1= c0 a2 c0= c1 a3 c1=");
}

TEST_CASE("columns of a C-ordered array are walked with the row length as stride") {
  CHECK(touches_of_last_line("a = np.ones((3, 2))\nc = a[:, 1] * 2") == "a1 c0= a3 c1= a5 c2=");
}

TEST_CASE("a broadcast row is read again for each row") {
  CHECK(touches_of_last_line("a = np.ones((2, 2))\nb = np.arange(2)\na += b") ==
        "a0 b0 a0= a1 b1 a1= a2 b0 a2= a3 b1 a3=");
}

TEST_CASE("overlapping copies go the way that reads before it overwrites") {
  CHECK(touches_of_last_line(kTwo + "a[1:] = a[:-1]") == "a1 a2= a0 a1=");
  CHECK(touches_of_last_line(kTwo + "a[:-1] = a[1:]") == "a1 a0= a2 a1=");
}

TEST_CASE("printing a long array loads its edges only") {
  CHECK(touches_of_last_line("a = np.zeros(2000)\nprint(a)") == "a0 a1 a2 a1997 a1998 a1999");
}

TEST_CASE("an array's memory goes with its last view") {
  const auto compiled = python::compile(
      "import numpy as np\na = np.zeros(4)\nb = a[1:]\ndel a\nb = None\n", "prog.py", {module()});
  LoggingComputer computer;
  Silent surroundings;
  python::Evaluator evaluator(std::get<python::Program>(compiled), computer, surroundings);
  REQUIRE(evaluator.run() == python::RunState::finished);
  CHECK(computer.live_mappings() == 0);
  evaluator.shut_down();
}

TEST_CASE("an access outside any mapping ends the program with its signal") {
  LoggingComputer computer;
  CHECK_THROWS_AS(check(computer.load(sim::VirtAddr(8), {})), python::Died);
}

}  // namespace numpy

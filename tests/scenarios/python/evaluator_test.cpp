// The evaluator as its callers see it: limits, slices, lines, globals, endings.

#include <doctest/doctest.h>

#include "scenarios/python/native.h"
#include "tests/scenarios/python/run_program.h"

namespace python {
namespace {

class LineLog final : public LineListener {
 public:
  void before_line(std::uint32_t line) override { lines.push_back(line); }
  void back_on_line(std::uint32_t line) override { resumed.push_back(line); }
  std::vector<std::uint32_t> lines, resumed;
};

LineLog log_of(std::string_view source) {
  const Program program = program_of(source);
  NoComputer computer;
  RecordedSurroundings surroundings;
  Evaluator evaluator(program, computer, surroundings);
  LineLog log;
  evaluator.set_line_listener(&log);
  evaluator.run();
  return log;
}

std::vector<std::uint32_t> lines_of(std::string_view source) { return log_of(source).lines; }

using Lines = std::vector<std::uint32_t>;

// As sys.settrace reports 'line' events in CPython 3.11.
TEST_CASE("a listener hears each statement that control reaches, loop headers each time") {
  CHECK(lines_of("x = 1\ny = 2; z = 3\n\nprint(x)\n") == Lines{1, 2, 4});
  CHECK(lines_of("for i in range(2):\n  x = i\n") == Lines{1, 2, 1, 2, 1});
  CHECK(lines_of("i = 0\nwhile i < 2:\n  i += 1\nx = 0\n") == Lines{1, 2, 3, 2, 3, 2, 4});
  CHECK(lines_of("def f():\n  return 1\nf()\n") == Lines{1, 3, 2});
  CHECK(lines_of("if 0:\n  x = 1\nelif 1:\n  x = 2\nelse:\n  x = 3\ny = 1\n") == Lines{1, 3, 4, 7});
  CHECK(lines_of("try:\n  1/0\nexcept ValueError:\n  pass\nexcept ZeroDivisionError:\n  x = 1\n") ==
        Lines{1, 2, 3, 5, 6});
  CHECK(lines_of("x = [1,\n  2]\ny = 3\n") == Lines{1, 3});
  CHECK(lines_of("for i in range(3): pass\n") == Lines{1, 1, 1, 1});
}

TEST_CASE("a listener hears when a line goes on after a call, a yield or an exception from below") {
  CHECK(log_of("def f():\n  return 1\nx = f() + 1\n").resumed == Lines{3});
  CHECK(log_of("def f():\n  return 1\ndef g():\n  return f() + 1\nx = g()\n").resumed ==
        Lines{4, 5});
  CHECK(log_of("def g():\n  yield 1\n  yield 2\nfor x in g():\n  pass\n").resumed ==
        Lines{4, 2, 4, 3, 4});
  CHECK(log_of("def f():\n  1/0\ntry:\n  f()\nexcept ZeroDivisionError:\n  pass\n").resumed ==
        Lines{4});
  CHECK(
      log_of("x = sorted([2, 1], key=lambda v: -v)\nprint(list(map(str, [1])))\n").resumed.empty());
}

TEST_CASE("the budget of steps ends a run at the same step however it is sliced") {
  const Limits limits{.max_steps = 1000};
  const Ran whole = run_program("n = 0\nwhile True:\n  n += 1\n", limits);
  CHECK(whole.state == RunState::budget);
  CHECK(whole.steps == 1000);

  const Program program = program_of("n = 0\nwhile True:\n  n += 1\n");
  NoComputer computer;
  RecordedSurroundings surroundings;
  Evaluator evaluator(program, computer, surroundings, limits);
  while (evaluator.run(7) == RunState::more) {
  }
  CHECK(evaluator.state() == RunState::budget);
  CHECK(evaluator.steps() == 1000);
}

TEST_CASE("a run that must stop does so within 4096 instructions") {
  const Program program = program_of("while True: pass\n");
  NoComputer computer;
  RecordedSurroundings surroundings;
  Evaluator evaluator(program, computer, surroundings);
  CHECK(evaluator.run(10'000) == RunState::more);
  surroundings.stop = true;
  CHECK(evaluator.run() == RunState::stopped);
  CHECK(evaluator.steps() <= 10'000 + 4096);
}

TEST_CASE("recursion ends at the frame limit with CPython's error") {
  const Ran ran = run_program("def f(n):\n  return f(n + 1)\nf(0)\n");
  CHECK(ran.state == RunState::raised);
  CHECK(ran.error_line == "RecursionError: maximum recursion depth exceeded");
  CHECK(run_program("def f(n):\n  return 0 if n == 0 else 1 + f(n - 1)\nprint(f(900))\n").output ==
        "900\n");
}

TEST_CASE("globals come in the order of their first binding") {
  const Program program = program_of("b = 1\na = 2\nc = 3\ndel a\nb = 4\na = 5\n");
  NoComputer computer;
  RecordedSurroundings surroundings;
  Evaluator evaluator(program, computer, surroundings);
  evaluator.run();
  std::string names;
  for (const auto& [name, value] : evaluator.globals()) names += name;
  CHECK(names == "bca");
}

TEST_CASE("operations beyond 64 bits end the run instead of wrapping") {
  for (const char* source :
       {"x = 9223372036854775807 + 1", "x = 2 ** 63", "x = 1 << 64", "x = -9223372036854775808 - 1",
        "x = 4294967296 * 4294967296", "x = int('9223372036854775808')", "x = int(1e19)",
        "x = abs(-9223372036854775808)", "x = -(-9223372036854775807 - 1)"}) {
    CAPTURE(source);
    const Ran ran = run_program(source);
    CHECK(ran.state == RunState::unsupported);
    CHECK(ran.error_text.find("integers beyond 64 bits") != std::string::npos);
  }
}

TEST_CASE("an unsupported operation cannot be caught by the program") {
  CHECK(run_program("try:\n  2 ** 64\nexcept Exception:\n  print('caught')\n").state ==
        RunState::unsupported);
}

TEST_CASE("an unsupported operation is shown with its column and a caret") {
  const std::string text = run_program("é = 1\nx = [é + 2 ** 64]\n").error_text;
  CAPTURE(text);
  CHECK(text.find(":2:10: not supported") != std::string::npos);
  CHECK(text.find("\n    x = [é + 2 ** 64]\n             ^\n") != std::string::npos);
}

TEST_CASE("an ending names the line it happened on") {
  CHECK(run_program("x = 1\n\nx = y\n").line == 3);
  CHECK(run_program("x = 1\nx = 2 ** 64\n").line == 2);
}

TEST_CASE("SystemExit ends a program quietly with its status") {
  const Program program = program_of("print('a')\nraise SystemExit(3)\nprint('b')\n");
  NoComputer computer;
  RecordedSurroundings surroundings;
  Evaluator evaluator(program, computer, surroundings);
  CHECK(evaluator.run() == RunState::finished);
  CHECK(evaluator.exit_status() == 3);
  CHECK(surroundings.output == "a\n");
}

// Counts how many of its kind live, to see when values go.
class Witness final : public Object {
 public:
  explicit Witness(int& alive) : alive_(alive) { ++alive_; }
  ~Witness() override { --alive_; }
  std::string_view type_name() const override { return "Witness"; }
  std::string repr(Context&) override { return "alive " + std::to_string(alive_); }
  std::optional<Value> binary(Context&, BinaryOp, const Value&, Side) override {
    return make<Witness>(alive_);
  }
  std::optional<Value> in_place(Context&, BinaryOp, const Value&) override {
    return Value::object(this);
  }
  Object* clone(Cloner&) override { return new Witness(alive_); }

 private:
  int& alive_;
};

int alive_witnesses = 0;

Value make_witness_module(Context&) {
  const Value module = make<ModuleObject>("witness");
  auto& object = *module.get_if<ModuleObject>();
  object.add("make", make_function("make", [](Context&, const Arguments&) {
               return make<Witness>(alive_witnesses);
             }));
  object.add("alive", make_function("alive", [](Context&, const Arguments&) {
               return Value::integer(alive_witnesses);
             }));
  return module;
}

TEST_CASE("a value goes as soon as nothing refers to it") {
  alive_witnesses = 0;
  const std::string source = R"(
import witness as w
a = w.make(); print(w.alive())
b = a; del a; print(w.alive())
b = None; print(w.alive())
w.make(); print(w.alive())
a = w.make() + w.make(); print(w.alive())
a = a + 1; print(w.alive())
l = [w.make() for _ in range(3)]; print(w.alive())
l.pop(); print(w.alive())
l = 5; print(w.alive())
def f(x):
    y = w.make()
    return w.alive()
print(f(w.make()), w.alive())
def g(x):
    raise ValueError
try:
    g(w.make())
except ValueError:
    pass
print(w.alive())
for x in [w.make(), w.make()]: pass
print(w.alive())
x = a = None
print(w.alive())
)";
  const Ran ran = run_program(source, {}, {{"witness", make_witness_module, nullptr, nullptr}});
  CHECK(ran.error_text == "");
  CHECK(ran.output == "1\n1\n0\n0\n1\n1\n4\n3\n1\n3 1\n1\n2\n0\n");
  CHECK(alive_witnesses == 0);
}

TEST_CASE("a copy shares nothing that changes") {
  const Program program = program_of("l = [1]\nd = {'l': l}\nl.append(2)\nprint(d, l is d['l'])\n");
  NoComputer computer;
  RecordedSurroundings first_surroundings;
  Evaluator first(program, computer, first_surroundings);
  while (first.globals().size() < 2) first.run(1);
  RecordedSurroundings second_surroundings;
  Evaluator second(first, computer, second_surroundings);
  first.run();
  second.run();
  CHECK(first_surroundings.output == "{'l': [1, 2]} True\n");
  CHECK(second_surroundings.output == "{'l': [1, 2]} True\n");
}

}  // namespace
}  // namespace python

// Texts and programs made to hurt: each gets a clear answer, quickly, and nothing crashes.

#include <doctest/doctest.h>

#include <ctime>

#include "sim/core/rng.h"
#include "tests/scenarios/python/run_program.h"

namespace python {
namespace {

std::string repeated(std::string_view part, std::size_t times) {
  std::string text;
  for (std::size_t i = 0; i < times; ++i) text += part;
  return text;
}

TEST_CASE("a program of ten megabytes is refused by size") {
  const CompileProblem problem = problem_in(repeated("x = 1\n", 1'700'000));
  CHECK(problem.kind == CompileProblem::Kind::unsupported);
  CHECK(problem.message.find("1 MiB") != std::string::npos);
}

TEST_CASE("bytes that are no text are refused as CPython refuses them") {
  CHECK(problem_in(std::string("x = 1\0\n", 7)).message == "source code cannot contain null bytes");
  CHECK(problem_in("x = 1\ny = '\xff'\n")
            .message.starts_with("Non-UTF-8 code starting with '\\xff'"));
  CHECK(problem_in("x = 1\ny = '\xff'\n").line == 2);
}

TEST_CASE("nesting of any depth is an answer, not a crash") {
  for (const char* part : {"(", "[", "{", "-", "not ", "lambda: ", "f(", "a[", "x if y else ",
                           "if 1:\n ", "1 ** ", "{1: "}) {
    CAPTURE(part);
    const auto compiled = compile("x = " + repeated(part, 100'000), "prog.py", {});
    CHECK(std::holds_alternative<CompileProblem>(compiled));
  }
  for (const char* part : {" + 1", ".a", "[0]", "()", " and 1", " < 1", ", 1"}) {
    CAPTURE(part);
    (void)compile("x = a" + repeated(part, 50'000), "prog.py", {});
  }
  std::string blocks;
  for (int i = 0; i < 200; ++i) blocks += repeated(" ", static_cast<std::size_t>(i)) + "if 1:\n";
  CHECK(std::holds_alternative<CompileProblem>(compile(blocks, "prog.py", {})));
}

// `levels` statements, each in a block of the one before; `after` follows at its own indentation.
std::string nested(std::string_view statement, int levels, std::string_view after = {}) {
  std::string text;
  for (int i = 0; i < levels; ++i) {
    const std::string indent = repeated(" ", static_cast<std::size_t>(i));
    text += indent + std::string(statement) + "\n";
    if (!after.empty()) text += indent + " pass\n" + indent + std::string(after) + "\n";
  }
  return text + repeated(" ", static_cast<std::size_t>(levels)) + "pass\n";
}

TEST_CASE("more than 20 blocks inside each other are refused as CPython refuses them") {
  const auto refused = [](const std::string& source) {
    const auto compiled = compile(source, "prog.py", {});
    const auto* problem = std::get_if<CompileProblem>(&compiled);
    return problem != nullptr && problem->kind == CompileProblem::Kind::syntax &&
           problem->message == "too many statically nested blocks";
  };
  for (const char* statement : {"for i in x:", "while x:", "with x:"}) {
    CAPTURE(statement);
    CHECK_FALSE(refused(nested(statement, 20)));
    CHECK(refused(nested(statement, 21)));
  }
  CHECK_FALSE(refused(nested("try:", 10, "except ValueError:")));
  CHECK(refused(nested("try:", 11, "except ValueError:")));
  CHECK(refused(nested("try:", 21, "finally:")));
  CHECK_FALSE(refused(nested("if x:", 90)));
  CHECK_FALSE(refused("with " + repeated("x, ", 19) + "x: pass\n"));
  CHECK(refused("with " + repeated("x, ", 20) + "x: pass\n"));
}

TEST_CASE("finally blocks that double at each level end at a number of instructions") {
  CHECK(std::holds_alternative<Program>(compile(nested("try:", 10, "finally:"), "prog.py", {})));
  const CompileProblem problem = problem_in(nested("try:", 20, "finally:"));
  CHECK(problem.kind == CompileProblem::Kind::unsupported);
  CHECK(problem.message.find("instructions") != std::string::npos);
  std::string returning = "def f():\n";
  for (std::size_t i = 1; i < 18; ++i) {
    const std::string indent = repeated(" ", i);
    returning += indent + "try:\n" + indent + " return 1\n" + indent + "finally:\n";
  }
  (void)compile(returning + repeated(" ", 18) + "pass\n", "prog.py", {});
}

TEST_CASE("twice as much of anything takes about twice the time to compile") {
  const auto seconds = [](std::string_view before, std::string_view part, std::string_view after,
                          std::size_t count) {
    std::string source(before);
    for (std::size_t i = 0; i < count; ++i) {
      source += part;
      if (part.ends_with("a")) source += std::to_string(i) + (before == "f(" ? "=1," : ",");
    }
    source += after;
    const std::clock_t start = std::clock();
    (void)compile(source, "prog.py", {});
    return static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
  };
  struct Shape {
    const char *before, *part, *after;
  };
  for (const Shape& shape :
       {Shape{"f(", "1,", ")\n"}, Shape{"f(", "*x,", ")\n"}, Shape{"f(", "a", ")\n"},
        Shape{"def f(", "a", "): pass\n"}, Shape{"x = [", "1,", "]\n"},
        Shape{"x = f'", "{x}", "'\n"}, Shape{"", "x = 1\n", ""}, Shape{"x = ", "'a' ", "\n"}}) {
    CAPTURE(shape.before);
    CAPTURE(shape.part);
    constexpr std::size_t kMany = 40'000;
    const double once = seconds(shape.before, shape.part, shape.after, kMany);
    const double twice = seconds(shape.before, shape.part, shape.after, 2 * kMany);
    CHECK(twice < 3 * once + 0.1);
  }
}

TEST_CASE("deep structures made at run time can be printed, compared, copied and freed") {
  const Ran printed = run_program("x = []\nfor i in range(100000): x = [x]\nprint(x)\n");
  CHECK(printed.error_line ==
        "RecursionError: maximum recursion depth exceeded while getting the repr of an object");
  CHECK(run_program("x = []\ny = []\nfor i in range(100000):\n  x = [x]\n  y = [y]\nx == y\n")
            .error_line == "RecursionError: maximum recursion depth exceeded in comparison");
  CHECK(run_program("x = ()\nfor i in range(100000): x = (x,)\nx = 0\nd = {}\n"
                    "for i in range(100000): d = {1: d}\nd = 0\nprint('freed')\n")
            .output == "freed\n");

  const Program program = program_of("x = []\nfor i in range(100000): x = [x]\nprint('made')\n");
  NoComputer computer;
  RecordedSurroundings surroundings;
  Evaluator evaluator(program, computer, surroundings);
  evaluator.run(450'000);
  RecordedSurroundings copied_surroundings;
  Evaluator copied(evaluator, computer, copied_surroundings);
  copied.run();
  CHECK(copied_surroundings.output == "made\n");
}

TEST_CASE("memory without end ends in an error or at the budget") {
  CHECK(run_program("x = [0] * 10**15\n").error_line == "MemoryError");
  CHECK(run_program("x = 'a' * 10**15\n").error_line == "MemoryError");
  CHECK(run_program("x = bytes(10**15)\n").error_line == "MemoryError");
}

TEST_CASE("random pieces of programs never crash the compiler or the machine") {
  const char* const kPieces[] = {
      "x",      "=",    "(",      ")",      "[",    "]",      "{",      "}",    ":",
      ",",      ".",    "+",      "-",      "*",    "**",     "if",     "for",  "in",
      "def",    "f",    "1",      "2.5",    "'s'",  "\n",     "\n ",    "\n  ", " ",
      "lambda", "not",  "f'{x}'", "return", "try:", "except", "while",  "with", "as",
      "class",  "pass", "print",  "range",  "==",   "yield",  "import", "del",  "break",
      "else",   "is",   "raise",  ";",      "\\",   "\t"};
  sim::Rng rng(3);
  for (int trial = 0; trial < 4000; ++trial) {
    std::string source;
    const std::uint64_t length = 1 + rng.below(25);
    for (std::uint64_t i = 0; i < length; ++i) {
      source += kPieces[rng.below(std::size(kPieces))];
      if (rng.below(3) != 0) source += ' ';
    }
    CAPTURE(source);
    auto compiled = compile(source, "prog.py", {});
    const auto* program = std::get_if<Program>(&compiled);
    if (program == nullptr) continue;
    NoComputer computer;
    RecordedSurroundings surroundings;
    Evaluator evaluator(*program, computer, surroundings, {.max_steps = 2000});
    CHECK(evaluator.run() != RunState::more);
    evaluator.error_text();
    evaluator.shut_down();
  }
}

TEST_CASE("random bytes never crash the compiler") {
  sim::Rng rng(5);
  for (int trial = 0; trial < 2000; ++trial) {
    std::string source;
    const std::uint64_t length = rng.below(60);
    for (std::uint64_t i = 0; i < length; ++i) source += static_cast<char>(1 + rng.below(127));
    (void)compile(source, "prog.py", {});
  }
}

}  // namespace
}  // namespace python

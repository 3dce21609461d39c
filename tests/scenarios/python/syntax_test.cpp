// Invalid programs get CPython's error, at CPython's line and column (recorded by
// record_programs.py).

#include <doctest/doctest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "tests/scenarios/python/run_program.h"

namespace python {
namespace {

TEST_CASE("each wrong text is refused in CPython's words, at its line and column") {
  std::ifstream file(SYNTAX_ERRORS);
  const nlohmann::json recorded = nlohmann::json::parse(file);
  REQUIRE(recorded.size() > 150);
  for (const auto& answer : recorded) {
    const std::string source = answer["source"];
    CAPTURE(source);
    const auto compiled = compile(source, "prog.py", {});
    const auto* problem = std::get_if<CompileProblem>(&compiled);
    if (answer["type"] == "") {
      CHECK(problem == nullptr);
      continue;
    }
    REQUIRE(problem != nullptr);
    CHECK(problem->kind == CompileProblem::Kind::syntax);
    CHECK(problem->type == answer["type"].get<std::string>());
    CHECK(problem->message == answer["message"].get<std::string>());
    CHECK(problem->line == answer["line"].get<std::uint32_t>());
    CHECK(problem->column == answer["column"].get<std::uint32_t>());
  }
}

TEST_CASE("a problem carries the text of its line") {
  const CompileProblem problem = problem_in("x = 1\ny = = 2\n");
  CHECK(problem.line == 2);
  CHECK(problem.source_line == "y = = 2");
}

struct Outside {
  const char* source;
  const char* what;
  std::uint32_t line, column;
};

// Valid Python outside the subset: named where it stands, with something to write instead.
const Outside kOutside[] = {
    {"import math\n", "import math", 1, 1},
    {"x = 1\nasync def f(): pass\n", "'async'", 2, 1},
    {"match x:\n  case 1: pass\n", "the match statement", 1, 1},
    {"from os import *\n", "import *", 1, 1},
    {"from . import x\n", "a relative import", 1, 1},
    {"try:\n  pass\nexcept* ValueError:\n  pass\n", "except*", 3, 1},
    {"def f():\n  yield from g()\n", "yield from", 2, 3},
    {"x = 99999999999999999999\n", "integers beyond 64 bits", 1, 5},
    {"x = 9223372036854775808\n", "integers beyond 64 bits", 1, 5},
    {"class A:\n  def __hash__(self): return 1\n", "the special method __hash__", 2, 3},
    {"class A(metaclass=B): pass\n", "class keyword arguments", 1, 9},
    {"s = '\\N{BULLET}'\n", "\\N{...} in a string", 1, 5},
    {"@decorator\ndef f(): pass\n", "a decorator", 1, 1},
};

TEST_CASE("what is outside the subset is named with its place") {
  for (const Outside& outside : kOutside) {
    CAPTURE(outside.source);
    const CompileProblem problem = problem_in(outside.source);
    CHECK(problem.kind == CompileProblem::Kind::unsupported);
    CHECK(problem.message == outside.what);
    CHECK(problem.line == outside.line);
    CHECK(problem.column == outside.column);
  }
}

Value make_shop(Context&) { return Value::none(); }
std::vector<std::string_view> shop_supported() { return {"apple", "pear", "box", "box.lid"}; }
std::vector<std::string_view> shop_real() {
  return {"apple", "pear", "peach", "box", "box.lid", "box.key"};
}
std::vector<NativeModule> shop() { return {{"shop", make_shop, shop_supported, shop_real}}; }

TEST_CASE("a name that the real module has and the subset lacks is found before the run") {
  const CompileProblem problem = problem_in("import shop as s\nprint(s.peach(1))\n", shop());
  CHECK(problem.kind == CompileProblem::Kind::unsupported);
  CHECK(problem.message == "s.peach is not supported");
  CHECK(problem.instead == "s.pear");
  CHECK(problem.line == 2);
  CHECK(problem.column == 7);

  CHECK(problem_in("import shop\nshop.box.key\n", shop()).message ==
        "shop.box.key is not supported");
  CHECK(problem_in("from shop import peach\n", shop()).message == "shop.peach");
}

TEST_CASE("supported, unknown and rebound names are left to the run") {
  for (const char* source : {"import shop\nshop.apple\n", "import shop\nshop.aple\n",
                             "import shop\nshop = 5\nshop.peach\n", "import shop\nshop.box.lid\n",
                             "import shop\ndef f(shop): return shop.peach\n"}) {
    CAPTURE(source);
    CHECK(std::holds_alternative<Program>(compile(source, "prog.py", shop())));
  }
}

}  // namespace
}  // namespace python

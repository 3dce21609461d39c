// Objects that refer to themselves: their memory comes back at the end, and before it when there is
// much of it; copies of an evaluator have cycles of their own.

#include "scenarios/python/cycles.h"

#include <doctest/doctest.h>

#include "scenarios/python/native.h"
#include "tests/scenarios/python/run_program.h"

namespace python {
namespace {

// Lives as long as something refers to it.
class Witness final : public Object {
 public:
  explicit Witness(int& alive) : alive_(alive) { ++alive_; }
  ~Witness() override { --alive_; }
  std::string_view type_name() const override { return "Witness"; }
  std::string repr(Context&) override { return "<Witness>"; }
  Object* clone(Cloner&) override { return new Witness(alive_); }

 private:
  int& alive_;
};

int witnesses_alive = 0;  // a native function has no place of its own

Value make_witness(Context&, const Arguments&) { return make<Witness>(witnesses_alive); }
Value count_witnesses(Context&, const Arguments&) { return Value::integer(witnesses_alive); }

Value make_module(Context&) {
  const Value module = make<ModuleObject>("tool");
  auto& object = *module.get_if<ModuleObject>();
  object.add("witness", make_function("witness", make_witness));
  object.add("alive", make_function("alive", count_witnesses));
  return module;
}

const std::vector<NativeModule> kModules{{"tool", make_module, nullptr, nullptr}};

// Each binds `w`, a witness, into a cycle that nothing else holds once the function has returned.
constexpr const char* kCycles[] = {
    "  a = [w]\n  a.append(a)\n",
    "  a = [0]\n  a[0] = (w, a)\n",
    "  a = []\n  a += [[a, w]]\n",
    "  a = [1, 2]\n  a[:] = [w, {'k': a}]\n",
    "  a = [1]\n  a.insert(0, a)\n  a.extend([w])\n",
    "  d = {'w': w}\n  d['d'] = d\n",
    "  d = {'w': w}\n  d.setdefault('x', [d])\n",
    "  d = {'w': w}\n  d.update(again=d)\n",
    "  class C: pass\n  c = C()\n  c.me = c\n  c.w = w\n",
    "  class C: pass\n  c = C()\n  s = {c}\n  c.s = s\n  c.w = w\n",
    "  class C:\n    def m(self): return w\n  C.c = C()\n",
    "  def f(): return f, w\n",
    "  l = []\n  l.append(lambda: (l, w))\n",
    "  class C:\n    def m(self): pass\n  c = C()\n  c.m2 = c.m\n  c.w = w\n",
    "  def g():\n    me = later[0]\n    yield w\n    yield me\n  later = []\n  later.append(g())\n"
    "  next(later[0])\n",
    "  def g():\n    me = yield_me[0]\n    yield 1\n    yield me, w\n  yield_me = [g()]\n"
    "  x = yield_me[0]\n  next(x)\n  yield_me.clear()\n",
    "  try:\n    raise ValueError(w)\n  except ValueError as e:\n    e.me = [e]\n",
    "  try:\n    raise ValueError(w)\n  except ValueError as e:\n    x = KeyError(e)\n    e.x = "
    "x\n",
    "  l = [w]\n  it = iter(l)\n  l.append(it)\n",
};

std::string program_with(std::string_view cycle) {
  return "import tool\ndef make(w):\n" + std::string(cycle) + "make(tool.witness())\n";
}

TEST_CASE("what only a cycle keeps alive is freed when the run ends") {
  for (const char* cycle : kCycles) {
    CAPTURE(cycle);
    const Ran ran = run_program(program_with(cycle), {}, kModules);
    CHECK_MESSAGE(ran.state == RunState::finished, ran.error_text);
    CHECK(witnesses_alive == 0);
  }
}

TEST_CASE("a run that dies or is given up frees its cycles too") {
  for (const char* cycle : kCycles) {
    const Program program = program_of(program_with(cycle) + "while True: pass\n", kModules);
    NoComputer computer;
    RecordedSurroundings surroundings;
    {
      Evaluator evaluator(program, computer, surroundings);
      evaluator.run(5000);
      CHECK(witnesses_alive == 1);
    }
    CHECK(witnesses_alive == 0);
  }
}

TEST_CASE("a copied evaluator frees the cycles that it copied, and no others") {
  const Program program = program_of(
      "import tool\nw = tool.witness()\na = [w]\na.append(a)\nd = {'a': a}\nd['d'] = d\n"
      "while True: pass\n",
      kModules);
  NoComputer computer;
  RecordedSurroundings surroundings;
  Evaluator evaluator(program, computer, surroundings);
  evaluator.run(5000);
  {
    const Evaluator copy(evaluator, computer, surroundings);
    CHECK(witnesses_alive == 2);
  }
  CHECK(witnesses_alive == 1);
}

TEST_CASE("a program that ties cycles without end does not keep them all") {
  const Ran ran = run_program(
      "import tool\nmost = 0\nfor i in range(200000):\n  a = [tool.witness()]\n  a.append(a)\n"
      "  most = max(most, tool.alive())\nprint(most < 150000)\n",
      {}, kModules);
  CHECK(ran.output == "True\n");
  CHECK(witnesses_alive == 0);
}

TEST_CASE("a collection takes nothing that the program can still reach") {
  // The garbage forces collections; the rest is held by a global, a local, a frame below, a
  // closure, a generator in the middle of its body, and the stack.
  const Ran ran = run_program(
      "class Node:\n  def __init__(self, k):\n    self.k = k\n    self.me = self\n"
      "def litter():\n  for i in range(120000):\n    x = []\n    x.append(x)\n"
      "def walk(nodes):\n  mine = [n for n in nodes]\n  mine.append(mine)\n"
      "  for n in nodes:\n    if n.k == 1: litter()\n    yield n.me.k + len(mine)\n"
      "def closure():\n  box = {}\n  box['f'] = lambda: sorted(box)\n  return box['f']\n"
      "kept = [Node(k) for k in range(3)]\nkept[0].all = kept\nf = closure()\n"
      "def outer(local):\n  local.append(local)\n"
      "  return [local[0], list(walk(kept)), f(), len(local), kept[0].all[2].k]\n"
      "print([outer([5]), outer([6])], kept[1].me.k, litter())\n");
  CHECK(ran.output == "[[5, [4, 5, 6], ['f'], 2, 2], [6, [4, 5, 6], ['f'], 2, 2]] 1 None\n");
}

TEST_CASE("long chains of closures and methods are freed without a deep stack") {
  CHECK(run_program("def wrap(g):\n  return lambda: g\nf = None\n"
                    "for i in range(300000):\n  f = wrap(f)\nf = None\nprint('done')\n")
            .output == "done\n");
}

TEST_CASE("super() works after the name of the class is gone") {
  CHECK(run_program("class A:\n  def m(self): return 1\n"
                    "class B(A):\n  def m(self): return super().m() + 1\n"
                    "b = B()\ndel A, B\nprint(b.m())\n")
            .output == "2\n");
}

}  // namespace
}  // namespace python
